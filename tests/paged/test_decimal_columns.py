"""Which decimals a number lacks in its column."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from docutils import nodes
from lxml import html

from fleuron.content.block_translator import text_without_calls
from fleuron.paged.layout.placement.decimal_columns import align_decimals, missing_decimals
from fleuron.paged.layout.weasyprint_layout import lay_out
from tests.paged.test_layout import saved, unit
from tests.support.printed_lines import printed_lines


@pytest.mark.parametrize(
    ("column", "missing"),
    [
        (["1.5", "12", "0.25"], ["0", ".00", ""]),
        (["1,5", "12", ""], ["", ",0", ""]),
        (["1,234", "56"], ["", ""]),
        (["1,234.5", "56"], ["", ".0"]),
        (["1.234.567", "5.1"], ["", ""]),
        (["5 %", "2.5"], ["", ""]),
        (["–", "2.50"], ["", ""]),
        (["۱٫۵", "۱۲"], ["", "٫۰"]),
    ],
)
def test_each_number_gets_the_decimals_of_the_longest(column: list[str], missing: list[str]) -> None:
    assert missing_decimals(column) == missing


def test_that_the_call_of_a_note_hangs_from_its_number() -> None:
    note = '<span class="pagenote" data-number="12">In the year 1.234.</span>'
    cells = ["1,010.25", f"<p>11.7{note}</p>", '9<sup class="again">3</sup>', ""]
    rows = "".join(f'<tr><td class="numbers">{cell}</td></tr>' for cell in cells)
    table = html.fromstring(f"<table>{rows}</table>")
    align_decimals(table)
    paddings = [
        [(span.keys()[0], span.values()[0]) for span in cell.iterdescendants("span")] for cell in table.iter("td")
    ]
    assert paddings[0] == [("data-calls", "00")]
    assert paddings[1][1:] == [("data-decimals", "0")]
    assert paddings[2] == [("data-calls", "0"), ("data-decimals", ".00")]
    assert paddings[3] == []


def test_that_a_number_with_a_note_is_one_without_its_call() -> None:
    call = nodes.footnote_reference("", "2")
    cell = nodes.entry("", nodes.paragraph("", "", nodes.Text("12.5 %"), call))
    assert text_without_calls(cell) == "12.5 %" and cell.astext() == "12.5 %2"


@pytest.mark.parametrize("figures", ["0123456789", "۰۱۲۳۴۵۶۷۸۹"])
def test_that_decimal_signs_stand_below_each_other_from_right_to_left(tmp_path: Path, figures: str) -> None:
    note = "<span class='pagenote' data-number='1'>A note.</span>"
    numbers = [number.translate(str.maketrans("0123456789", figures)) for number in ("103.5", "0.25", "12")]
    cells = (numbers[0], f"{numbers[1]}{note}", numbers[2])
    rows = "".join(f'<tr><td>متن</td><td class="text-right numbers">{cell}</td></tr>' for cell in cells)
    laid = lay_out(unit(f'<div dir="rtl" lang="fa"><table>{rows}</table></div>', language="fa"))
    assert not laid.losses and not laid.lost_words
    lines = [line.glyphs for line in printed_lines(saved(laid, tmp_path))]
    rights = [
        glyph.right for line in lines for glyph, after in pairwise(line) if glyph.text in figures and after.text == "."
    ]
    (whole,) = [line[-1].right for line in lines if "".join(glyph.text for glyph in line) == numbers[2]]
    assert len(rights) == 2 and max(*rights, whole) - min(*rights, whole) < 0.3
