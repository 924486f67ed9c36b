"""The figures of the press are in the digits of an edition in all formats; those of others are as they were written."""

from __future__ import annotations

import datetime
import json
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import html

from fleuron.publication.edition import Edition
from tests.support.publications import SMALL, Publication, text_of

BIBLIOGRAPHY = "@book{rubin, author = {Rubin, Barnett}, title = {Fragmentation}, publisher = {Yale}, year = {1995}}\n"
ONE = """---
authors: [ada]
date: 2026-01-02
volume: 7
issue: 2
doi: 10.5555/12
---
# یک

متن ۱۲ و 34 {footcite}`rubin{4}`، و بار دیگر {footcite}`rubin{9}`. [](#table) و {eq}`sum`.

```{list-table} جدول
:name: table
:header-rows: 1

* - الف
  - ب
* - 56
  - 78
```

$$
a = b
$$ (sum)

1. نخست
2. دوم

```text
code 90
```
"""


@pytest.fixture(scope="module")
def persian(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    publication = Publication(tmp_path_factory.mktemp("numerals") / "source")
    settings = SMALL["conf.py"].replace('["en", "tr"]', '["fa"]')
    for name, text in {**SMALL, "conf.py": settings, "refs.bib": BIBLIOGRAPHY, "articles/one.md": ONE}.items():
        publication.write(name, text)
    result = publication.publish("pdf", "epub", "records", "html", options="-W")
    assert result.code == 0 and "warning" not in result.output.lower(), result.output
    return publication


def test_the_figures_of_the_press_on_a_page(persian: Publication) -> None:
    page = persian.page("fa", "articles/one")
    assert text_of(page.find_class("journal-line")[0]).startswith("Small ۷، شمارهٔ ۲ (۲۰۲۶)")
    assert text_of(page.find_class("dateline")[0]).startswith("۲ ژانویهٔ ۲۰۲۶ · ")
    assert [text_of(call) for call in page.find_class("footnote-reference")] == ["۱", "۲"]
    assert [text_of(label) for label in page.cssselect("aside .label")] == ["۱", "۲"]
    (caption,) = page.cssselect("caption .caption-number, caption")[:1]
    assert "۱" in text_of(caption)
    assert "(۱)" in text_of(page.cssselect("article")[0])
    assert page.cssselect("ol.arabic")[0].get("class").split() == ["arabic", "simple", "arabext"]
    assert [mark.get("data-folio") for mark in page.find_class("folio")] == ["۱"]


def test_what_others_wrote_and_what_machines_read_is_left(persian: Publication) -> None:
    page = persian.page("fa", "articles/one")
    text = text_of(page.cssselect("article")[0])
    assert "متن ۱۲ و 34" in text and "code 90" in text and "https://doi.org/10.5555/12" in text
    assert [text_of(cell) for cell in page.cssselect("td")] == ["56", "78"]
    assert "1995" in text_of(page.cssselect("aside.footnote")[0])
    for words in page.cssselect("meta[name=description]"):  # the beginning of the text
        words.drop_tree()
    head = html.tostring(page.head, encoding="unicode")
    assert "2026" in head and not any(digit in head for digit in "۰۱۲۳۴۵۶۷۸۹")
    (records,) = persian.build.glob("html/fa/articles/one.json")
    assert json.loads(records.read_text("utf-8"))[0]["issued"] == {"date-parts": [[2026, 1, 2]]}


def test_the_figures_of_the_press_in_an_epub_and_a_pdf(persian: Publication) -> None:
    (book,) = persian.build.glob("epub/*.epub")
    with ZipFile(book) as packed:
        (name,) = (each for each in packed.namelist() if each.endswith("articles/one.xhtml"))
        chapter = html.fromstring(packed.read(name))
    assert [text_of(call) for call in chapter.cssselect("a[role=doc-noteref]")] == ["۱", "۲"]
    assert "۲ ژانویهٔ ۲۰۲۶" in text_of(chapter)
    (offprint,) = persian.build.glob("pdf/fa/one.pdf")
    printed = text_in(offprint)
    for figures in ("۲۰۲۶", "۱.", "(۱)"):
        assert figures in printed or figures[::-1] in printed, figures
    assert "1995" in printed and "34" in printed and "56" in printed


def text_in(pdf: Path) -> str:
    """Return the text of a PDF without the marks of direction that pdftotext adds."""
    told = subprocess.run(["pdftotext", str(pdf), "-"], stdout=subprocess.PIPE, check=True).stdout.decode()
    return told.translate(dict.fromkeys(range(0x202A, 0x202F)))


@pytest.mark.parametrize(
    ("language", "figures", "number", "share"),
    [
        ("fa", "۱۳–۲۷", "۱٬۲۳۴٫۵", "۱۲٪"),
        ("ckb", "١٣–٢٧", "١٬٢٣٤٫٥", "١٢٪"),
        ("ar-EG", "١٣–٢٧", "١٬٢٣٤٫٥", "١٢٪"),
        ("ar", "13–27", "1,234.5", "12%"),
        ("en", "13–27", "1,234.5", "12%"),
        ("tr", "13–27", "1.234,5", "%12"),
        ("hi", "13–27", "1,234.5", "12%"),
    ],
)
def test_the_digits_are_those_that_a_language_uses_in_a_country(
    language: str, figures: str, number: str, share: str
) -> None:
    edition = Edition(language)
    assert edition.numerals("13–27") == figures
    assert edition.number(1234.5) == number
    assert "".join(sign for sign in edition.percentage(0.12) if sign.isprintable()) == share


def test_a_date_and_a_number_of_units() -> None:
    persian = Edition("fa")
    assert persian.date(datetime.date(2026, 1, 2)) == "۲ ژانویهٔ ۲۰۲۶"
    assert persian.quantity(8, "duration-minute") == "۸ دقیقه"
