"""Folios that are printed in binding are where the layout's own would be, and change nothing else."""

from __future__ import annotations

import subprocess
from io import BytesIO

import pikepdf
import pytest
from lxml import html

from fleuron.paged.binding import folios
from fleuron.paged.binding.bind import bind
from fleuron.paged.binding.bound_document import BoundDocument, PreparedPart
from fleuron.paged.binding.prepared_parts import prepare
from fleuron.paged.layout.units import Unit
from fleuron.paged.layout.weasyprint_layout import lay_out
from fleuron.publication.edition import Edition
from tests.support.bound_book import WORDS, font_set

COUNTED = """@page { size: 80mm 120mm; margin: 15mm; font: 9pt Vollkorn; @top-center { content: 'Hands' } }
@page :right { @top-right { content: counter(page) } } @page :left { @top-left { content: counter(page) } }
@page :nth(1 of chapter) { @top-right { content: none } @top-left { content: none }
  @bottom-center { content: counter(page) } }
body { font: 10pt/1.3 Vollkorn } .chapter { page: chapter }"""
STYLE = folios.style_of_folios(Edition("en"))
BODY = f"<article class='chapter'><h1>One</h1><p>{WORDS * 60}</p></article>"
SHEET = f"<html lang='en'><title>T</title><body>{BODY}</body></html>"


def prepared(style: str, first: int = 1) -> bytes:
    return prepare(lay_out(Unit("one", SHEET, style, "en", first, font_set(), "test")).pdf)


def bound(pdf: bytes, first: int) -> bytes:
    return bind([PreparedPart("one", pdf, first)], BoundDocument("One", "en"))


def words(pdf: bytes) -> list[tuple[str, list[float]]]:
    """List the words of a PDF with their boxes in points."""
    command = ["pdftotext", "-bbox", "-", "-"]
    told = subprocess.run(command, input=pdf, stdout=subprocess.PIPE, check=True).stdout
    found = html.fromstring(told.decode()).iter("word")
    sides = ("xmin", "xmax", "ymin", "ymax")
    return [(str(word.text), [float(word.attrib[side]) for side in sides]) for word in found]


def folios_of(pdf: bytes) -> list[str]:
    """List the folios of a PDF, without the marks of direction in which pdftotext puts those of Arabic script."""
    bare = (word.strip("\u202a\u202b\u202c") for word, _ in words(pdf))
    return [word for word in bare if word.isdigit()]


@pytest.mark.parametrize("first", [1, 9, 303, 2025])
def test_stamped_folios_are_where_those_of_the_layout_are(first: int) -> None:
    ours, theirs = (words(bound(prepared(*facts), first)) for facts in ((COUNTED + STYLE,), (COUNTED, first)))
    assert [word for word, _ in ours] == [word for word, _ in theirs]
    for (word, our_box), (_, their_box) in zip(ours, theirs, strict=True):
        # The layout draws some figures together by a hair; the edge, or the middle, is where it should be.
        assert our_box == pytest.approx(their_box, abs=0.5), word
        left, right = our_box[0] - their_box[0], our_box[1] - their_box[1]
        assert min(abs(left), abs(right), abs(left + right)) < 0.05, word
    assert len([word for word, _ in ours if word.isdigit()]) > 3


def test_a_part_is_laid_out_once_and_bound_with_any_folios() -> None:
    part = prepared(COUNTED + STYLE)
    low, high = folios_of(bound(part, 1)), folios_of(bound(part, 99))
    assert low == [str(number) for number in range(1, len(low) + 1)]
    assert high == [str(number) for number in range(99, 99 + len(high))]
    assert bound(part, 99) == bound(part, 99)


def test_folios_are_in_the_digits_of_the_edition() -> None:
    style = COUNTED.replace("9pt Vollkorn", "9pt Vollkorn, Amiri") + folios.style_of_folios(Edition("fa"))
    low = folios_of(bound(prepared(style), 98))
    assert low[:3] == ["۹۸", "۹۹", "۱۰۰"]


def test_no_placeholder_stays_in_a_bound_document() -> None:
    with pikepdf.open(BytesIO(bound(prepared(COUNTED + STYLE), 5))) as pdf:
        assert pdf.check_pdf_syntax() == []
        streams = [stream for page in pdf.pages for stream in page.obj.Contents]
        assert len(streams) == 3 * len(pdf.pages)
        assert not any(key in stream for stream in streams for key in ("/Figures", "/Widths", "/Edge"))


def test_a_running_head_of_figures_is_not_a_folio() -> None:
    style = COUNTED.replace("'Hands'", f"'{folios.FIGURES}'")
    assert folios_of(bound(prepared(style), 7)).count(folios.FIGURES) > 3
