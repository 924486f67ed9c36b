"""A cover for a book that has none: its title, who signs it and its number, drawn as SVG and made a picture.

resvg draws with the faces it is given and no others, so that a cover is the same on every machine that has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont
from lxml import etree
from lxml.etree import _Element as Element

SVG = "http://www.w3.org/2000/svg"
# In pixels, as booksellers want them; the margin at each side.
WIDTH, HEIGHT, MARGIN = 1600, 2400, 170
PAPER, INK, ACCENT = "#f6f1e7", "#1f1c19", "#8a2b1c"
# The sizes of a title, the largest that fits in so many lines.
SIZES, LINES = (190, 160, 135, 115, 98, 84, 72), 6


@dataclass(frozen=True)
class Cover:
    """What a cover says; ``mark`` is the content of an SVG that stands at its foot, drawn on 64 units."""

    title: str
    subtitle: str
    authors: str
    number: str
    direction: str
    mark: bytes


class Face:
    """A font file and how wide it sets a text."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with TTFont(path, lazy=True, fontNumber=0) as font:
            self.family = str(font["name"].getBestFamilyName())
            self.em: int = font["head"].unitsPerEm
            self.widths = {character: font["hmtx"][glyph][0] for character, glyph in font.getBestCmap().items()}

    def width(self, text: str, size: float) -> float:
        """Measure a text without kerning; a letter that the face lacks is half as wide as it is high."""
        advances = sum(self.widths.get(ord(letter), self.em / 2) for letter in text)
        return float(advances) * size / self.em


def broken(text: str, face: Face, size: float, width: float) -> list[str]:
    """Break a text into lines."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and face.width(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def fitted(text: str, face: Face, sizes: Sequence[int], limit: int) -> tuple[int, list[str]]:
    """Return the largest size at which a text fits in so many lines, with these; else the smallest."""
    width = WIDTH - 2 * MARGIN
    for size in sizes:
        lines = broken(text, face, size, width)
        if len(lines) <= limit and all(face.width(line, size) <= width for line in lines):
            return size, lines
    return sizes[-1], broken(text, face, sizes[-1], width)[: limit + 2]


def drawn(cover: Cover, face: Face) -> str:
    """Draw a cover as SVG."""
    root = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG})  # type: ignore[dict-item]  # lxml-stubs 0.5 knows no default
    for name, value in (("width", WIDTH), ("height", HEIGHT), ("viewBox", f"0 0 {WIDTH} {HEIGHT}")):
        root.set(name, str(value))
    element(root, "rect", width=WIDTH, height=HEIGHT, fill=PAPER)
    element(
        root, "rect", x=70, y=70, width=WIDTH - 140, height=HEIGHT - 140, fill="none", stroke=ACCENT, stroke_width=6
    )
    place = 430.0
    size, lines = fitted(cover.title, face, SIZES, LINES)
    place = column(root, lines, cover, face, size, place, INK)
    if cover.subtitle:
        size, lines = fitted(cover.subtitle, face, (72, 60, 50), 4)
        place = column(root, lines, cover, face, size, place + 50, INK)
    if cover.authors:
        size, lines = fitted(cover.authors, face, (70, 58, 48), 4)
        column(root, lines, cover, face, size, max(place + 60, 1500), ACCENT)
    mark = element(root, "g", fill=ACCENT, transform=f"translate({WIDTH / 2 - 80} {HEIGHT - 420}) scale(2.5)")
    mark.extend(child for child in etree.fromstring(cover.mark) if etree.QName(child).localname == "path")
    if cover.number:
        column(root, [cover.number], cover, face, 52, HEIGHT - 190, INK, middle=True)
    return etree.tostring(root, encoding="unicode")


def column(
    root: Element, lines: list[str], cover: Cover, face: Face, size: int, place: float, ink: str, middle: bool = False
) -> float:
    """Set lines below each other; return where the next may stand."""
    outer = MARGIN if cover.direction == "ltr" else WIDTH - MARGIN
    for line in lines:
        place += size * 1.18
        at = WIDTH / 2 if middle else outer
        text = element(root, "text", x=at, y=round(place), font_family=face.family, font_size=size, fill=ink)
        # The start of a line of Arabic is at its right.
        text.set("text-anchor", "middle" if middle else "start" if cover.direction == "ltr" else "end")
        text.text = line
    return place


def element(parent: Element, name: str, **attributes: object) -> Element:
    words = {key.replace("_", "-"): str(value) for key, value in attributes.items()}
    return etree.SubElement(parent, f"{{{SVG}}}{name}", words)


def picture(cover: Cover, faces: Sequence[Path]) -> bytes:
    """Make a cover as PNG, set in the first of the faces; the others have the letters that it lacks."""
    import resvg_py

    svg = drawn(cover, Face(faces[0]))
    return bytes(
        resvg_py.svg_to_bytes(svg_string=svg, font_files=[str(path) for path in faces], skip_system_fonts=True)
    )
