"""Find the prose in a paragraph: its markup, code, addresses and words of other languages are blanked out in place.

markdown-it's tokens say what a text has, and not where. They come in the order of the source, so each is looked for
from the end of the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from fleuron.checks.reading.marks import REFERRING, marks_of
from fleuron.checks.sources import MARKUP, OPAQUE, Call, Mark
from fleuron.notes.markup.citation_syntax import CitationProblem, ParsedCite, parse_citation

LANGUAGE_CLASS = "language-"
# What ends a link or a span: an address, a label or nothing, and attributes.
LINK_END = re.compile(
    r"\](?:\((?:<[^<>\n]*>|[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|\[[^\[\]]*\])?(?:\{[^{}]*\})?", re.DOTALL
)
ATTRIBUTES = re.compile(r"\{[^{}]*\}")
CITING = re.compile(r"footcite(?::(?P<form>\w+))?|cite(?::\w+)?")
TEXTUAL = ("t", "ts", "ct", "cts")


def language_of(token: Token) -> str:
    """Return the language that the attributes of a token name; "" if none."""
    classes = str(token.attrGet("class") or "").split()
    return next((name.removeprefix(LANGUAGE_CLASS) for name in classes if name.startswith(LANGUAGE_CLASS)), "")


@dataclass
class InlineText:
    """What a paragraph has, by the offsets in its source.

    ``own_notes`` are the words of notes that are written within the text, each as long as the source.
    """

    source: str
    words: list[str] = field(default_factory=list)
    own_notes: list[str] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    links: list[tuple[int, str, str]] = field(default_factory=list)
    undescribed: list[tuple[int, str]] = field(default_factory=list)
    language_marks: list[tuple[int, str]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    tokens: Sequence[Token] = ()


class InlineReader:
    """Reads the tokens of one paragraph."""

    def __init__(self, source: str) -> None:
        self.found = InlineText(source, [MARKUP] * len(source))
        self.source = source
        self.at = 0
        self.foreign = 0  # how many spans in other languages are open
        self.spans: list[bool] = []
        self.outer: list[tuple[list[str], int]] = []
        self.words = self.found.words
        self.is_lost = False

    def read(self, tokens: Sequence[Token]) -> InlineText:
        """Read all tokens; what stands after one that cannot be found is not prose."""
        self.found.tokens = tokens
        for token in tokens:
            self.found.marks += marks_of(token, self.at)
            if self.is_lost:
                continue
            self.read_token(token)
            if self.is_lost:
                self.fill(self.at, len(self.source))
        return self.found

    def fill(self, start: int, end: int, words: str = "") -> None:
        """Put words, or OPAQUE, in a part of the text, and go on after it."""
        self.words[start:end] = words if words and not self.foreign else OPAQUE * (end - start)
        self.at = end

    def find(self, words: str) -> int:
        """Return where words stand next, which begin no further than a line away; mark the text as lost if nowhere."""
        start = self.source.find(words, self.at)
        if start < 0:
            self.is_lost = True
            return self.at
        return start

    def read_token(self, token: Token) -> None:
        kind = token.type
        if kind == "text":
            start = self.find(token.content)
            self.fill(start, start + len(token.content), token.content)
        elif kind == "text_special":
            self.read_escaped(token)
        elif kind in ("softbreak", "hardbreak"):
            start = self.find("\n")
            self.fill(start, start + 1, "\n")
        elif kind in ("code_inline", "myst_role"):
            self.read_code(token)
        elif kind == "note_citation":
            start = self.find(token.content)
            self.call(start, start + len(token.content), token.meta["cites"], token.meta["problems"])
        elif kind == "footnote_ref":
            mark = f"[^{token.meta.get('label', '')}]"
            start = self.find(mark)
            self.call(start, start + len(mark), label=str(token.meta.get("label", "")))
        elif kind == "own_note_open":
            self.open_note()
        elif kind == "own_note_close":
            self.close_note()
        elif kind in ("link_open", "span_open"):
            self.open_link(token)
        elif kind in ("link_close", "span_close"):
            self.close_link(token)
        elif kind == "image":
            self.read_picture(token)
        elif token.content:
            content = f"{token.markup}{token.content}" if "math" in kind else token.content
            start = self.find(content)
            self.fill(start, start + len(content))
        elif token.markup:
            self.at = self.find(token.markup) + len(token.markup)

    def read_escaped(self, token: Token) -> None:
        """Read an escaped character or an entity: its last place in the source stands for it."""
        start = self.find(token.markup)
        end = start + len(token.markup)
        if len(token.content) == 1:
            self.fill(start, end, MARKUP * (len(token.markup) - 1) + token.content)
        else:
            self.fill(start, end)

    def read_code(self, token: Token) -> None:
        """Read code or a role up to the backticks that close it."""
        start = self.find(f"{{{token.meta['name']}}}`" if token.type == "myst_role" else "`")
        ticks = re.compile(r"`+").search(self.source, start)
        closing = ticks and re.compile(rf"(?<!`){ticks[0]}(?!`)").search(self.source, ticks.end())
        if closing is None:
            self.is_lost = True
            return
        end = self.after_attributes(closing.end(), token)
        if token.type == "myst_role":
            self.read_role(token, start, end)
        else:
            self.fill(start, end)

    def read_role(self, token: Token, start: int, end: int) -> None:
        name = str(token.meta["name"])
        if found := CITING.fullmatch(name):
            cites, problems = parse_citation(token.content)
            self.call(start, end, cites, problems, is_textual=not name.startswith("foot") or found["form"] in TEXTUAL)
            return
        if name in REFERRING:
            label = re.search(r"<([^<>]+)>\s*$", token.content)
            self.found.links.append((start, (label[1] if label else token.content).strip(), name))
        self.fill(start, end)

    def call(
        self,
        start: int,
        end: int,
        cites: Sequence[ParsedCite] = (),
        problems: Sequence[CitationProblem] = (),
        label: str = "",
        is_textual: bool = False,
    ) -> None:
        if not self.is_lost:
            self.found.calls.append(Call(start, end, tuple(cites), tuple(problems), label, is_textual))
            self.fill(start, end)

    def open_note(self) -> None:
        """Read the words of a note that is written within the text as a text of its own."""
        start = self.find("^[")
        self.outer.append((self.words, start))
        self.words = [MARKUP] * len(self.source)
        self.at = start + 2

    def close_note(self) -> None:
        end = self.find("]") + 1
        self.found.own_notes.append("".join(self.words))
        self.words, start = self.outer.pop()
        self.call(start, end)

    def open_link(self, token: Token) -> None:
        language = language_of(token) if token.type == "span_open" else ""
        self.spans.append(bool(language) or token.info == "auto")
        opening = {"autolink": "<", "linkify": ""}.get(token.markup, "[")
        start = self.find(opening)
        if language:
            self.found.language_marks.append((start, language))
        if token.type == "link_open":
            self.found.links.append((start, str(token.attrGet("href")), ""))
        self.foreign += self.spans[-1]
        self.at = start + len(opening)

    def close_link(self, token: Token) -> None:
        if token.info == "auto":
            end = self.at + (token.markup == "autolink")
        else:
            closing = LINK_END.match(self.source, self.find("]"))
            end = closing.end() if closing else self.at
        self.foreign -= self.spans.pop() if self.spans else 0
        self.at = end

    def read_picture(self, token: Token) -> None:
        start = self.find("![")
        address = str(token.attrGet("src"))
        alternative = "".join(child.content for child in token.children or ())
        depth, at = 0, start + 1
        while at < len(self.source):
            depth += {"[": 1, "]": -1}.get(self.source[at], 0)
            if not depth:
                break
            at += 2 if self.source[at] == "\\" else 1
        closing = LINK_END.match(self.source, at)
        self.found.links.append((start, address, "image"))
        if not alternative.strip():
            self.found.undescribed.append((start, address))
        self.fill(start, self.after_attributes(closing.end() if closing else at, token))

    def after_attributes(self, end: int, token: Token) -> int:
        """Return the offset after the attributes of a token in braces, if it has any."""
        has_attributes = any(name not in ("src", "alt", "title") for name in token.attrs)
        found = ATTRIBUTES.match(self.source, end) if has_attributes else None
        return found.end() if found else end
