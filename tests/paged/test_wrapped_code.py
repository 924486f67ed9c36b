"""Code that is longer than a line goes on in the next, and a mark in the margin says so."""

from __future__ import annotations

from pathlib import Path

import pikepdf

from fleuron.paged.layout.weasyprint_layout import lay_out
from tests.paged.test_layout import pages_of, saved, unit
from tests.support.bound_book import faults

SUM = "    return " + " + ".join(f"word_{number}" for number in range(40))


def marks(path: Path) -> int:
    """Count what is drawn on the pages with a stroke."""
    with pikepdf.open(path) as pdf:
        contents = [pikepdf.parse_content_stream(page) for page in pdf.pages]
    return sum(str(instruction.operator) == "S" for content in contents for instruction in content)


def test_each_line_that_goes_on_has_a_mark_which_is_no_text(tmp_path: Path) -> None:
    source = f"def total():\n{SUM}\n\n\nlast = 1\n"
    laid = lay_out(unit(f'<article class="chapter"><h1>One</h1><pre>{source}</pre><p>After.</p></article>'))
    assert laid.losses == () and laid.lost_words == ()
    lines = [line for line in "\n".join(pages_of(laid, tmp_path)).splitlines() if "word_" in line]
    assert len(lines) > 2 and marks(saved(laid, tmp_path)) == len(lines) - 1
    assert not any("↵" in line for line in lines)
    assert faults(laid.pdf, "3a") == faults(laid.pdf, "ua1") == []


def test_marks_go_on_over_pages_and_short_code_has_none(tmp_path: Path) -> None:
    short = "".join(f"short = {number}\n" for number in range(90))
    laid = lay_out(unit(f'<article class="chapter"><h1>One</h1><pre>{short}{SUM}\n</pre></article>'))
    lines = [line for line in "\n".join(pages_of(laid, tmp_path)).splitlines() if "word_" in line]
    assert laid.pages > 1 and marks(saved(laid, tmp_path)) == len(lines) - 1
