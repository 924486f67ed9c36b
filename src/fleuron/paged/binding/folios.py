"""Print folios (page numbers) when a PDF is bound, so that an article's pages need no new layout where it moves.

Where a folio is to be printed, the style of a sheet has the figures from 0 to 9. They are painted as a stream of
their own, between those of the page before and after them, which lists what is needed to set a number instead.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Object, Pdf

from fleuron.publication.edition import Edition

FIGURES = "0123456789"
# The boxes are narrow, and what is beside them has the room that it has beside a number.
BOX = "content: {content}; white-space: nowrap; width: 2em"
NOTHING = "content: none"
# Not @top-center: the title of an article may be ten figures.
BOXES = ("@top-left", "@top-right", "@bottom-center")


def style_of_folios(edition: Edition, *, are_printed: bool = True) -> str:
    """Return the style of a sheet whose folios are printed in the digits of an edition, or are not printed."""
    box = BOX.format(content=f"'{edition.numerals(FIGURES)}'") if are_printed else NOTHING
    return f"""@page :right {{ @top-right {{ {box} }} }}
@page :left {{ @top-left {{ {box} }} }}
@page :nth(1 of chapter) {{ @top-right {{ {NOTHING} }} @top-left {{ {NOTHING} }} @bottom-center {{ {box} }} }}
"""


def are_figures(text: str) -> bool:
    """Return whether a text is the figures from 0 to 9, in the digits of any script."""
    return len(text) == len(FIGURES) and "".join(str(unicodedata.decimal(sign, "")) for sign in text) == FIGURES


@dataclass
class FolioPlaceholder:
    """The figures that stand for a folio on a page: their box, and their operators in the page's stream."""

    box: Any
    text: Any
    first: int = 0
    last: int = 0

    @contextmanager
    def recording(self, painting: AbstractContextManager[None], stream: Any) -> Iterator[None]:
        """Take the operators that are written meanwhile as those of the folio."""
        with painting:
            self.first = len(stream.stream)
            yield
            self.last = len(stream.stream)

    @property
    def edge(self) -> tuple[float, float]:
        """Return a horizontal position, and which part of the number's width is on its left."""
        part = {"left": 0.0, "right": 1.0}.get(self.box.at_keyword.rpartition("-")[2], 0.5)
        return self.box.content_box_x() + part * self.box.width, part


def find_placeholder(page: Any) -> FolioPlaceholder | None:
    """Find the placeholder on a page of WeasyPrint's, if it has one."""
    for box in page.children:
        if getattr(box, "at_keyword", "") in BOXES:
            for text in box.descendants():
                if are_figures(getattr(text, "text", "")):
                    return FolioPlaceholder(box, text)
    return None


def glyph_entries(
    operators: Sequence[bytes], placeholder: FolioPlaceholder, widths: Mapping[str, Mapping[int, float]]
) -> dict[str, Sequence[float]]:
    """Return the glyphs of the figures, their widths in thousandths of the font size, and the edge with the size.

    ``operators`` paint the figures; ``widths`` are those of the glyphs of all fonts, by the names of these.
    """
    (shown,) = (operator for operator in operators if operator.endswith(b" TJ"))
    digits = "".join(part.partition(">")[0] for part in shown.decode("ascii").split("<")[1:])
    glyphs = [int(digits[start : start + 4], 16) for start in range(0, len(digits), 4)]
    if len(glyphs) != len(FIGURES):
        raise ValueError("a figure of the typeface is not one glyph")
    ((font, size),) = (operator.decode("ascii").split()[:2] for operator in operators if operator.endswith(b" Tf"))
    of_font = widths[font.removeprefix("/")]
    return {
        "Figures": glyphs,
        "Widths": [of_font[glyph] for glyph in glyphs],
        "Edge": [*placeholder.edge, float(size)],
    }


def list_folios(part: Pdf) -> Array:
    """List the folios of a part's pages: for each the page's position, from 0, and its stream."""
    found: list[int | Object] = []
    for number, page in enumerate(part.pages):
        contents = page.obj.get("/Contents")
        for stream in contents if isinstance(contents, Array) else ():
            if "/Figures" in stream:
                found += (number, stream)
    return Array(found)


def stamp(data: Object, first: int) -> None:
    """Print the folios of a part, given its binding data and the folio of its first page."""
    entries = list(data.Folios)
    for number, stream in zip(entries[::2], entries[1::2], strict=True):
        stream.write(operators_of(stream, str(first + int(number))))
        for key in ("/Figures", "/Widths", "/Edge"):
            del stream[key]


def operators_of(stream: Object, number: str) -> bytes:
    """Return the operators that print a number in place of the figures."""
    edge, part, size = (float(value) for value in stream.Edge)
    figures = [int(figure) for figure in number]
    width = size * sum(float(stream.Widths[figure]) for figure in figures) / 1000
    shown = "".join(f"{int(stream.Figures[figure]):04x}" for figure in figures)
    written = []
    for operator in stream.read_bytes().split(b"\n"):
        if operator.endswith(b" Tm"):
            *scale, _left, base, _name = operator.decode("ascii").split()
            operator = f"{' '.join(scale)} {edge - part * width:.4f} {base} Tm".encode()
        written.append(f"<{shown}> Tj".encode() if operator.endswith(b" TJ") else operator)
    return b"\n".join(written)
