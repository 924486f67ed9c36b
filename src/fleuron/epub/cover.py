"""Draw the cover of a book that has none: its title, authors and number, as SVG rendered to PNG.

resvg uses only the font files that it is given, so that the cover is the same on every machine that has them.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont
from lxml import etree
from lxml.etree import _Element as Element

from fleuron.config import theme_of, typefaces_of
from fleuron.content.mark import publication_mark, shapes_of
from fleuron.editions.interface_words import interface_words
from fleuron.epub.book_metadata import BookContext
from fleuron.epub.package_metadata import BookMetadata
from fleuron.fonts.font_list import listed_faces
from fleuron.fonts.installed import STYLES, Face, choose_faces
from fleuron.fonts.script_faces import ScriptFaces
from fleuron.manuscript.records import publication_records
from fleuron.publication.edition import Edition

SVG = "http://www.w3.org/2000/svg"
# In pixels, as booksellers require; the margin at each side.
WIDTH, HEIGHT, MARGIN = 1600, 2400, 170
PAPER, INK, ACCENT = "#f6f1e7", "#1f1c19", "#8a2b1c"
# The font sizes of a title, of which the largest that fits is used, and the most lines it may have.
TITLE_SIZES, TITLE_LINES = (190, 160, 135, 115, 98, 84, 72), 6
# The most authors that a cover names.
MOST_AUTHORS = 8
# What a line may end after: words, and Chinese characters and kana, of which no line begins with a closing mark.
WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
PIECE = re.compile(f"\\s*(?:[{WIDE}]|[^\\s{WIDE}]+)[、。，．：；？！」』）〉》】]*")
# The media types of pictures that resvg draws.
PICTURE_TYPES = {
    **{".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif"},
    **{".webp": "image/webp", ".svg": "image/svg+xml"},
}
# The face that formulas are set in, which is always installed.
FALLBACK_FACE = Path(str(files("ziamath").joinpath("fonts", "STIXTwoMath-Regular.ttf")))


@dataclass(frozen=True)
class Cover:
    """The texts of a cover; ``ornament`` is an SVG file, drawn at the foot in the colour ``accent``.

    A ``picture``, with its media type, is the cover as a whole, in place of all else.
    ``faces`` choose the faces of letters that the first face lacks, for texts in ``language``.
    """

    title: str
    subtitle: str
    authors: str
    number: str
    direction: str
    ornament: bytes
    accent: str = ACCENT
    language: str = "en"
    faces: ScriptFaces | None = None
    picture: tuple[str, bytes] | None = None

    def runs(self, text: str) -> Iterator[tuple[str, Face | None]]:
        """Split a text into runs of one face each; None for those in the typefaces of the publication."""
        if self.faces is None or not self.faces.text_faces:
            yield text, None
        else:
            yield from ((run.text, run.face) for run in self.faces.runs(text, self.language))

    @property
    def other_faces(self) -> list[Path]:
        """The font files of the letters that the typefaces of the publication lack."""
        texts = (self.title, self.subtitle, self.authors, self.number)
        faces = (face for text in texts for _letters, face in self.runs(text) if face)
        return list(dict.fromkeys(face.source.path for face in faces))


class MeasuredFace:
    """A font file, and the widths of its characters."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with TTFont(path, lazy=True, fontNumber=0) as font:
            self.family = str(font["name"].getBestFamilyName())
            self.em: int = font["head"].unitsPerEm
            self.widths = {character: font["hmtx"][glyph][0] for character, glyph in font.getBestCmap().items()}

    def width(self, text: str, size: float) -> float:
        """Measure a text without kerning; a character that the face lacks counts as half an em, a wide one as one."""
        advances = sum(self.widths.get(ord(letter), self.em / (1 if is_wide(letter) else 2)) for letter in text)
        return float(advances) * size / self.em


def is_wide(letter: str) -> bool:
    """Return whether a character is as wide as it is high (UAX #11), such as a Chinese one."""
    return unicodedata.east_asian_width(letter) in ("W", "F")


def break_lines(text: str, face: MeasuredFace, size: float, width: float) -> list[str]:
    """Break a text into lines of at most this width; a longer word has a line of its own."""
    lines = [""]
    for piece in PIECE.findall(" ".join(text.split())):
        longer = (lines[-1] + piece).strip()
        if lines[-1] and face.width(longer, size) > width:
            lines.append(piece.strip())
        else:
            lines[-1] = longer
    return lines


def fit_text(text: str, face: MeasuredFace, sizes: Sequence[int], limit: int) -> tuple[int, list[str]]:
    """Return the largest size at which a text fits in ``limit`` lines, and the lines; else the smallest size."""
    width = WIDTH - 2 * MARGIN
    for size in sizes:
        lines = break_lines(text, face, size, width)
        if len(lines) <= limit and all(face.width(line, size) <= width for line in lines):
            return size, lines
    return sizes[-1], break_lines(text, face, sizes[-1], width)[: limit + 2]


def cover_svg(cover: Cover, face: MeasuredFace) -> str:
    """Draw a cover as SVG."""
    root = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG})  # type: ignore[dict-item]  # lxml-stubs 0.5 knows no default
    for name, value in (("width", WIDTH), ("height", HEIGHT), ("viewBox", f"0 0 {WIDTH} {HEIGHT}")):
        root.set(name, str(value))
    element(root, "rect", width=WIDTH, height=HEIGHT, fill=PAPER)
    if cover.picture:
        media_type, content = cover.picture
        address = f"data:{media_type};base64,{base64.b64encode(content).decode()}"
        element(root, "image", width=WIDTH, height=HEIGHT, preserveAspectRatio="xMidYMid meet", href=address)
        return etree.tostring(root, encoding="unicode")
    frame = element(root, "rect", x=70, y=70, width=WIDTH - 140, height=HEIGHT - 140)
    frame.attrib.update({"fill": "none", "stroke": cover.accent, "stroke-width": "6"})
    y = 430.0
    size, lines = fit_text(cover.title, face, TITLE_SIZES, TITLE_LINES)
    y = draw_lines(root, lines, cover, face, size, y, INK)
    if cover.subtitle:
        size, lines = fit_text(cover.subtitle, face, (72, 60, 50), 4)
        y = draw_lines(root, lines, cover, face, size, y + 50, INK)
    if cover.authors:
        size, lines = fit_text(cover.authors, face, (70, 58, 48), 4)
        draw_lines(root, lines, cover, face, size, max(y + 60, 1500), cover.accent)
    ornament = element(root, "svg", fill=cover.accent, x=WIDTH / 2 - 80, y=HEIGHT - 420, width=160, height=160)
    ornament.set("viewBox", str(etree.fromstring(cover.ornament).get("viewBox")))
    ornament.extend(shapes_of(cover.ornament))
    if cover.number:
        draw_lines(root, [cover.number], cover, face, 52, HEIGHT - 190, INK, centred=True)
    return etree.tostring(root, encoding="unicode")


def draw_lines(
    root: Element,
    lines: list[str],
    cover: Cover,
    face: MeasuredFace,
    size: int,
    y: float,
    ink: str,
    centred: bool = False,
) -> float:
    """Draw lines below ``y``, and return the baseline of the last."""
    margin = MARGIN if cover.direction == "ltr" else WIDTH - MARGIN
    for line in lines:
        y += size * 1.18
        x = WIDTH / 2 if centred else margin
        text = element(root, "text", x=x, y=round(y), font_family=face.family, font_size=size, fill=ink)
        # Without the `direction` property a line of SVG starts at its left, whatever its script.
        text.set("text-anchor", "middle" if centred else "start" if cover.direction == "ltr" else "end")
        for letters, other in cover.runs(line):
            if other:
                # Of a file with several faces, as for Chinese and Japanese, resvg takes the first if none is named.
                element(text, "tspan", font_family=other.family).text = letters
            elif len(text):
                text[-1].tail = letters
            else:
                text.text = letters
    return y


def element(parent: Element, name: str, **attributes: object) -> Element:
    hyphenated = {key.replace("_", "-"): str(value) for key, value in attributes.items()}
    return etree.SubElement(parent, f"{{{SVG}}}{name}", hyphenated)


def cover_png(cover: Cover, faces: Sequence[Path]) -> bytes:
    """Render a cover as PNG, set in the first of the faces; the others supply the characters that it lacks."""
    import resvg_py

    svg = cover_svg(cover, MeasuredFace(faces[0]))
    paths = [str(path) for path in dict.fromkeys([*faces, *cover.other_faces])]
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, font_files=paths, skip_system_fonts=True))


def people_of(book: BookMetadata) -> str:
    """Return the people that a cover names: the editors, if there are any, or the authors."""
    word, people = interface_words(book.language), book.editors or book.creators
    names = Edition(book.language).comma.join(agent.name for agent in people[:MOST_AUTHORS]) + (
        "…" if len(people) > MOST_AUTHORS else ""
    )
    return f"{word('Editors') if len(people) > 1 else word('Editor')}: {names}" if book.editors else names


def picture_of(context: BookContext) -> tuple[str, bytes] | None:
    """Return the picture that is the cover of an issue, with its media type; None if it has none that can be drawn."""
    path = Path(context.env.srcdir, context.issue.cover) if context.issue and context.issue.cover else None
    media_type = PICTURE_TYPES.get(path.suffix.lower()) if path else None
    return (media_type, path.read_bytes()) if path and media_type else None


def draw_cover(context: BookContext, book: BookMetadata) -> bytes:
    """Draw the cover of a book as PNG, in the publication's typefaces, or in that of formulas if none is installed."""
    records, article = publication_records(context.env), context.single_article
    families, installed = typefaces_of(context.config), listed_faces()
    faces = [
        face.source.path
        for role, family in families.items()
        if role in STYLES
        for face in choose_faces(installed, family, STYLES[role])[:1]
    ]
    if context.edition.direction == "rtl":
        faces.reverse()
    cover = Cover(
        title=book.title,
        subtitle=records.article_texts[article].subtitle if article in records.article_texts else "",
        authors=people_of(book),
        number=book.series if context.issue else book.number or (book.series if article else ""),
        direction=context.edition.direction,
        ornament=publication_mark(context.config, Path(context.env.srcdir)),
        accent=theme_of(context.config).get("accent", ACCENT),
        language=context.edition.language,
        faces=ScriptFaces(families, installed, context.edition.language),
        picture=picture_of(context),
    )
    return cover_png(cover, [*faces, FALLBACK_FACE])
