"""Read the words of Markdown's tokens: all of them as they stand in the source, and those that must be printed."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from markdown_it.token import Token

from fleuron.conservation.raw_html import text_of_raw
from fleuron.conservation.reading.recorder import ParsedText, Part
from fleuron.conservation.words import BODY, Streams, Word

# Parts that are read as a whole where they stand in a text; others may be directives.
PARTS = frozenset({"myst_role", "note_citation", "substitution_inline", "substitution_block"})
# Tokens whose content is printed as it is.
PLAIN = frozenset(
    {"text", "text_special", "code_inline", "math_inline", "math_inline_double", "math_single", "math_block",
     "math_block_label", "amsmath", "code_block", "section_ref"}
)  # fmt: skip
FENCES = frozenset({"fence", "colon_fence"})
# What is around the kind of an alert, `[!NOTE]`, which becomes the word of the edition.
ALERT_NAME = frozenset({"alert_title_open", "alert_title_close"})
# What is syntax within a paragraph: addresses and labels of links, attributes, names of roles.
SYNTAX = re.compile(
    r"\]\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)(?:\{[^{}]*\})?"
    r"|\]\[[^\[\]]*\](?:\{[^{}]*\})?"
    r"|(?<=[\])`])\{[^{}]*\}"
    r"|\{[\w:.+-]+\}(?=`)"
    r"|\[\^[^\[\]]+\]"
)

# An address within the project, which an autolink prints as its title.
REFERENCE = re.compile(r"(?:project|path|inv|myst):|#")


@dataclass(frozen=True)
class Lines:
    """Where a word was written: a file, and its first and last line (from 1) there."""

    path: str
    first: int
    last: int


class TokenReader:
    """Reads the words that must be printed of parsed texts; parts that ``reached`` the document stand as one word."""

    def __init__(self, parts: Mapping[int, Part], reached: Collection[Part]) -> None:
        self.parts = parts
        self.reached = reached
        self.streams = Streams()
        self.found: dict[str, list[Part]] = {}

    def read(self, text: ParsedText) -> None:
        """Append the words of a parsed text."""
        is_named = False
        for token in text.tokens:
            if token.type in ALERT_NAME:
                is_named = token.nesting > 0
            elif not is_named:
                self.read_token(token, lines_of(token, text))

    def read_token(self, token: Token, lines: Lines) -> None:
        """Append the words of a token, or of the part that it begins."""
        kind = token.type
        if (part := self.parts.get(id(token))) is not None:
            self.read_part(part, lines)
        elif kind == "inline":
            self.read_inline(token.children or [], lines)
        elif kind in PLAIN or kind in FENCES:
            self.streams.add(BODY, token.content, lines)
        elif kind in ("html_block", "html_inline"):
            self.streams.add(BODY, text_of_raw(token.content), lines)
        elif kind == "footnote_ref":
            self.streams.add_call(BODY, f"^{token.meta.get('label', '')}", lines)

    def read_inline(self, children: Sequence[Token], lines: Lines) -> None:
        """Append the words of the tokens within a paragraph."""
        titles: list[str] = []
        is_generated = False
        for child in children:
            if child.type == "link_open" and child.info == "auto":
                is_generated = REFERENCE.match(str(child.attrGet("href"))) is not None
            if is_generated:
                is_generated = child.type != "link_close"
            elif child.type == "image":
                self.streams.add(BODY, "".join(alternative_text(child.children or [])), lines)
                self.streams.add(BODY, str(child.attrGet("title") or ""), lines)
            elif child.type == "link_open":
                titles.append(str(child.attrGet("title") or ""))
            elif child.type == "link_close":
                self.streams.add(BODY, titles.pop() if titles else "", lines)
            else:
                self.read_token(child, lines)

    def read_part(self, part: Part, lines: Lines) -> None:
        """Append a part as one word if it is in the document, else the words that it had parsed."""
        if part in self.reached:
            name = name_of_part(part)
            self.found.setdefault(name, []).append(part)
            self.streams.words.setdefault(BODY, []).append(Word(name, lines))
        elif part.texts:
            for text in part.texts:
                self.read(text)
        elif part.kind != "substitution":
            self.found.setdefault("", []).append(part)


def name_of_part(part: Part) -> str:
    """Return the word that stands for a part in a text."""
    return f"⟨{part.kind} {id(part)}⟩"


def lines_of(token: Token, text: ParsedText) -> Lines:
    """Return the lines of a token, whose map has been counted from 1 when it was rendered."""
    first, end = token.map or (text.offset + 1, text.offset + 2)
    # MyST 5.2 counts a line too many for some texts within directives, such as the title of a table.
    return Lines(text.path, max(first - text.is_inline, 1), max(first, end - 1))


def alternative_text(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the text of a picture's description, as MyST writes it."""
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.children:
            yield from alternative_text(token.children)
        elif token.type == "html_inline":
            yield text_of_raw(token.content)
        else:
            yield token.content


def source_of_token(token: Token) -> Iterator[str]:
    """Yield all that a token has of its source, syntax as well."""
    kind = token.type
    if kind == "inline" or kind in PLAIN or kind in ("html_block", "myst_target", "substitution_block", "front_matter"):
        yield token.content
        if kind == "math_block_label":
            yield token.info
    elif kind in FENCES:
        yield token.info
        yield token.content
    elif kind == "list_item_open":
        yield token.info
    elif kind == "footnote_reference_open":
        yield str(token.meta.get("label", ""))
    elif kind == "myst_line_comment":
        yield "\n".join(f"% {line}" for line in token.content.split("\n"))


def plain_source(source: str) -> str:
    """Return the source of a paragraph without what is syntax in it."""
    text = SYNTAX.sub(" ", source)
    return html.unescape(text_of_raw(text)) if "<" in text or "&" in text else text


def words_within(tokens: Sequence[Token], parts: Mapping[int, Part]) -> Iterator[str]:
    """Yield what the tokens within a paragraph have of its source, without the syntax of links."""
    for token in tokens:
        if token.type in PARTS:
            yield token.content
        elif token.type == "html_inline":
            yield text_of_raw(token.content)
        elif token.type == "image":
            yield from words_within(token.children or [], parts)
            yield str(token.attrGet("title") or "")
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "link_open":
            yield unquote(str(token.attrGet("title") or ""))
        else:
            yield token.content
