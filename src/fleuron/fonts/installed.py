"""Find the installed faces of a typeface family with fontconfig, and choose those that pages are set in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont, TTLibError

from fleuron.fonts.font_list import ListedFace
from fleuron.fonts.font_readings import cached_reading, codes_in, runs_of

# fontconfig's weights (FC_WEIGHT_REGULAR ...), and those of CSS.
REGULAR, SEMIBOLD, BOLD = 80, 180, 200
CSS_WEIGHTS = {REGULAR: 400, SEMIBOLD: 600, BOLD: 700}


@dataclass(frozen=True)
class Style:
    """A style that pages use: its name in file names, and fontconfig's weights for it, the preferred one first."""

    name: str
    weights: tuple[int, ...]
    italic: bool = False


STYLES = {
    "text": (
        Style("regular", (REGULAR,)),
        Style("italic", (REGULAR,), italic=True),
        Style("semibold", (SEMIBOLD, BOLD)),
        Style("semibold-italic", (SEMIBOLD, BOLD), italic=True),
    ),
    # Arabic script has no italics: faces of that name are slanted mechanically.
    "arabic": (Style("regular", (REGULAR,)), Style("bold", (BOLD, SEMIBOLD))),
}


@dataclass(frozen=True)
class Face:
    """A face that pages are set in, and the font file that has it."""

    family: str
    style: Style
    weight: int
    source: ListedFace

    def open(self) -> TTFont:
        """Open the font, a variable one with all its instances; raise TTLibError or OSError for a broken file."""
        return open_font(self.source.path, self.source.number)

    def location(self, font: TTFont) -> dict[str, float]:
        """Return the coordinates of the face in the opened variable font, by axis; none if it is not variable."""
        if "fvar" not in font:
            return {}
        variations, instance = font["fvar"], self.source.instance
        defaults = {axis.axisTag: float(axis.defaultValue) for axis in variations.axes}
        return defaults | (variations.instances[instance - 1].coordinates if instance else {})

    def at_instance(self, font: TTFont) -> TTFont:
        """Return the opened font, or the face's instance of a variable one."""
        location = self.location(font)
        if not location:
            return font
        from fontTools.varLib.instancer import instantiateVariableFont  # which takes long to import

        return instantiateVariableFont(font, location)

    @cached_property
    def characters(self) -> frozenset[int]:
        """The code points that the font has; raises TTLibError, OSError or LookupError for a broken file."""
        return characters_in(self.source.path, self.source.number, self.file_digest)

    @cached_property
    def x_height(self) -> float:
        """The height of its letter x, as a part of the size of letters; 0 if it has none.

        Raises TTLibError, OSError or LookupError for a broken file.
        """
        font = self.open()
        glyphs, name = font.getGlyphSet(location=self.location(font)), font.getBestCmap().get(ord("x"))
        if name is None:
            return 0.0
        bounds = BoundsPen(glyphs)
        glyphs[name].draw(bounds)
        return float(bounds.bounds[3] / font["head"].unitsPerEm) if bounds.bounds else 0.0

    @cached_property
    def file_digest(self) -> str:
        """The SHA-256 of the font file."""
        status = self.source.path.stat()
        return digest_of_file(self.source.path, status.st_size, status.st_mtime_ns)


def open_font(path: Path, number: int) -> TTFont:
    """Open a font of a file; raise TTLibError or OSError for a broken file."""
    # The timestamp and the bounding boxes stay as the foundry made them.
    unchanged = {"recalcTimestamp": False, "recalcBBoxes": False}
    return TTFont(BytesIO(path.read_bytes()), fontNumber=number, lazy=True, **unchanged)


@cache
def digest_of_file(path: Path, size: int, time: int) -> str:
    """Return the SHA-256 of a file, which is read again when its size or its time is another."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def characters_in(path: Path, number: int, digest: str) -> frozenset[int]:
    """Return the code points that a font has; raise TTLibError, OSError or LookupError for a broken file."""
    codes = cached_reading(("characters", number), digest, lambda: runs_of(open_font(path, number).getBestCmap()))
    return codes_in(codes)


def choose_faces(listed: Iterable[ListedFace], family: str, styles: Iterable[Style]) -> list[Face]:
    """Choose the faces of a family; none if its upright regular, the first style, is missing or broken."""
    own = [face for face in listed if family.casefold() in map(str.casefold, face.families)]
    faces = [face for style in styles if (face := first_readable(own, family, style))]
    return faces if faces and faces[0].style.weights == (REGULAR,) and not faces[0].style.italic else []


def first_readable(listed: Iterable[ListedFace], family: str, style: Style) -> Face | None:
    """Return the first face of a style whose file can be read."""
    candidates = [face for face in listed if face.italic == style.italic]
    for weight in style.weights:
        for candidate in candidates:
            face = Face(family, style, CSS_WEIGHTS[weight], candidate)
            if candidate.weight == weight and is_readable(face):
                return face
    return None


def is_readable(face: Face) -> bool:
    """Return whether the font file can be read, and has characters."""
    try:
        return bool(face.characters)
    except (TTLibError, OSError, LookupError, TypeError):
        return False
