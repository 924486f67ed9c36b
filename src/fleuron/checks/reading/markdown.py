"""Read a Markdown file into a record for rules, by the tokens of the parser that builds read it with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import compute_unique_slug

from fleuron.checks.reading.directives import PICTURES, PROSE, TITLED, read_directive
from fleuron.checks.reading.inline_text import InlineReader, InlineText, language_of
from fleuron.checks.sources import MARKUP, Document, Heading, LanguageMark, Link, Picture, Piece, Text
from fleuron.checks.violation import Place
from fleuron.notes.markup.calls import NoteCallParser
from fleuron.publication.front_matter import FrontMatter, read_front_matter, without_front_matter

# Values of front matter that are printed.
PRINTED = (
    *("title", "subtitle", "abstract", "keywords", "name", "affiliation"),
    *("acknowledgements", "competing-interests"),
)
# The key of a value and what introduces it in YAML: a sign of folding, a quotation mark or a bracket.
INTRODUCTION = re.compile(r"[\w-]+\s*:\s*(?:[>|][+-]?\d?[+-]?\s*$|[\"'\[])?")


def make_parser(extensions: Iterable[str]) -> MarkdownIt:
    """Return the parser of a publication that enables extensions of MyST."""
    parser = NoteCallParser.markdown_parser(
        MdParserConfig(enable_extensions=set(extensions), disable_syntax=["myst_line_comment"])
    )
    parser.disable("text_join")  # which would join escaped characters to the text around them
    parser.options["document"] = None
    return parser


class HtmlReader(HTMLParser):
    """Lists the pictures in a piece of HTML that nothing describes, with their lines from 0, and its ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.undescribed: list[tuple[str, int]] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "img" and "alt" not in named and named.get("aria-hidden") != "true":
            self.undescribed.append((named.get("src") or "", self.getpos()[0] - 1))
        self.ids.update(value for name, value in attrs if name in ("id", "name") and value)


class MarkdownReader:
    """Reads one file; what is found is collected in lists."""

    def __init__(self, parser: MarkdownIt, path: str, name: str, language: str, text: str) -> None:
        self.parser = parser
        self.path = path
        self.name = name
        self.language = language
        self.text = text
        self.lines = text.split("\n")
        self.texts: list[Text] = []
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.undescribed: list[Picture] = []
        self.language_marks: list[LanguageMark] = []
        self.targets: set[str] = set()
        self.anchors: set[str] = set()
        self.notes: dict[str, Place] = {}
        self.row = (0, 0)  # the line and the column where the last cell of a table ended

    def read(self) -> Document:
        front_matter = read_front_matter(self.text)
        self.read_values(front_matter)
        self.read_blocks(without_front_matter(self.text, front_matter, frozenset()), 0, self.language)
        return Document(
            self.path,
            self.name,
            self.language,
            front_matter,
            tuple(self.texts),
            tuple(self.headings),
            tuple(self.links),
            tuple(self.undescribed),
            tuple(self.language_marks),
            frozenset(self.targets),
            frozenset(self.anchors),
            self.notes,
        )

    def read_values(self, front_matter: FrontMatter) -> None:
        """Read the values of front matter that are printed, as plain text."""
        for key in PRINTED:
            if (entry := front_matter.entries.get(key)) is None:
                continue
            lines = self.lines[entry.line - 1 : entry.line - 1 + entry.height]
            # A comment at the beginning of a line is not part of the value above it.
            lines = list(takewhile(lambda line: not line.startswith("#"), lines))
            introduction = INTRODUCTION.match(lines[0])
            first = introduction.end() if introduction else 0
            starts = [first, *(len(line) - len(line.lstrip()) for line in lines[1:])]
            parts = [line[start:].rstrip("\"']") for line, start in zip(lines, starts, strict=True)]
            pieces, offset = [], 0
            for number, (part, start) in enumerate(zip(parts, starts, strict=True)):
                pieces.append(Piece(offset, entry.line + number, start + 1))
                offset += len(part) + 1
            source = "\n".join(parts)
            self.texts.append(Text(self.path, self.language, "value", source, source, tuple(pieces)))

    def read_blocks(self, text: str, offset: int, language: str, kind: str = "text") -> None:
        """Read blocks of a text that begins ``offset`` lines below the beginning of the file."""
        tokens = self.parser.parse(text, {})
        languages, kinds = [language], [kind]
        for number, token in enumerate(tokens):
            line = (token.map[0] if token.map else 0) + offset + 1
            own = language_of(token)
            if own:
                self.language_marks.append(LanguageMark(own, Place(self.path, line)))
            if token.type == "footnote_reference_open":
                kinds.append("note")
                self.notes[str(token.meta.get("label", ""))] = Place(self.path, line)
            elif token.type == "footnote_reference_close":
                kinds.pop()
            if token.nesting > 0:
                languages.append(own or languages[-1])
            elif token.nesting < 0:
                languages.pop()
            if token.type == "heading_open":
                self.read_heading(tokens[number : number + 3], int(token.tag[1:]), Place(self.path, line))
            self.read_block(token, line, own or languages[-1], kinds[-1])

    def read_block(self, token: Token, line: int, language: str, kind: str) -> None:
        if token.type == "inline":
            self.read_inline(token.content, token.children or [], line, language, kind)
        elif token.type == "myst_target":
            self.targets.add(token.content.strip())
        elif token.type in ("fence", "colon_fence"):
            self.read_fence(token, line, language, kind)
        elif token.type == "math_block_label":
            self.targets.add(token.info)
        elif token.type == "html_block":
            self.read_html(token.content, line)
        elif token.type == "amsmath":
            self.targets.update(re.findall(r"\\label\{([^{}]+)\}", token.content))
        if identifier := token.attrGet("id"):
            self.targets.add(str(identifier))

    def read_html(self, content: str, line: int) -> None:
        html = HtmlReader(content)
        self.targets |= html.ids
        self.undescribed += (Picture(name, Place(self.path, line + below)) for name, below in html.undescribed)

    def read_heading(self, heading: Sequence[Token], level: int, place: Place) -> None:
        """Read the three tokens of a heading: its beginning, its text and its end."""
        children = heading[1].children or []
        title = "".join(child.content for child in children if child.type in ("text", "code_inline"))
        self.headings.append(Heading(level, title, place))
        self.anchors.add(compute_unique_slug(SyntaxTreeNode(heading), self.anchors))

    def read_fence(self, token: Token, line: int, language: str, kind: str) -> None:
        """Read a directive: its name as a target, its picture, and its text."""
        directive = read_directive(token.info, token.content)
        if directive is None:
            return
        place = Place(self.path, line)
        self.targets.update(directive.options[name] for name in ("name", "label") if name in directive.options)
        if directive.name in PICTURES:
            self.links.append(Link(directive.argument, place, "image"))
            if "alt" not in directive.options:
                self.undescribed.append(Picture(directive.argument, place))
        if directive.name in TITLED and directive.argument:
            self.read_line(directive.argument, line, language, kind)
        if directive.name in PROSE:
            self.read_blocks(directive.content, line + directive.height - 1, language, kind)

    def read_line(self, text: str, line: int, language: str, kind: str) -> None:
        """Read the text of one line, such as the title of a directive."""
        (inline,) = self.parser.parseInline(text, {})
        self.read_inline(text, inline.children or [], line, language, kind)

    def read_inline(self, source: str, tokens: Sequence[Token], line: int, language: str, kind: str) -> None:
        pieces = self.pieces_of(source, line)
        found = InlineReader(source).read(tokens)
        for token in tokens:
            if token.type == "html_inline":
                self.read_html(token.content, line)
        texts = texts_of(found, self.path, language, kind, pieces)
        self.texts += texts
        place = texts[0].place
        self.links += (Link(address, place(start), role) for start, address, role in found.links)
        self.undescribed += (Picture(name, place(start)) for start, name in found.undescribed)
        self.language_marks += (LanguageMark(tag, place(start)) for start, tag in found.language_marks)

    def pieces_of(self, source: str, line: int) -> tuple[Piece, ...]:
        """Return where the lines of a text are, which stand in their lines after what marks a block."""
        pieces = []
        offset = 0
        for number, part in enumerate(source.split("\n"), line):
            written = self.lines[number - 1] if number <= len(self.lines) else ""
            start = self.row[1] if self.row[0] == number else 0
            column = written.find(part, start)
            if column >= 0:
                self.row = (number, column + len(part))
            pieces.append(Piece(offset, number, column + 1))
            offset += len(part) + 1
        return tuple(pieces)


def texts_of(found: InlineText, path: str, language: str, kind: str, pieces: tuple[Piece, ...]) -> list[Text]:
    """Return the text of a paragraph, and those of the notes that are written within it."""
    text = Text(path, language, kind, found.source, "".join(found.words), pieces, tuple(found.calls))
    inner = [call for call in found.calls if any(words[call.start] != MARKUP for words in found.own_notes)]
    outer = tuple(call for call in found.calls if call not in inner)
    notes = [replace(text, kind="note", words=words, calls=()) for words in found.own_notes]
    if notes and inner:
        notes[0] = replace(notes[0], calls=tuple(inner))
    return [replace(text, calls=outer), *notes]
