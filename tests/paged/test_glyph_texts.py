"""Which characters glyphs stand for where their names do not say so: half letters and vowels of Indian scripts."""

from __future__ import annotations

from io import BytesIO

import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from fleuron.fonts.glyph_texts import texts_of_glyphs
from fleuron.paged.layout.glyphs import NOTHING, corrected_map

LETTERS = {"letterga": "ग", "letterna": "न", "voweli": "ि", "virama": "्", "letterha": "ह"}
# Glyphs that no character is, and whose names say nothing.
OTHERS = ("glyph1", "glyph2", "glyph3", "glyph4", "unreached")
FEATURES = """
feature half { sub letterga virama by glyph1; } half;
feature pres { sub voweli by glyph2; sub glyph1 letterna by glyph3; } pres;
lookup far useExtension { sub glyph3 glyph2 by glyph4; } far;
feature blws { lookup far; } blws;
"""


@pytest.fixture(scope="module")
def font() -> bytes:
    names = [".notdef", *LETTERS, *OTHERS]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): name for name, letter in LETTERS.items()})
    builder.setupGlyf(dict.fromkeys(names, TTGlyphPen(None).glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2()
    builder.setupPost()
    addOpenTypeFeaturesFromString(builder.font, FEATURES)
    content = BytesIO()
    builder.save(content)
    return content.getvalue()


def test_a_glyph_stands_for_what_it_replaces(font: bytes) -> None:
    made = {"glyph1": "ग्", "glyph2": "ि", "glyph3": "ग्न", "glyph4": "ग्नि"}
    assert texts_of_glyphs(font, 0) == LETTERS | made


def test_a_glyph_has_its_own_text_and_not_that_of_its_cluster(font: bytes) -> None:
    """WeasyPrint gives the first glyph of “ग्नि”, which is the vowel, all of the text, and the others none."""
    names = [".notdef", *LETTERS, *OTHERS]

    def line(name: str, text: str) -> bytes:
        return b"<%04x> <%s>" % (names.index(name), text.encode("utf-16-be").hex().encode())

    written = [
        line("glyph2", "ग्नि"),
        line("glyph1", ""),
        line("letterna", ""),
        line("letterha", "हि"),
        line("unreached", ""),
    ]
    texts = [("glyph2", "ि"), ("glyph1", "ग्"), ("letterna", "न"), ("letterha", "ह"), ("unreached", NOTHING)]
    assert corrected_map([b"12 beginbfchar", *written], font, 0) == [
        b"12 beginbfchar",
        *(line(name, text) for name, text in texts),
    ]
