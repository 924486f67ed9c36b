"""The printed pages of articles while they are written: what the server answers, and what is laid out again."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from playwright.sync_api import Browser

from fleuron.publish import build_processes
from fleuron.publish.build_inputs import machine_digest
from fleuron.publish.live.offprint_handler import OffprintHandler
from fleuron.publish.live.offprints import LiveOffprints, laid_out_together, listed_articles
from fleuron.publish.live.open_pages import Changed, News, OffprintList, OpenPages, Reported, Started
from fleuron.publish.live.page_pictures import opened
from fleuron.publish.live.server import LiveServer
from fleuron.publish.settings import CommandError
from tests.support.forked_sphinx import server
from tests.support.publications import Maker, Publication, pdf_pages


@pytest.fixture
def pages() -> OpenPages:
    return OpenPages()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of published PDFs, with one offprint of three pages."""
    folder = tmp_path / "pdf"
    (folder / "en").mkdir(parents=True)
    write_pdf(folder / "en" / "one.pdf", 3)
    return folder


@pytest.fixture
def address(folder: Path, pages: OpenPages) -> Iterator[str]:
    with LiveServer(0, OffprintHandler, folder, pages) as live_server:
        thread = threading.Thread(target=live_server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{live_server.server_address[1]}"
        live_server.shutdown()
        thread.join()
    opened.cache_clear()  # PDFium names what is open when Python ends


def write_pdf(path: Path, count: int, size: tuple[int, int] = (300, 450)) -> None:
    """Write a PDF of empty pages."""
    with pikepdf.new() as pdf:
        for _ in range(count):
            pdf.add_blank_page(page_size=size)
        pdf.save(path)


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=20) as answer:
        content: bytes = answer.read()
    return content


def test_the_first_page_lists_the_articles_of_each_edition(address: str, pages: OpenPages) -> None:
    pages.tell(OffprintList((("one", "One <1>"), ("2026/ö", "Ö")), ("en", "tr")))
    text = get(f"{address}/").decode()
    links = '<a href="/en/one/" lang="en">English</a>, <a href="/tr/one/" lang="tr">Türkçe</a>'
    assert f"<p>One &lt;1&gt;: {links}</p>" in text
    assert '<a href="/tr/2026/%C3%B6/" lang="tr">' in text


def test_the_pages_of_an_offprint_are_pictures(address: str, folder: Path) -> None:
    answer = json.loads(get(f"{address}/.live/pages/en/one"))
    assert answer["sizes"] == [[300, 450]] * 3
    picture = Image.open(BytesIO(get(f"{address}/.live/pages/en/one/3.png?width=600")))
    assert picture.size == (600, 900)
    write_pdf(folder / "en" / "one.pdf", 1, (200, 200))
    later = json.loads(get(f"{address}/.live/pages/en/one"))
    assert later["sizes"] == [[200, 200]]
    assert later["version"] != answer["version"]


@pytest.mark.parametrize("name", ["en/two", "en/one/4.png", "en/one/0.png", "../secret", "en/%2e%2e/%2e%2e/secret"])
def test_what_is_no_page_is_not_found(address: str, folder: Path, name: str) -> None:
    write_pdf(folder.parent / "secret.pdf", 1)
    with pytest.raises(urllib.error.HTTPError, match="404"):
        get(f"{address}/.live/pages/{name}")


def test_a_reader_keeps_the_place_while_pages_change(
    address: str, folder: Path, pages: OpenPages, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 600})
    page.goto(f"{address}/en/one/")
    third = page.get_by_alt_text("Page 3 of 3")
    third.evaluate("picture => scrollTo(0, picture.offsetTop)")
    page.wait_for_function("[...document.images].every(each => each.complete)")
    place, before = page.evaluate("scrollY"), third.get_attribute("src")
    assert place > 1000
    while not pages.queues:
        threading.Event().wait(0.01)
    pages.tell(Started("en/one"))
    page.get_by_text("Laying out").wait_for()
    write_pdf(folder / "en" / "one.pdf", 4)
    pages.tell(Changed("tr/one"))
    pages.tell(Changed("en/one"))
    pages.tell(Reported("one.md:3: ERROR: <b>wrong</b>\n"))
    third = page.get_by_alt_text("Page 3 of 4")
    third.wait_for()
    assert third.get_attribute("src") != before
    assert page.evaluate("scrollY") == place
    shown = page.get_by_role("alert")
    assert shown.inner_text() == "one.md:3: ERROR: <b>wrong</b>\n"
    assert page.get_by_role("status").inner_text() == ""
    pages.tell(Reported())
    shown.wait_for(state="detached")
    page.close()


def test_articles_of_different_editions_are_laid_out_at_once() -> None:
    shown = {"en/one", "en/two", "tr/one", "de/one", "", "en"}
    assert list(laid_out_together(shown, ["en", "tr"])) == [{"en": "one", "tr": "one"}, {"en": "two"}]


def test_articles_are_listed_with_their_titles(make: Maker) -> None:
    publication = make({"articles/2026/two.md": "---\n# a comment\ndate: 2026-01-01\n---\nNo title.\n"})
    assert list(listed_articles(publication.source)) == [("2026/two", "2026/two"), ("one", "One")]


def live_offprints(publication: Publication) -> LiveOffprints:
    return LiveOffprints(publication.source, publication.build, (), lambda: (), machine_digest())


def test_only_what_is_open_is_laid_out_and_a_mistake_leaves_its_pages(
    make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_processes, "process_context", server)
    publication = make({})
    live = live_offprints(publication)
    told: list[News] = []
    listed = OffprintList((("one", "One"),), ("en", "tr"))
    assert live.build_again(told.append) == []
    assert told == [listed]
    told.clear()
    assert live.build_again(told.append, {"en/one"}) == ["en/one.pdf"]
    assert told == [listed, Started("en/one"), Changed("en/one"), Reported()]
    assert sorted(path.name for path in (publication.build / "pdf").rglob("*.pdf")) == ["one.pdf"]
    publication.write("articles/one.md", "# One\n\nThe second text.\n\n![Gone](gone.png)\n")
    told.clear()
    live.build_again(told.append, {"en/one"})
    assert isinstance(told[-1], Reported)
    assert "articles/one.md:5: " in told[-1].messages
    (publication.source / "articles" / "one.md").rename(publication.source / "articles" / "first.md")
    told.clear()
    assert live.build_again(told.append, {"en/one"}) == []
    assert isinstance(told[-1], Reported)
    assert "there is no article “one”" in told[-1].messages
    assert "text" in " ".join(pdf_pages(publication.build / "pdf" / "en" / "one.pdf"))


def test_a_publication_without_articles_is_refused(make: Maker) -> None:
    publication = make({"articles/one.md": None, "index.md": "# Small\n"})
    with pytest.raises(CommandError, match="has no article, whose pages could be shown"):
        live_offprints(publication).build_again(print)
