"""The last page of what is behind the articles: a few lines of an index go on the page before."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from fleuron.paged.layout.weasyprint_layout import lay_out
from tests.paged.test_layout import STYLE, pages_of, unit

PARTS = files("fleuron.paged.sheets").joinpath("parts.css").read_text("utf-8")


def index_of(letters: int) -> str:
    groups = "".join(
        f'<div class="letter"><h2>{number}</h2><p class="entry">Entry of {number}, 1</p></div>'
        for number in range(letters)
    )
    return f'<section class="chapter back"><h1>Index</h1><div class="index">{groups}</div></section>'


@pytest.mark.parametrize(("letters", "pages"), [(30, 1), (36, 2)])
def test_that_an_index_is_set_closer_where_that_saves_a_page(tmp_path: Path, letters: int, pages: int) -> None:
    laid = lay_out(unit(index_of(letters), style=STYLE + PARTS))
    assert laid.losses == () and laid.lost_words == ()
    printed = pages_of(laid, tmp_path)
    assert len(printed) == pages
    assert sum(page.count("Entry") for page in printed) == letters
