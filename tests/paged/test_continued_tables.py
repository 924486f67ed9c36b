"""Tables that go on over pages keep their heads, also where a row is taller than a page."""

from __future__ import annotations

from pathlib import Path

from fleuron.paged.layout.weasyprint_layout import lay_out
from tests.paged.test_layout import pages_of, unit

ROW = "<tr><td><p>Row {}</p></td><td>{}</td></tr>"
LONG = "<p>Long words of a row that is read again and again, and has no end in sight.</p>"


def test_a_row_taller_than_a_page_keeps_the_head_on_each_page(tmp_path: Path) -> None:
    rows = "".join(ROW.format(number, LONG * (70 if number == 2 else 1)) for number in range(1, 5))
    table = f"<table><thead><tr><th>Name</th><th>Text</th></tr></thead><tbody>{rows}</tbody></table>"
    laid = lay_out(unit(f'<article class="chapter"><h1>One</h1><p>Before.</p>{table}<p>After.</p></article>'))
    assert laid.losses == () and laid.lost_words == ()
    pages = pages_of(laid, tmp_path)
    assert len(pages) > 2 and all("Name" in page for page in pages)
    assert [page.count("Row 2") for page in pages] == [1, *[0] * (len(pages) - 1)]
