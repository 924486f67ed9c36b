"""Read the lines of a written PDF: where each glyph stands, and how wide the spaces between words are."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf

from fleuron.conservation.pdf_words import character_map, content_of

# What WeasyPrint 70 writes of text: where it begins, its font, the distance that is added between its glyphs, and
# the glyphs with their distances. A number beside the glyphs is in thousandths of the font's size.
OPERATOR = re.compile(
    rb"1 0 0 -1 ([-\d.]+) ([-\d.]+) Tm|/(\w+) ([-\d.]+) Tf|([-\d.]+) Tc|\[([^\]]*)\]\s*TJ|([-\d.]+) Ts"
)
SHOWN = re.compile(rb"<([0-9a-f]*)>|([-\d.e]+)")
SPACES = (" ", "\u00a0")
HYPHENS = ("-", "\u2010", "\u00ad")
# How far apart, in the size of the letters, pieces of a line may be; what is farther is another column.
APART = 2.0
# How near to an edge of the page's text, in the size of the letters, a line must end to be one that fills the measure:
# a stop or hyphen may stand in the margin.
NEAR = 0.4
# The most lines that are loose, and that end within a word, by language (Persian has no hyphens); lines in a row that
# do; mean space of a line, in the size of its letters. Spaces of italics are narrower, and so are few lines tight.
BOUNDS = {"en": (0.015, 0.12), "tr": (0.025, 0.18), "ru": (0.025, 0.12), "de": (0.025, 0.12), "fa": (0.08, 0.0)}
LADDER, WIDEST, TIGHT = 2, 0.6, 0.01


@dataclass(frozen=True)
class PrintedGlyph:
    """A glyph on a page, in CSS pixels; ``size`` is that of its font."""

    text: str
    left: float
    right: float
    size: float


@dataclass(frozen=True)
class PrintedLine:
    """A line of text on a page (from 0), its glyphs from left to right."""

    page: int
    y: float
    glyphs: tuple[PrintedGlyph, ...]

    @property
    def left(self) -> float:
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        return self.glyphs[-1].right

    @property
    def size(self) -> float:
        """The size of most letters."""
        return Counter(glyph.size for glyph in self.glyphs).most_common(1)[0][0]

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def spaces(self) -> list[float]:
        """The widths of the spaces between words, from glyph to glyph, in the size of the letters."""
        found = []
        for place, glyph in enumerate(self.glyphs):
            if glyph.text in SPACES and 0 < place < len(self.glyphs) - 1:
                found.append((self.glyphs[place + 1].left - self.glyphs[place - 1].right) / self.size)
        return found

    @property
    def is_hyphenated(self) -> bool:
        """Whether the line ends within a word."""
        end, before = (0, 1) if is_right_to_left(self.text) else (-1, -2)
        return len(self.glyphs) > 1 and self.glyphs[end].text in HYPHENS and self.glyphs[before].text.isalpha()


@dataclass(frozen=True)
class LineQuality:
    """How well justified lines are set.

    Shares of lines that are loose, are tight, or end within a word; the most lines in a row that end within one; the
    widest mean space of a line, in the size of its letters.
    """

    lines: int
    loose: float
    tight: float
    hyphenated: float
    ladder: int
    widest: float


def faults_of(quality: LineQuality, language: str) -> list[str]:
    """List the bounds that the lines of a text exceed."""
    loose, hyphenated = BOUNDS[language]
    exceeded = {
        f"{quality.loose:.1%} of lines are loose": quality.loose > loose,
        f"{quality.tight:.1%} of lines are tight": quality.tight > TIGHT,
        f"{quality.hyphenated:.1%} of lines end within a word": quality.hyphenated > hyphenated,
        f"{quality.ladder} lines in a row end within a word": quality.ladder > LADDER,
        f"a space is {quality.widest:.2f} em": quality.widest > WIDEST,
    }
    return [fault for fault, is_one in exceeded.items() if is_one]


def quality_of(path: Path, loose: float = 0.42, tight: float = 0.16) -> LineQuality:
    """Measure the justified lines of a PDF: the shares with a mean space over ``loose``, and under ``tight``."""
    lines = justified_lines(path)
    spaces = [sum(line.spaces) / len(line.spaces) for line in lines]
    hyphenated = sum(line.is_hyphenated for line in lines)
    count = len(lines) or 1
    return LineQuality(
        len(lines),
        sum(space > loose for space in spaces) / count,
        sum(space < tight for space in spaces) / count,
        hyphenated / count,
        longest_ladder(lines),
        max(spaces, default=0.0),
    )


def longest_ladder(lines: Sequence[PrintedLine]) -> int:
    """Return how many lines that follow each other end within a word, at most."""
    longest = count = 0
    before: PrintedLine | None = None
    for line in lines:
        follows = before is not None and before.page == line.page and 0 < line.y - before.y < 2.2 * line.size
        count = ((count if follows else 0) + 1) if line.is_hyphenated else 0
        longest = max(longest, count)
        before = line
    return longest


def justified_lines(path: Path) -> list[PrintedLine]:
    """Return the lines that fill the measure: from one edge that many lines have to another, but for last lines."""
    pages: dict[int, list[PrintedLine]] = defaultdict(list)
    for line in printed_lines(path):
        if len(line.glyphs) > 1:
            pages[line.page].append(line)
    return [line for lines in pages.values() for line in filling(lines)]


def filling(lines: Sequence[PrintedLine]) -> Iterator[PrintedLine]:
    """Yield the lines of a page that end at an edge where others end exactly, and have a space."""
    lefts = Counter(round(line.left) for line in lines)
    rights = Counter(round(line.right) for line in lines)
    for line in lines:
        edges, edge = (lefts, line.left) if is_right_to_left(line.text) else (rights, line.right)
        near = NEAR * line.size
        at_edge = any(count >= 4 and abs(place - edge) < near for place, count in edges.items())
        if at_edge and line.spaces and line.right - line.left > 8 * line.size:
            yield line


def is_right_to_left(text: str) -> bool:
    """Return whether most letters of a text are written from right to left."""
    letters = Counter(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text if letter.isalpha())
    return letters[True] > letters[False]


def printed_lines(path: Path) -> Iterator[PrintedLine]:
    """Yield the lines of a PDF, page by page, from top to bottom; columns are lines of their own."""
    maps: dict[Any, dict[bytes, str]] = {}
    widths: dict[Any, dict[int, float]] = {}
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages):
            rows: dict[float, list[PrintedGlyph]] = defaultdict(list)
            for y, glyph in glyphs_of(page, maps, widths):
                rows[y].append(glyph)
            join_raised(rows)
            for y in sorted(rows):
                yield from columns(number, y, sorted(rows[y], key=lambda glyph: (glyph.left, glyph.right)))


def join_raised(rows: dict[float, list[PrintedGlyph]]) -> None:
    """Put raised glyphs, such as the call of a note, into the row that they belong to."""
    heights = sorted(rows)
    for y, below in pairwise(heights):
        size = max(glyph.size for glyph in rows[below])
        if below - y < 0.6 * size and max(glyph.size for glyph in rows[y]) < 0.8 * size:
            rows[below] += rows.pop(y)


def columns(page: int, y: float, glyphs: Sequence[PrintedGlyph]) -> Iterator[PrintedLine]:
    """Split a row of glyphs where they are far apart."""
    start = 0
    for place in range(1, len(glyphs)):
        if glyphs[place].left - glyphs[place - 1].right > APART * glyphs[place].size:
            yield PrintedLine(page, y, tuple(glyphs[start:place]))
            start = place
    if glyphs:
        yield PrintedLine(page, y, tuple(glyphs[start:]))


def glyphs_of(page: Any, maps: dict[Any, Any], widths: dict[Any, Any]) -> Iterator[tuple[float, PrintedGlyph]]:
    """Yield the glyphs of a page, each with the height of its baseline, to half a pixel."""
    if "/Contents" not in page.obj:  # a blank page
        return
    fonts: Any = page.obj.Resources.get("/Font", {})
    x = y = size = spacing = rise = 0.0
    characters: dict[bytes, str] = {}
    advances: dict[int, float] = {}
    for left, top, name, font_size, added, shown, raised in OPERATOR.findall(content_of(page)):
        if left:
            x, y, rise = float(left), float(top), 0.0
        elif name:
            font, size = fonts["/" + name.decode()], float(font_size)
            if font.objgen not in maps:
                maps[font.objgen], widths[font.objgen] = character_map(font), advance_widths(font)
            characters, advances = maps[font.objgen], widths[font.objgen]
        elif added:
            spacing = float(added)
        elif raised:
            rise = float(raised)
        for codes, distance in SHOWN.findall(shown):
            if distance:
                x -= float(distance) * size / 1000
            for at in range(0, len(codes), 4):
                advance = advances.get(int(codes[at : at + 4], 16), 0.0) * size / 1000
                text = characters.get(codes[at : at + 4], "")
                if text and not rise:
                    yield round(2 * y) / 2, PrintedGlyph(text, x, x + advance, size)
                x += advance + spacing


def advance_widths(font: Any) -> dict[int, float]:
    """Return the widths of a font's glyphs in thousandths of its size, by their codes."""
    found: dict[int, float] = {}
    first = None
    for value in font.DescendantFonts[0].W:
        if first is None:
            first = int(value)
        else:
            found |= {first + place: float(width) for place, width in enumerate(value)}
            first = None
    return found
