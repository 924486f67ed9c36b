"""Split a piece of HTML at its pictures, films and drawings; what stands between them is kept as it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from fleuron.manuscript.pictures.file_formats import SUFFIXES
from fleuron.manuscript.restrictions.html_parser import LenientHtmlParser
from fleuron.manuscript.unsafe_markup import is_allowed_address

# The attributes of elements that name files, those of pictures first.
FILE_ATTRIBUTES = {
    "img": ("src", "srcset"),
    "source": ("srcset", "src"),
    "video": ("poster", "src"),
    "audio": ("src",),
    "track": ("src",),
    "object": ("data",),
    "a": ("href",),
}
# Elements that show what is in the network, where a reader has one.
EMBEDDING = frozenset({"embed", "iframe"})
# Elements whose start and end are pieces of their own.
SPLIT_AT = frozenset({*FILE_ATTRIBUTES, *EMBEDDING, "picture"} - {"a"})
# Elements that are links, which a reader follows.
LINKS = frozenset({"a", "area"})
# Pictures that an <object> or <embed> may show, and a link may open.
SHOWN = tuple(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)
# A candidate of a srcset (HTML, 4.8.4.2.1): an address without white space, and its width or density.
CANDIDATE = re.compile(r"\s*,*\s*(?P<address>data:\S+|\S*[^\s,])(?P<descriptor>\s+[\d.]+[wxh])?\s*(?:,|$)")


@dataclass(frozen=True)
class Piece:
    """A piece of HTML and its line, from 0.

    ``tag`` is the name of the element whose start tag it is, with its attributes, or ``/name`` for an end tag, or
    ``svg`` for a whole drawing; empty for what stands between. An element of any name is one if its style names a file,
    and a link if its address is not allowed.
    """

    text: str
    line: int
    tag: str = ""
    attributes: tuple[tuple[str, str | None], ...] = field(default=())

    def get(self, name: str) -> str | None:
        """Return the value of an attribute: the first of that name, as HTML has it."""
        return next((value or "" for key, value in self.attributes if key == name), None)


class PieceParser(LenientHtmlParser):
    """Finds the pieces of a text; it is fed the whole text at once."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self.pieces: list[Piece] = []
        self.end = 0
        # The beginning and the line of the drawing that is open, and how many are.
        self.drawing = (0, 0)
        self.depth = 0

    @property
    def place(self) -> tuple[int, int]:
        """The offset of the tag that is read, and its line, from 0."""
        line, column = self.getpos()
        return self.lines[line - 1] + column, line - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start, line = self.place
        written = self.get_starttag_text() or ""
        if tag == "svg":
            if not self.depth:
                self.drawing = start, line
            self.depth += 1
        elif not self.depth and (tag in SPLIT_AT or names_file(tag, dict(attrs))):
            self.add(start, start + len(written), line, tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag == "svg":
            self.close_drawing(self.place[0] + len(self.get_starttag_text() or ""))

    def handle_endtag(self, tag: str) -> None:
        start, line = self.place
        end = self.text.find(">", start) + 1
        if tag == "svg" and self.depth:
            self.close_drawing(end)
        elif tag in SPLIT_AT and not self.depth:
            self.add(start, end, line, f"/{tag}")

    def close_drawing(self, end: int) -> None:
        self.depth -= 1
        if not self.depth:
            self.add(self.drawing[0], end, self.drawing[1], "svg")

    def add(self, start: int, end: int, line: int, tag: str, attrs: list[tuple[str, str | None]] | None = None) -> None:
        """Append a piece, and before it what stands between it and the last."""
        self.add_between(start)
        self.pieces.append(Piece(self.text[start:end], line, tag, tuple(attrs or ())))
        self.end = end

    def add_between(self, end: int) -> None:
        if end > self.end:
            self.pieces.append(Piece(self.text[self.end : end], self.text.count("\n", 0, self.end)))


def names_file(tag: str, attributes: Mapping[str, str | None]) -> bool:
    """Return whether an element links a picture or what it may not, or has a style that refers to a file."""
    address = attributes.get("href") or ""
    if tag in LINKS and (is_picture_name(address) or not is_allowed_address(address)):
        return True
    return "url" in (attributes.get("style") or "").lower()


def is_picture_name(address: str) -> bool:
    """Return whether an address is that of a picture in the publication, by its suffix."""
    return "://" not in address and re.split("[?#]", address)[0].lower().endswith(SHOWN)


def pieces_of(text: str) -> list[Piece]:
    """Split a text; the pieces, one after the other, are the text."""
    parser = PieceParser(text)
    parser.feed(text)
    parser.close()
    if parser.depth:  # a drawing that does not end: its XML says what is wrong
        parser.depth = 1
        parser.close_drawing(len(text))
    parser.add_between(len(text))
    return parser.pieces


def candidates_of(srcset: str) -> list[tuple[str, str]]:
    """Return the addresses of a ``srcset``, each with its descriptor."""
    return [(match["address"], (match["descriptor"] or "").strip()) for match in CANDIDATE.finditer(srcset)]
