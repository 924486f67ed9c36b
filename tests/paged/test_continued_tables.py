"""Tables that go on over pages keep their heads, also where a row is taller than a page."""

from __future__ import annotations

import subprocess
from pathlib import Path

from lxml import etree

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


def test_what_goes_on_of_a_tall_row_is_as_far_below_the_head_as_its_beginning(tmp_path: Path) -> None:
    row = ROW.format(1, "Long words of a row that has no end in sight. " * 200)
    table = f"<table><thead><tr><th>Name</th><th>Text</th></tr></thead><tbody>{row}</tbody></table>"
    laid = lay_out(unit(f'<article class="chapter"><h1>One</h1><p>Before.</p>{table}</article>'))
    (tmp_path / "one.pdf").write_bytes(laid.pdf)
    command = ["pdftotext", "-bbox", str(tmp_path / "one.pdf"), "-"]
    printed = etree.HTML(subprocess.run(command, capture_output=True, check=True).stdout)
    distances = []
    for page in printed.iter("page"):
        words = [(word.text, float(word.get("ymax", "0"))) for word in page.iter("word")]
        head = next(bottom for text, bottom in words if text == "Text")
        distances.append(min(bottom for _text, bottom in words if bottom > head + 1) - head)
    assert len(distances) > 2 and max(distances) - min(distances) < 0.2, distances
