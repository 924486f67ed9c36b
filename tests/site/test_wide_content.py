"""Pages with tables, code, formulas and addresses that are wider than a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from lxml import html
from myst_parser.parsers.docutils_ import Parser
from playwright.sync_api import Browser

from fleuron.site.article_page.tables_as_rows import column_names
from tests.support.browser import window
from tests.support.page_faults import page_faults
from tests.support.publications import SMALL, Publication

COLUMNS = 10
TABLE = "\n".join(
    [
        "| " + " | ".join(f"Column {number}" for number in range(COLUMNS)) + " |",
        "|" + "---|" * COLUMNS,
        *("| " + " | ".join(f"{row * 1234567} Persian" for _ in range(COLUMNS)) + " |" for row in range(1, 4)),
    ]
)
ARTICLE = f"""---
authors: [ada]
---
# A title of words with Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft

Text.[^a] See <https://example.org/{"long-" * 40}address>.

```{{table}} A table of ten columns

{TABLE}
```

```python
value = call(one_argument, another_argument, a_third_argument, a_fourth_argument, a_fifth_argument, a_sixth)
```

$$\\sum_{{i=1}}^n a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9 + b_1 + b_2 + b_3 + b_4 + b_5 + b_6 = c$$

```{{figure}} ../_static/map.svg
:alt: A map
:target: https://example.org/

The caption.
```

```{{figure}} ../_static/map.svg
:alt: The same map
:width: 80%

A caption of its own.
```

> A quotation.
> {"word " * 30}

| A line of verse that is as long as verse may be, which turns over on a phone and on a desk
|   and its second line

term
: The definition.

[^a]: A note with `code_that_is_longer_than_the_margin_of_a_page_in_which_it_stands` in it.
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="20"><title>A map</title></svg>'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    publication = Publication(tmp_path_factory.mktemp("wide") / "source")
    index = "# Small\n\nText.\n\n```{toctree}\narticles/one\nappendix\n```\n"
    files = {"index.md": index, "appendix.md": "# Appendix\n\nText.\n", "_static/map.svg": DRAWING}
    for name, text in {**SMALL, **files, "articles/one.md": ARTICLE}.items():
        publication.write(name, text)
    result = publication.publish("html", languages="en", options="-W")
    assert result.code == 0, result.output
    return publication.build / "html/en"


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_nothing_is_cut_and_whatever_scrolls_can_be_reached(site: Path, browser: Browser, width: int) -> None:
    with window(browser, width, has_touch=width < 800, is_mobile=width < 800) as page:
        page.goto((site / "articles/one.html").as_uri())
        assert page_faults(page) == []


def test_the_caption_of_a_table_that_scrolls_stays(site: Path, browser: Browser) -> None:
    with window(browser, 320) as page:
        page.goto((site / "articles/one.html").as_uri())
        table = page.locator("table").first
        table.evaluate("table => table.classList.remove('as-rows')")
        region = table.locator("xpath=ancestor-or-self::*[@tabindex='0'][1]")
        region.evaluate("element => { element.scrollLeft = 300 }")
        assert region.evaluate("element => element.scrollLeft") > 100
        box = page.locator(".caption-text").first.bounding_box()
        assert box is not None and 0 <= box["x"] < 320


def test_a_wide_table_takes_the_margin_where_no_note_stands(site: Path, browser: Browser) -> None:
    with window(browser, 1440) as page:
        page.goto((site / "articles/one.html").as_uri())
        table, note = page.locator(".table-wrapper").bounding_box(), page.locator("aside.footnote").bounding_box()
        assert table is not None and note is not None
        assert abs(table["x"] + table["width"] - (note["x"] + note["width"])) < 2
        page.locator("aside.footnote").evaluate("note => { note.style.insetBlockStart = '25rem' }")
        page.evaluate("widenBlocks()")
        narrow = page.locator(".table-wrapper").bounding_box()
        assert narrow is not None and narrow["x"] + narrow["width"] < note["x"]
        # Without a script it scrolls, as on a phone.
    with window(browser, 1440, java_script_enabled=False) as page:
        page.goto((site / "articles/one.html").as_uri())
        assert page.locator(".table-wrapper").bounding_box() == pytest.approx(narrow, abs=1)


def test_an_article_without_sections_has_no_list_of_them(site: Path) -> None:
    (actions,) = html.parse(str(site / "articles/one.html")).getroot().find_class("article-actions")
    assert [link.text for link in actions] == ["Cite"]


def test_after_an_article_comes_a_text_that_is_neither_article_nor_author(site: Path) -> None:
    page = html.parse(str(site / "articles/one.html")).getroot()
    assert [link.get("href") for link in page.cssselect("a[rel=next]")] == ["../appendix.html"]


def test_on_a_phone_a_table_of_many_columns_is_read_row_by_row(site: Path, browser: Browser) -> None:
    with window(browser, 390, has_touch=True, is_mobile=True) as page:
        page.goto((site / "articles/one.html").as_uri())
        region = page.locator(".table-wrapper")
        assert region.evaluate("region => region.scrollWidth <= region.clientWidth")
        boxes = [cell.bounding_box() for cell in page.locator("tbody tr").first.locator("td").all()]
        tops = [box["y"] for box in boxes if box is not None]
        assert len(tops) == COLUMNS and tops == sorted(set(tops))
        # Readers of screens are told of the same table as on a desk.
        assert page.get_by_role("columnheader").count() == COLUMNS
        assert page.get_by_role("cell", name="1234567 Persian", exact=True).count() == COLUMNS
    with window(browser, 1440) as page:
        page.goto((site / "articles/one.html").as_uri())
        assert (
            len(
                {
                    box["y"]
                    for cell in page.locator("tbody tr").first.locator("td").all()
                    if (box := cell.bounding_box())
                }
            )
            == 1
        )


@pytest.mark.parametrize(
    ("head", "row", "names"),
    [
        ("| | a | b | c | d |", "| 1 | 2 | 3 | 4 | 5 |", ("", "a", "b", "c", "d")),
        ("| a | b | c | d |", "| 1 | 2 | 3 | 4 |", ()),
        ("| a | b | | c | d |", "| 1 | 2 | 3 | 4 | 5 |", ()),
    ],
)
def test_a_table_is_read_by_rows_if_its_head_names_the_columns(head: str, row: str, names: tuple[str, ...]) -> None:
    rule = "|" + "---|" * (head.count("|") - 1)
    document = publish_doctree(f"{head}\n{rule}\n{row}\n", parser=Parser())
    (table,) = document.findall(nodes.table)
    assert column_names(table) == names


def test_a_picture_opens_as_large_as_the_window_without_a_script(site: Path, browser: Browser) -> None:
    page = html.parse(str(site / "articles/one.html")).getroot()
    # A picture that is a link leads where its author says.
    assert [len(figure.find_class("enlarge")) for figure in page.cssselect("figure")] == [0, 1]
    with window(browser, 390, java_script_enabled=False) as visit:
        visit.goto((site / "articles/one.html").as_uri())
        large = visit.get_by_role("img", name="The same map").last
        assert visit.get_by_role("img", name="The same map").count() == 1
        visit.get_by_role("button", name="Enlarge the picture").click()
        box = large.bounding_box()
        assert box is not None and box["width"] == pytest.approx(390 - 2 * 17, abs=4)
        visit.keyboard.press("Escape")
        assert not visit.locator(".lightbox").is_visible()
        visit.get_by_role("button", name="Enlarge the picture").click()
        visit.get_by_role("button", name="Close").click()
        assert not visit.locator(".lightbox").is_visible()
