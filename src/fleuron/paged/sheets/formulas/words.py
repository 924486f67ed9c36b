"""Draw the words in formulas that the mathematical typeface lacks letters of, in the faces of the edition.

ziamath 0.13 sets a text glyph by glyph from left to right, and in STIX Two Math alone, which has no Arabic script, no
Devanagari and no Chinese. Importing this module lets it use this class for each `mtext`.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from lxml import etree
from ziafont.fonttypes import BBox
from ziamath.drawable import Drawable
from ziamath.nodes.mnumber import Mtext

from fleuron.fonts.installed import Face
from fleuron.fonts.script_faces import ScriptFaces, SetRun, clusters_of, form_in
from fleuron.formulas.mathml import MATHML
from fleuron.paged.sheets.bidi_levels import first_strong, levels_of
from fleuron.paged.sheets.formulas.shaping import Outlines, outlines_of
from fleuron.paged.sheets.sheet_faces import SheetFaces

TOKENS = tuple(f"{{{MATHML}}}{name}" for name in ("mtext", "mi", "mn", "mo", "ms"))
# The attributes of a text whose outlines are known, in em.
OUTLINE, ADVANCE, TOP, BOTTOM = "data-outline", "data-advance", "data-top", "data-bottom"


class OutlinedText(Drawable):
    """The outlines of a text, at a size in units of the drawing to the em."""

    def __init__(self, element: ElementTree.Element, size: float, colour: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # ziamath 0.13
        self.outline = element.get(OUTLINE, "")
        self.size = size
        self.colour = colour
        advance, top, bottom = (float(element.get(name, "0")) * size for name in (ADVANCE, TOP, BOTTOM))
        self.bbox = BBox(0, advance, bottom, top)

    def draw(self, x: float, y: float, svg: ElementTree.Element) -> tuple[float, float]:
        if self.outline:
            place = f"translate({x:.3f} {y:.3f}) scale({self.size:g})"
            path = ElementTree.SubElement(svg, "path", {"d": self.outline, "transform": place})
            if self.colour:
                path.set("fill", self.colour)
        return x + self.bbox.xmax, y


class ShapedText(Mtext, tag="mtext"):
    """A text that may have outlines of its own."""

    def _setup(self, **kwargs: Any) -> None:
        if self.element.get(OUTLINE) is None:
            super()._setup(**kwargs)
            return
        text = OutlinedText(self.element, self.glyphsize, str(self.style.mathcolor or ""))
        if kwargs.get("phantom"):
            text.outline = ""
        self.nodes.append(text)
        self.nodexy.append((0, 0))
        self.bbox = text.bbox


def outline_words(root: etree._Element, lacking: Collection[str], faces: SheetFaces | None) -> set[str]:
    """Give each text with a letter that the mathematical typeface lacks its outlines; return what no face has."""
    missing: set[str] = set()
    for token in list(root.iter(*TOKENS)):
        text = str(token.text or "")
        if not (wanted := set(text) & set(lacking)):
            continue
        runs = list(runs_of(text, faces.faces)) if faces else []
        if not runs or any(run.face is None for run in runs):
            missing |= {each for run in runs if run.face is None for each in run.text} or wanted
            continue
        set_outlines(token, joined_outlines(runs))
        if faces:
            faces.fallbacks.update(run.face.family for run in runs if run.face)
    return missing


def set_outlines(token: etree._Element, outlines: Outlines) -> None:
    """Make a token a text with outlines, and nothing in it that is to be drawn."""
    token.tag = TOKENS[0]
    token.text = None
    values = (outlines.path, f"{outlines.advance:.4f}", f"{outlines.top:.4f}", f"{outlines.bottom:.4f}")
    for name, value in zip((OUTLINE, ADVANCE, TOP, BOTTOM), values, strict=True):
        token.set(name, value)


def runs_of(text: str, faces: ScriptFaces) -> Iterator[SetRun]:
    """Yield a text as runs of one face each; of those that the faces of the text have, with the face too."""
    for run in faces.runs(text):
        if run.face is not None or run.missing:
            yield run
            continue
        for cluster in clusters_of(run.text):
            yield SetRun(cluster, next((face for face in faces.text_faces if form_in(face, cluster) is not None), None))


def joined_outlines(runs: Sequence[SetRun]) -> Outlines:
    """Return the outlines of runs side by side, in the order in which they are seen (UAX #9, L2)."""
    text = "".join(run.text for run in runs)
    levels = levels_of(text, 1 if first_strong(text) == "rtl" else 0)
    # The space at an end is between the words and the formula, which goes from left to right (L1).
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    levels = [level if first <= place < last else 0 for place, level in enumerate(levels)]
    letters = [(letter, run.face) for run in runs for letter in run.text]
    parts: list[tuple[str, Face | None, int]] = []
    for (letter, face), level in zip(letters, levels, strict=True):
        if parts and parts[-1][1:] == (face, level):
            parts[-1] = (parts[-1][0] + letter, face, level)
        else:
            parts.append((letter, face, level))
    placed: list[Outlines] = []
    for part, face, level in in_seen_order(parts):
        if face is not None:
            start = sum(each.advance for each in placed)
            placed.append(outlines_of(part, face, right_to_left=level % 2 == 1, start=start))
    return Outlines(
        "".join(each.path for each in placed),
        sum(each.advance for each in placed),
        max((each.top for each in placed), default=0),
        min((each.bottom for each in placed), default=0),
    )


def in_seen_order(parts: Sequence[tuple[str, Face | None, int]]) -> list[tuple[str, Face | None, int]]:
    """Order parts from left to right: from the highest level on, each sequence of that level or more is reversed."""
    ordered = list(parts)
    for level in range(max((part[2] for part in ordered), default=0), 0, -1):
        first = 0
        while first < len(ordered):
            last = first
            while last < len(ordered) and ordered[last][2] >= level:
                last += 1
            ordered[first:last] = reversed(ordered[first:last])
            first = last + 1
    return ordered
