"""Finds the installed faces of a family, with fontconfig, and chooses those that a page is set in."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError
from fontTools.varLib.instancer import instantiateVariableFont

# What fontconfig is asked of each face, in its own terms; the family comes last, for it may hold anything.
FIELDS = ("file", "index", "weight", "slant", "variable", "family")
QUERY = "\t".join(f"%{{{field}}}" for field in FIELDS) + "\n"

# fontconfig's weights (FC_WEIGHT_REGULAR ...), and CSS's beside them.
REGULAR, SEMIBOLD, BOLD = 80, 180, 200
CSS_WEIGHTS = {REGULAR: 400, SEMIBOLD: 600, BOLD: 700}


@dataclass(frozen=True)
class Style:
    """A style that pages use, by the name it has in file names; the first of ``weights`` that is there is taken."""

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
    # Arabic script has no italics: what a foundry calls so is slanted by rule.
    "arabic": (Style("regular", (REGULAR,)), Style("bold", (BOLD, SEMIBOLD))),
}


@dataclass(frozen=True, order=True)
class Listed:
    """A face as fontconfig lists it.

    ``number`` counts the faces of a collection from 0, ``instance`` the named instances of a
    variable font from 1; 0 stands for its default, or for a font that does not vary.
    """

    path: Path
    number: int
    instance: int
    weight: float
    italic: bool
    families: tuple[str, ...]


@dataclass(frozen=True)
class Face:
    """A face that pages are set in, and the font it comes from."""

    family: str
    style: Style
    weight: int
    source: Listed

    def open(self) -> TTFont:
        """Open the font, a variable one as a whole; raises TTLibError or OSError for a broken file."""
        # Dates and boxes stay as the foundry made them.
        fixed = {"recalcTimestamp": False, "recalcBBoxes": False}
        content = BytesIO(self.source.path.read_bytes())
        return TTFont(content, fontNumber=self.source.number, lazy=True, **fixed)

    def settled(self, font: TTFont) -> TTFont:
        """Return the opened font, a variable one at the face's own instance."""
        if "fvar" not in font:
            return font
        variations, instance = font["fvar"], self.source.instance
        place = {axis.axisTag: axis.defaultValue for axis in variations.axes}
        return instantiateVariableFont(
            font, place | (variations.instances[instance - 1].coordinates if instance else {})
        )


def listed_faces() -> list[Listed]:
    """List all installed faces; none where there is no fontconfig."""
    try:
        done = subprocess.run(["fc-list", "--format", QUERY], capture_output=True, check=False)
    except OSError:
        return []
    return sorted(read_list(done.stdout))


def read_list(said: bytes) -> Iterator[Listed]:
    """Read what fc-list says, a line for each face; the line of a whole variable font is passed over."""
    for line in said.splitlines():
        fields = dict(zip(FIELDS, line.split(b"\t", len(FIELDS) - 1), strict=False))
        try:
            instance, number = divmod(int(fields["index"]), 1 << 16)
            weight, slant = float(fields["weight"]), float(fields["slant"])
        except (KeyError, ValueError):  # the weight of a variable font is a range
            continue
        if fields["variable"] == b"False":
            families = tuple(fields["family"].decode("utf-8", "replace").split(","))
            yield Listed(Path(os.fsdecode(fields["file"])), number, instance, weight, slant > 0, families)


def choose(listed: Iterable[Listed], family: str, styles: Iterable[Style]) -> list[Face]:
    """Choose the faces of a family; none where its upright regular, the first style, is missing or broken."""
    own = [each for each in listed if family.casefold() in map(str.casefold, each.families)]
    faces = [face for style in styles if (face := first_sound(own, family, style))]
    return faces if faces and faces[0].style.weights == (REGULAR,) and not faces[0].style.italic else []


def first_sound(listed: Iterable[Listed], family: str, style: Style) -> Face | None:
    """Find the first face in a style whose file can be read."""
    own = [each for each in listed if each.italic == style.italic]
    for weight in style.weights:
        for each in own:
            face = Face(family, style, CSS_WEIGHTS[weight], each)
            if each.weight == weight and is_sound(face):
                return face
    return None


def is_sound(face: Face) -> bool:
    try:
        return bool(face.open().getBestCmap())
    except (TTLibError, OSError, KeyError, IndexError):
        return False
