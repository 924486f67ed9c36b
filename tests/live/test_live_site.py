"""The site while its author writes: what the server answers, whom it answers, and which files it watches."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from fleuron.publish.build_inputs import machine_digest
from fleuron.publish.live.open_pages import Changed, News, OpenPages, Reported
from fleuron.publish.live.server import LiveServer, is_watched
from fleuron.publish.live.site import LiveSite
from fleuron.publish.live.site_handler import SiteHandler
from tests.support.publications import Maker

PAGE = "<!DOCTYPE html><title>Ünlü</title><p>Text</p>\n"


@pytest.fixture
def pages() -> OpenPages:
    return OpenPages()


@pytest.fixture
def server(tmp_path: Path, pages: OpenPages) -> Iterator[LiveServer]:
    site = tmp_path / "html"
    (site / "en").mkdir(parents=True)
    (site / "index.html").write_text(PAGE, "utf-8")
    (site / "en" / "page.html").write_text(PAGE, "utf-8")
    (site / "en" / "style.css").write_text("p { }", "utf-8")
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    with LiveServer(0, SiteHandler, site, pages) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def get(server: LiveServer, path: str, host: str = "127.0.0.1:80") -> tuple[int, str, str]:
    """Ask for a path; return the status, the media type and the text."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=20)
    connection.request("GET", path, headers={"Host": host})
    response = connection.getresponse()
    content = response.read().decode("utf-8")
    connection.close()
    assert response.headers["Cache-Control"] == "no-store"
    return response.status, response.headers["Content-Type"], content


@pytest.mark.parametrize("path", ["/", "/en/page.html", "/en/page.html?q=1#x"])
def test_a_page_has_a_script_that_loads_it_again(server: LiveServer, path: str) -> None:
    status, kind, content = get(server, path)
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert content == f'{PAGE}<script src="/.live/reload.js"></script>\n'


def wait_for_page(pages: OpenPages) -> None:
    """Wait until an open page waits for news."""
    while not pages.queues:
        threading.Event().wait(0.01)


def test_a_page_whose_text_is_gone_waits_until_it_is_back(
    server: LiveServer, pages: OpenPages, tmp_path: Path, browser: Browser
) -> None:
    file = tmp_path / "html" / "en" / "page.html"
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/en/page.html")
    wait_for_page(pages)
    file.unlink()
    pages.tell(Changed("en"))
    page.get_by_role("heading", name="This page does not exist").wait_for()
    assert get(server, "/en/page.html")[0] == 404
    pages.tell(Reported("one.md: WARNING: gone\n"))
    page.get_by_role("alert").wait_for()
    file.write_text(PAGE, "utf-8")
    pages.tell(Changed("en"))
    page.get_by_text("Text", exact=True).wait_for()
    page.close()


def test_other_files_are_sent_as_they_are(server: LiveServer) -> None:
    assert get(server, "/en/style.css") == (200, "text/css", "p { }")
    assert "EventSource" in get(server, "/.live/reload.js")[2]


@pytest.mark.parametrize("path", ["/missing.html", "/../secret.txt", "/%2e%2e/secret.txt", "/en/../../secret.txt"])
def test_nothing_outside_the_site_is_sent(server: LiveServer, path: str) -> None:
    status, _kind, content = get(server, path)
    assert status == 404
    assert content.count("secret") == content.count("secret.txt")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example:80", ""])
def test_only_this_computer_is_answered(server: LiveServer, host: str) -> None:
    assert get(server, "/en/page.html", host)[0] == 403


def test_open_pages_are_told_which_edition_has_changed(server: LiveServer, pages: OpenPages) -> None:
    browsers = [http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=20) for _ in range(2)]
    for browser, language in zip(browsers, ("tr", "ru"), strict=True):
        browser.request("GET", f"/.live/events?{language}")
    responses = [browser.getresponse() for browser in browsers]
    while len(pages.queues) < len(browsers):
        threading.Event().wait(0.01)
    assert pages.shown() == {"tr", "ru"}
    pages.tell(Changed("tr"))
    for response in responses:
        assert response.headers["Content-Type"] == "text/event-stream"
        lines = [response.readline() for _ in range(5)]
        assert lines == [b"event: reported\n", b'data: ""\n', b"\n", b"event: changed\n", b'data: "tr"\n']
    for browser in browsers:
        browser.close()


def test_a_page_shows_what_is_wrong_until_it_is_mended(server: LiveServer, pages: OpenPages, browser: Browser) -> None:
    pages.tell(Reported("one.md:3: WARNING: <b>wrong</b>\n"))
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/en/page.html")
    shown = page.get_by_role("alert")
    shown.wait_for()
    assert shown.inner_text() == "one.md:3: WARNING: <b>wrong</b>\n"
    pages.tell(Reported())
    shown.wait_for(state="detached")
    page.close()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("articles/one.md", True),
        ("conf.py", True),
        ("locale/tr/LC_MESSAGES/articles/one.po", True),
        ("locale/tr/LC_MESSAGES/articles/one.mo", False),
        ("_build/html/en/index.html", False),
        ("articles/.one.md.swp", False),
        ("articles/one.md~", False),
        (".git/index", False),
        ("tests/node_modules/x.js", False),
        ("../other.md", False),
    ],
)
def test_what_authors_save_is_watched(tmp_path: Path, name: str, expected: bool) -> None:
    source = tmp_path / "source"
    path = str(source.parent / name.removeprefix("../")) if name.startswith("../") else str(source / name)
    assert is_watched(path, source, source / "_build") == expected


# The builds are copies of this process: what Sphinx says of itself to extensions must not end them.
@pytest.mark.filterwarnings("ignore")
def test_the_editions_that_are_open_in_a_browser_are_built_first(make: Maker) -> None:
    publication = make({})
    site = LiveSite(publication.source, publication.build, (), lambda: (), machine_digest())
    told: list[News] = []
    assert site.build_again(told.append, {"tr"}) == ["Türkçe", "English"]
    assert told == [Changed("tr"), Changed("en"), Reported()]
    assert site.build_again(told.append) == []
    publication.write("articles/one.md", "# Another\n\nText.\n")
    assert site.build_again(told.append, {"en"}) == ["English", "Türkçe"]
    assert publication.page("tr", "articles/one").findtext(".//h1") == "Another"
