"""The sources of a publication as rules see them: texts with their places, and what is in them (no Sphinx)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fleuron.checks.violation import Correction, Place, Violation
from fleuron.csl.sources.bibtex import Bibliography
from fleuron.notes.markup.citation_syntax import CitationProblem, ParsedCite
from fleuron.publication.front_matter import FrontMatter

# What stands in `Text.words` for a character of markup, and for one of code, of an address or of another language.
MARKUP, OPAQUE = "\ue000", "\ufffc"


@dataclass(frozen=True)
class Piece:
    """A part of a text, from ``offset`` to the next piece or line, that stands at a place of its file.

    Column 0 means that only the line is known.
    """

    offset: int
    line: int
    column: int


@dataclass(frozen=True)
class Call:
    """A call of a note in a text, from ``start`` to ``end``: of sources, or of a note by its ``label``."""

    start: int
    end: int
    cites: tuple[ParsedCite, ...] = ()
    problems: tuple[CitationProblem, ...] = ()
    label: str = ""
    is_textual: bool = False


@dataclass(frozen=True)
class Text:
    """A text of a file: a paragraph, a heading, a value of front matter, or a translation.

    ``words`` is as long as ``source``, with MARKUP and OPAQUE for what is not prose in the text's language. ``kind`` is
    "text", "note" for the words of a note, "value" for one of front matter, "translation" for one of a catalogue.
    """

    path: str
    language: str
    kind: str
    source: str
    words: str
    pieces: tuple[Piece, ...]
    calls: tuple[Call, ...] = ()

    def piece_at(self, offset: int) -> Piece:
        return self.pieces[max(bisect_right(self.pieces, offset, key=lambda piece: piece.offset) - 1, 0)]

    def place(self, offset: int) -> Place:
        """Return the place of a character."""
        piece = self.piece_at(offset)
        return Place(self.path, piece.line, piece.column and piece.column + offset - piece.offset)

    def correction(self, start: int, end: int, new: str) -> Correction | None:
        """Return the correction of a part of the text, or None if that does not stand in one piece on a line."""
        piece = self.piece_at(start)
        old = self.source[start:end]
        if not piece.column or "\n" in old or (end > start and self.piece_at(end - 1) is not piece):
            return None
        return Correction(self.place(start), old, new)

    def violation(self, start: int, message: str, end: int = 0, new: str | None = None) -> Violation:
        """Return a violation at an offset; ``new`` is what to write from there to ``end``."""
        return Violation(self.place(start), message, None if new is None else self.correction(start, end, new))

    def matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield where a pattern matches the words."""
        return pattern.finditer(self.words)


@dataclass(frozen=True)
class Heading:
    """A heading of a document, with its level from 1."""

    level: int
    title: str
    place: Place


@dataclass(frozen=True)
class Link:
    """A link to an ``address``, or a reference to a label or a document by a role.

    ``kind`` is the name of the role, "" for a link, or "image" for a picture.
    """

    address: str
    place: Place
    kind: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture without words, by the name of its file."""

    name: str
    place: Place


@dataclass(frozen=True)
class LanguageMark:
    """A mark of language, by its tag."""

    tag: str
    place: Place


@dataclass(frozen=True)
class Document:
    """A Markdown file: its front matter and all that rules look at.

    ``targets`` are the labels that its author has written, ``anchors`` those of its headings, ``notes`` are the places
    of the definitions of notes by label.
    """

    path: str
    name: str
    language: str
    front_matter: FrontMatter = field(default_factory=FrontMatter)
    texts: tuple[Text, ...] = ()
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    undescribed: tuple[Picture, ...] = ()
    language_marks: tuple[LanguageMark, ...] = ()
    targets: frozenset[str] = frozenset()
    anchors: frozenset[str] = frozenset()
    notes: Mapping[str, Place] = field(default_factory=dict)

    @property
    def calls(self) -> Iterator[tuple[Text, Call]]:
        """The calls of notes in the document's texts."""
        return ((text, call) for text in self.texts for call in text.calls)


@dataclass(frozen=True)
class Mark:
    """A piece of markup in a text, which begins at ``start``.

    ``kind`` is "emphasis", "code", "formula", "substitution", "link", "picture", "note" (one by its label), "own note",
    "html", or the name of a role in braces. ``value`` is what a translation keeps: a target, a label, code.
    """

    kind: str
    value: str
    start: int


@dataclass(frozen=True)
class Passage:
    """One side of a message: its text, its markup and the calls of its notes, and its words without markup.

    ``upright`` are the words that are not emphasised; both have no code, no formula and no address.
    """

    text: Text
    marks: tuple[Mark, ...]
    calls: tuple[Call, ...]
    words: str
    upright: str

    def marks_of(self, *kinds: str) -> list[Mark]:
        return [mark for mark in self.marks if mark.kind in kinds]


@dataclass(frozen=True)
class Message:
    """A message of a catalogue and its translation, which is printed."""

    source: Passage
    translation: Passage


@dataclass(frozen=True)
class Catalogue:
    """A translator's .po file: its language, the name of the document it translates, and what rules look at."""

    path: str
    language: str
    document: str
    texts: tuple[Text, ...] = ()
    links: tuple[Link, ...] = ()
    problems: tuple[Violation, ...] = ()
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True)
class GlossaryTerm:
    """A term of the sources, and the forms that translate it into a language; ``place`` is that of its first form."""

    term: str
    forms: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class Glossary:
    """The glossary of a language: its terms, and what is wrong with its file."""

    path: str
    language: str
    terms: tuple[GlossaryTerm, ...] = ()
    problems: tuple[Violation, ...] = ()


@dataclass(frozen=True)
class Sources:
    """All sources of a publication below its folder ``root``.

    ``translations`` are the whole-file translations, each with the name of the document that it translates.
    ``has_smart_quotes`` says whether typed quotation marks and dots are
    replaced when the texts are read.
    """

    root: Path
    language: str
    documents: tuple[Document, ...] = ()
    catalogues: tuple[Catalogue, ...] = ()
    glossaries: tuple[Glossary, ...] = ()
    bibliography: Bibliography = field(default_factory=lambda: Bibliography([]))
    has_smart_quotes: bool = True
    translations: tuple[Document, ...] = ()

    @property
    def files(self) -> tuple[Document, ...]:
        """All Markdown files: the documents and their whole-file translations."""
        return self.documents + self.translations

    @property
    def texts(self) -> Iterator[Text]:
        """All texts, those of documents before those of catalogues."""
        for document in self.files:
            yield from document.texts
        for catalogue in self.catalogues:
            yield from catalogue.texts

    @property
    def messages(self) -> Iterator[Message]:
        """The messages of all catalogues that are printed translated."""
        for catalogue in self.catalogues:
            yield from catalogue.messages

    @property
    def calls(self) -> Iterator[tuple[Text, Call]]:
        """The calls of notes in all texts."""
        return ((text, call) for text in self.texts for call in text.calls)

    @property
    def cited(self) -> frozenset[str]:
        """The keys that any text cites, in lower case."""
        return frozenset(cite.key.casefold() for _text, call in self.calls for cite in call.cites)
