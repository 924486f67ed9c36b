"""The pages of the sample's volume, in its PDF, its EPUB and on its site: the same words begin them."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from lxml import etree, html

from tests.support.publications import Publication, pdf_pages

LANGUAGES = ("en", "tr", "ru", "fa")
# Letters that are looked for, from the beginning of a page on.
WINDOW = 40
# With what the captions of figures and tables begin.
CAPTIONS = "Fig\\.|Table|Şekil|Tablo|Рис\\.|Таблица|شکل|جدول"


def letters(text: str) -> str:
    """Fold a text to its letters; figures are also those of calls, in one format before and in another after."""
    return "".join(filter(str.isalpha, text)).casefold()


def plan(sample: Publication, language: str) -> dict[str, list[int]]:
    """Return the folios of each article, as the last printing put them down."""
    written = json.loads((sample.build / f"editions/{language}/doctrees/pages.json").read_text("utf-8"))
    return {
        run["document"].removeprefix("d-"): list(range(run["first"], run["first"] + run["pages"]))
        for run in written["runs"]
    }


def epub_pages(sample: Publication, language: str) -> dict[str, Any]:
    with zipfile.ZipFile(sample.build / f"epub/marginalia-{language}.epub") as archive:
        names = [name for name in archive.namelist() if name.startswith(("articles/", "issues/"))]
        return {name.removesuffix(".xhtml"): etree.fromstring(archive.read(name)) for name in names}


def site_pages(sample: Publication, language: str) -> dict[str, Any]:
    return {name: sample.page(language, name) for name in plan(sample, language)}


def marks(page: Any) -> dict[int, str]:
    """Return the text after each mark of a page, by folio; without calls, notes and what the page adds."""
    found: dict[int, list[str]] = {}
    for element, text in texts(page):
        if element is not None:
            found[int(element.get("data-folio"))] = []
        for after in found.values():
            after.append(text)
    return {folio: "".join(after) for folio, after in found.items()}


def texts(element: Any) -> Iterator[tuple[Any, str]]:
    """Yield marks, and the texts between them, in order."""
    if element.get("role") == "doc-pagebreak":
        yield element, ""
    elif element.get("role") not in ("doc-noteref", "doc-footnote", "doc-endnotes") and not (
        {"elsewhere", "headerlink", "caption-number"} & set(element.get("class", "").split())
    ):
        yield None, element.text or ""
        for child in element:
            if isinstance(child.tag, str):
                yield from texts(child)
            yield None, child.tail or ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pages", [site_pages, epub_pages], ids=["site", "epub"])
def test_each_page_of_the_volume_begins_where_its_mark_stands(sample: Publication, language: str, pages: Any) -> None:
    pdf = sample.build / f"pdf/marginalia-{language}.pdf"
    labels = labels_of(pdf)
    printed = dict(zip(labels, pdf_pages(pdf), strict=True))
    for name, folios in plan(sample, language).items():
        page = pages(sample, language)[name]
        found = marks(page)
        assert list(found) == folios, name
        for folio in folios:
            head, body = printed[str(folio)].lstrip().partition("\n")[::2]
            paper = letters(re.sub(r"[‐\u00ad]\n\s*", "", head + body if folio == folios[0] else body))
            begun = letters(found[folio])[:WINDOW]
            assert begun, (name, folio)
            captions = rf"^ *({CAPTIONS}) +[0-9۰-۹]"
            has_figure = re.search(captions, re.sub("[\u202a-\u202e]", "", body), re.MULTILINE) is not None
            if language == "fa":  # pdftotext reads the parts of a line with a mark above it in no order
                words = [letters(word) for word in found[folio].split()[1:7]]
                assert all(word in paper[: 900 if has_figure else 250] for word in words), (name, folio, words)
                continue
            # At most the rest of a word that began on the page before; or the words in a picture, or those of a figure
            # or table at the head of the page.
            limit = 900 if has_figure else 200 if opens_with_a_picture(page, folio) else 20
            assert 0 <= paper.find(begun[: len(paper)]) < limit, (name, folio, begun, paper[:80])


def opens_with_a_picture(page: Any, folio: int) -> bool:
    (mark,) = page.xpath(f"//*[@id='folio-{folio}']")
    following = mark.getnext()
    return following is not None and not (mark.tail or "").strip() and etree.QName(following).localname == "img"


def labels_of(pdf: Any) -> list[str]:
    with pikepdf.open(pdf) as opened:
        return [str(page.label) for page in opened.pages]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_book_lists_the_pages_of_the_volume(sample: Publication, language: str) -> None:
    with zipfile.ZipFile(sample.build / f"epub/marginalia-{language}.epub") as archive:
        nav: Any = html.fromstring(archive.read("nav.xhtml"))
        links = nav.xpath("//nav[@role='doc-pagelist']//a")
        listed = [(link.text, *link.get("href").split("#")) for link in links]
        wanted = [
            (str(folio), f"{name}.xhtml", f"folio-{folio}")
            for name, folios in plan(sample, language).items()
            for folio in folios
        ]
        assert listed == wanted
        for _, page, mark in listed:
            assert archive.read(page).count(f'id="{mark}"'.encode()) == 1
