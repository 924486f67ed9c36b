"""Take the pictures of the README and the handbook from what `make all` has built, in a folder as make leaves it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))  # first: some packages install a package `tests` of their own

from tests.support import epub_reader  # noqa: E402  (found on the path above)
from tests.support.browser import browsing  # noqa: E402
from tests.support.persian_publication import FILES  # noqa: E402
from tests.support.publications import Publication  # noqa: E402

DESK = "#8d8a84"
DESKTOP, TABLET, PHONE = (1440, 900), (820, 1000), (390, 844)


@dataclass(frozen=True)
class View:
    """A picture of a page: where it is below the site's folder, in which window, scrolled to which element."""

    name: str
    page: str
    window: tuple[int, int]
    dark: bool = False
    at: str = ""
    query: str = ""
    opens: str = ""


VIEWS = (
    View("site-article-en", "en/articles/moscow-format", DESKTOP),
    View("site-notes-en", "en/articles/moscow-format", DESKTOP, at="#what-was-said-afterwards"),
    View("site-notes-ru-dark", "ru/articles/footnote", DESKTOP, dark=True, at="#four-scripts-one-shelf"),
    View("site-end-en", "en/articles/wakhan-corridor", TABLET, at=".citation"),
    View("site-article-tr-phone", "tr/articles/footnote", PHONE),
    View("site-note-ru-phone", "ru/articles/footnote", PHONE, at="#before-the-foot-of-the-page", opens="4"),
    View("site-index-en", "en/index", DESKTOP),
    View("site-index-tr-phone-dark", "tr/index", PHONE, dark=True),
    View("site-author-ru", "ru/authors/editors", TABLET),
    View("site-search-tr", "tr/search", TABLET, query="?q=TALİBAN"),
    View("site-colophon-en-dark", "en/colophon", TABLET, dark=True),
    View("site-issue-en", "en/issues/2026-2", TABLET),
    View("site-landing", "index", PHONE),
)
# Facing pages of the PDFs: the file, and the number of its left-hand page.
SPREADS = {
    "spread": ("marginalia-en.pdf", 16),
    "book-title-tr": ("marginalia-tr.pdf", 2),
    "book-contents-ru": ("marginalia-ru.pdf", 4),
    "book-notes-ru": ("marginalia-ru.pdf", 26),
    "book-index-en": ("marginalia-en.pdf", 30),
    "book-offprint-ru": ("ru/footnote.pdf", 2),
}
# Pages of the EPUBs as a reading system shows them: the language, the file, what is turned to, by night, the device.
OPENINGS = {
    "epub-cover-en": ("en", "cover.xhtml", "img", False, epub_reader.DEVICE),
    "epub-opening-tr": ("tr", "articles/footnote.xhtml", "h1", False, epub_reader.DEVICE),
    "epub-table-ru": ("ru", "articles/wakhan-corridor.xhtml", "table", False, epub_reader.DEVICE),
    "epub-figure-tr": ("tr", "articles/wakhan-corridor.xhtml", "figure", False, epub_reader.DEVICE),
    "epub-contents-en": ("en", "nav.xhtml", "h1", False, epub_reader.DEVICE),
    "epub-night-ru": ("ru", "articles/footnote.xhtml", "section section", True, epub_reader.DEVICE),
    "epub-tablet-en": ("en", "articles/wakhan-corridor.xhtml", "figure", False, epub_reader.TABLET),
}
PERSIAN = (
    View("site-article-fa", "fa/articles/one", DESKTOP, at=".abstract"),
    View("site-article-fa-phone-dark", "fa/articles/one", PHONE, dark=True),
)


@contextmanager
def opened(browser: Browser, site: Path, view: View) -> Iterator[Page]:
    """Open a page as a view wants it."""
    width, height = view.window
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if view.dark else "light",
        has_touch=view.window == PHONE,
        device_scale_factor=1.5 if view.window == PHONE else 1,
    )
    page = context.new_page()
    page.goto((site / f"{view.page}.html").resolve().as_uri() + view.query)
    page.evaluate("document.fonts.ready")
    if view.query:
        page.wait_for_selector("#search-results p")
    if view.at:
        page.evaluate("selector => document.querySelector(selector).scrollIntoView()", view.at)
    if view.opens:
        page.locator("a[role=doc-noteref]").nth(int(view.opens) - 1).tap()
    page.wait_for_timeout(400)
    yield page
    context.close()


def photograph(browser: Browser, site: Path, view: View) -> None:
    """Save a view as a picture of 256 colours, which is small."""
    target = HERE / f"{view.name}.png"
    with opened(browser, site, view) as page:
        page.screenshot(path=target)
    Image.open(target).convert("RGB").quantize(256).save(target, optimize=True)


def take_page(browser: Browser, page: Path, target: Path) -> None:
    """Photograph the head of a page at desktop width."""
    sheet = browser.new_page(viewport={"width": 1000, "height": 900}, device_scale_factor=1.5)
    sheet.goto(page.as_uri())
    sheet.evaluate("document.fonts.ready")
    sheet.screenshot(path=target)


def take_spread(volume: Path, verso: int, target: Path) -> None:
    """Lay two facing pages of a PDF side by side; the last page may have none beside it."""
    with tempfile.TemporaryDirectory() as folder:
        stem = Path(folder, "page")
        words = ["pdftoppm", "-r", "110", "-png", "-f", str(verso), "-l", str(verso + 1), str(volume), str(stem)]
        subprocess.run(words, check=True)
        pages = [Image.open(path) for path in sorted(Path(folder).glob("*.png"))]
        spread = Image.new("RGB", (sum(page.width + 2 for page in pages) - 2, pages[0].height), DESK)
        for number, page in enumerate(pages):
            spread.paste(page, (number * (pages[0].width + 2), 0))
        ImageOps.expand(spread, 24, DESK).quantize(64).save(target, optimize=True)


def take_openings(browser: Browser, books: Path) -> None:
    """Photograph pages of the EPUBs in the reading system of the tests."""
    with tempfile.TemporaryDirectory() as folder:
        for book in books.glob("*.epub"):
            shutil.copy(book, folder)
        with epub_reader.library(Path(folder)) as address:
            for name, (language, file, selector, dark, device) in OPENINGS.items():
                with epub_reader.opened(browser, address, f"marginalia-{language}.epub", device, dark=dark) as page:
                    epub_reader.turn_to(page, file, selector)
                    page.wait_for_timeout(400)
                    page.screenshot(path=HERE / f"{name}.png")
                Image.open(HERE / f"{name}.png").convert("RGB").quantize(64).save(HERE / f"{name}.png", optimize=True)


def take_persian(browser: Browser) -> None:
    """Build the small Persian publication of the tests, and photograph it."""
    with tempfile.TemporaryDirectory() as folder:
        publication = Publication(Path(folder, "source"))
        for name, text in FILES.items():
            publication.write(name, text)
        result = publication.publish("html")
        assert result.code == 0, result.output
        for view in PERSIAN:
            photograph(browser, publication.build / "html", view)


def main(build: Path) -> None:
    """Take all pictures."""
    with browsing() as browser:
        take_page(browser, (build / "html/tr/articles/footnote.html").resolve(), HERE / "page.png")
        for view in VIEWS:
            photograph(browser, build / "html", view)
        take_persian(browser)
        take_openings(browser, build / "epub")
    for name, (volume, verso) in SPREADS.items():
        take_spread(build / "pdf" / volume, verso, HERE / f"{name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
