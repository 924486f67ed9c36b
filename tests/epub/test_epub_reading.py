"""The sample's EPUBs in a reading system: on a device of 5 inches, by day and by night, and in Arabic script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from fleuron.publication.edition import Edition
from tests.support.epub_reader import DEVICE, TABLET, library, opened, turn_to
from tests.support.publications import Publication

LANGUAGES = ("en", "tr", "ru", "fa")
READ = pytest.mark.parametrize("language", ["en", "tr", pytest.param("ru", marks=pytest.mark.nightly), "fa"])
ARTICLES = ("moscow-format.xhtml", "wakhan-corridor.xhtml", "footnote.xhtml")
# What a reader sees on clicking a call: the note, in a window over the text.
POP_UP = """async (number) => {
  const { FootnoteHandler } = await import("./footnotes.js");
  const handler = new FootnoteHandler();
  const call = [...shown.querySelectorAll("a[role=doc-noteref]")].find((each) => each.textContent === number);
  handler.addEventListener("before-render", ({ detail }) => document.body.append(detail.view));
  const rendered = new Promise((done, fail) => {
    handler.addEventListener("render", (event) => done(event.detail));
    setTimeout(() => fail(new Error("no note was opened")), 10000);
  });
  const here = reader.view.book.sections.find((each) => each.id.endsWith("footnote.xhtml"));
  const detail = { a: call, href: here.resolveHref(call.getAttribute("href")) };
  handler.handle(reader.view.book, new CustomEvent("link", { cancelable: true, detail }));
  const { view, type, hidden } = await rendered;
  const text = view.renderer.getContents()[0].doc.body.textContent;
  return { type, hidden, text };
}"""
# What is wider than the page that it stands on.
TOO_WIDE = """() => [...shown.querySelectorAll("table, img, pre, math, td, h1, h2")]
  .filter((each) => [...each.getClientRects()].some((part) => part.width > shown.body.getClientRects()[0].width + 1))
  .map((each) => each.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def shelf(sample: Publication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sample's books can be read."""
    folder = tmp_path_factory.mktemp("shelf")
    for language in LANGUAGES:
        shutil.copy(sample.build / "epub" / f"marginalia-{language}.epub", folder)
    with library(folder) as address:
        yield address


def book(page: Page, question: str) -> Any:
    return page.evaluate(f"reader.view.book.{question}")


@READ
def test_it_opens_with_its_cover_and_knows_its_pages(shelf: str, browser: Browser, language: str) -> None:
    with opened(browser, shelf, f"marginalia-{language}.epub") as page:
        assert page.title() == "Marginalia Eurasiatica"
        assert book(page, "sections[0].id").endswith("cover.xhtml")
        parts = [part for part in book(page, "toc") if part["subitems"]]
        assert len(parts) >= 2 and all(each["href"] for part in parts for each in part["subitems"])
        pages = [each["label"] for each in book(page, "pageList")]
        assert pages[0] == "1" and len(pages) >= 14
        landmarks = [kind for each in book(page, "landmarks") for kind in each["type"]]
        assert landmarks[:5] == ["cover", "titlepage", "imprint", "toc", "bodymatter"]
        assert landmarks[5:] == ["contributors", "bibliography", "index", "colophon"]


@READ
def test_a_note_opens_over_the_text_and_a_short_one_says_which_source_it_means(
    shelf: str, browser: Browser, language: str
) -> None:
    with opened(browser, shelf, f"marginalia-{language}.epub") as page:
        turn_to(page, "footnote.xhtml")
        first, second = (page.evaluate(POP_UP, Edition(language).numerals(number)) for number in (1, 2))
        assert {(each["type"], each["hidden"]) for each in (first, second)} == {("footnote", True)}
        assert "Grafton" in first["text"]
        assert {"en": "Ibid.", "tr": "Aynı yer", "ru": "Там же", "fa": "همان"}[language] in second["text"]
        assert "Grafton" in second["text"], "the source is told in full below"


@pytest.mark.parametrize("device", [DEVICE, TABLET])
@READ
def test_nothing_is_wider_than_the_page(shelf: str, browser: Browser, language: str, device: tuple[int, int]) -> None:
    with opened(browser, shelf, f"marginalia-{language}.epub", device) as page:
        for article in ARTICLES:
            turn_to(page, article)
            assert page.evaluate(TOO_WIDE) == []


def test_the_night_is_respected(shelf: str, browser: Browser) -> None:
    colours = {}
    for dark in (False, True):
        with opened(browser, shelf, "marginalia-en.epub", dark=dark) as page:
            turn_to(page, "wakhan-corridor.xhtml")
            ask = "selector => getComputedStyle(shown.querySelector(selector)).color"
            colours[dark] = {
                page.evaluate(ask, selector) for selector in ("h1", "section p", "td", "figcaption", ".byline")
            }
            paper = page.evaluate("getComputedStyle(shown.querySelector('figure img')).backgroundColor")
            assert paper == "rgb(255, 255, 255)", "what is drawn in black is seen at night"
    assert colours == {False: {"rgb(0, 0, 0)"}, True: {"rgb(255, 255, 255)"}}


def test_the_typefaces_come_along_and_a_reader_may_choose_others(shelf: str, browser: Browser) -> None:
    with opened(browser, shelf, "marginalia-ru.epub") as page:
        turn_to(page, "footnote.xhtml")
        families = page.evaluate(
            "[...shown.fonts].filter((each) => each.status === 'loaded').map((each) => each.family)"
        )
        assert {name.strip('"') for name in families} == {"Vollkorn", "Amiri"}
        page.evaluate("reader.view.renderer.setStyles('body { font-family: monospace !important; font-size: 30px }')")
        ask = "name => getComputedStyle(shown.querySelector('section section p'))[name]"
        assert [page.evaluate(ask, name) for name in ("fontFamily", "fontSize")] == ["monospace", "30px"]


def test_an_edition_in_arabic_script_turns_its_pages_the_other_way(shelf: str, browser: Browser) -> None:
    with opened(browser, shelf, "marginalia-fa.epub") as page:
        assert book(page, "dir") == "rtl"
        last = page.evaluate("reader.view.book.sections.at(-1).id")
        turn_to(page, last)
        assert page.evaluate("getComputedStyle(shown.querySelector('h1, p')).direction") == "rtl"
