"""Last pages: a few lines of an index go on the page before; a figure ends an article above its biographies."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from fleuron.paged.layout.weasyprint_layout import lay_out
from tests.paged.test_layout import STYLE, lines_of, pages_of, saved, unit

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


def test_that_a_figure_at_the_end_of_an_article_is_as_far_from_the_biographies_as_from_the_text(tmp_path: Path) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100"><rect width="300" height="100"/></svg>'
    figure = '<figure><img src="https://assets.invalid/a.svg" alt="A"><figcaption>Its caption</figcaption></figure>'
    lives = '<section class="biographies"><div class="biography"><p>Ada Okonkwo</p></div></section>'
    body = f'<article class="chapter"><h1>One</h1><p>Text before it.</p>{figure}{lives}</article>'
    lines = lines_of(saved(lay_out(unit(body, {"a.svg": picture.encode()})), tmp_path))
    tops = {line.words: line.top for line in lines}
    assert tops["Text before it."] < tops["Its caption"] < tops["Ada Okonkwo"]
    assert tops["Ada Okonkwo"] - tops["Its caption"] > 2 * 14.24, "a line, and an empty one"
