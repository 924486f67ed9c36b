"""Words in formulas in scripts that the mathematical typeface lacks: joined, ordered and spaced as they are read."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from fleuron.fonts.font_list import listed_faces
from fleuron.fonts.installed import REGULAR, STYLES, choose_faces
from fleuron.fonts.script_faces import ScriptFaces
from fleuron.formulas.mathml import latex_to_mathml
from fleuron.paged.sheets.formulas.drawing import FormulaError, draw
from fleuron.paged.sheets.formulas.shaping import outlines_of
from fleuron.paged.sheets.formulas.words import joined_outlines, runs_of
from fleuron.paged.sheets.page_style import font_set_of
from fleuron.paged.sheets.sheet_faces import SheetFaces
from fleuron.publication.typefaces import DEFAULT_TYPEFACES

AMIRI = next(face for face in choose_faces(listed_faces(), "Amiri", STYLES["arabic"]) if REGULAR in face.style.weights)


@pytest.fixture
def faces() -> SheetFaces:
    listed = listed_faces()
    return SheetFaces(ScriptFaces(DEFAULT_TYPEFACES, listed, "fa"), font_set_of(DEFAULT_TYPEFACES, listed), None)


def paths(latex: str, faces: SheetFaces) -> list[str]:
    drawn = etree.fromstring(draw(latex_to_mathml(latex, block=False), latex, faces))
    return [path.get("d", "") for path in drawn.iter("{*}path") if path.get("transform")]


def places(path: str) -> list[float]:
    """Return where the contours of an outline begin, from left to right in em."""
    return [float(found) for found in re.findall(r"M(-?[\d.]+)", path)]


def test_letters_are_joined_and_stand_from_right_to_left(faces: SheetFaces) -> None:
    joined = outlines_of("سود", AMIRI, right_to_left=True)
    assert paths(r"\text{سود} = 1", faces) == [joined.path]
    alone = [outlines_of(letter, AMIRI, right_to_left=True) for letter in "سود"]
    assert joined.advance < sum(each.advance for each in alone) - 0.1
    assert faces.fallbacks == {"Amiri"}


def test_numbers_and_latin_letters_stand_in_their_order(faces: SheetFaces) -> None:
    vollkorn = faces.faces.text_faces[0]
    mixed = joined_outlines(list(runs_of("سال 2026 AD", faces.faces)))
    latin = outlines_of("AD", vollkorn, right_to_left=False)
    space = outlines_of(" ", vollkorn, right_to_left=True).advance
    number = outlines_of("2026", vollkorn, right_to_left=False, start=latin.advance + space)
    assert mixed.path.startswith(latin.path + number.path)
    assert mixed.advance > latin.advance + number.advance + 2 * space


def test_a_space_at_the_end_is_between_the_words_and_the_formula(faces: SheetFaces) -> None:
    plain, after, before = (joined_outlines(list(runs_of(text, faces.faces))) for text in ("اگر", "اگر ", " اگر"))
    space = after.advance - plain.advance
    assert space > 0.1
    assert after.path == plain.path
    assert min(places(before.path)) == pytest.approx(min(places(plain.path)) + space, abs=1e-3)


@pytest.mark.parametrize("formula", [r"\mathrm{ناچیز}", "س_1", r"x_{\text{کل}}", r"\phantom{\text{س}} x", r"\text{თუ}"])
def test_letters_of_other_scripts_are_drawn_in_each_place(formula: str, faces: SheetFaces) -> None:
    assert len(paths(formula, faces)) == (0 if "phantom" in formula else 1)


def test_a_letter_that_no_face_has_is_reported(faces: SheetFaces) -> None:
    with pytest.raises(FormulaError, match="no typeface has “\U0001fbff”"):
        paths("\\text{\U0001fbff}", faces)
