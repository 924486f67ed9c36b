"""A table of contents of another name than index, and hidden ones, which leave a way to what they list."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree, html

from tests.support.epub_books import find, part
from tests.support.publications import SMALL, Publication, text_of

pytestmark = pytest.mark.slow

ARTICLE = "---\nauthors: [ada]\n---\n# {}\n\nText.\n"
FILES = {
    **{name: text for name, text in SMALL.items() if name != "index.md"},
    "conf.py": SMALL["conf.py"] + 'root_doc = "start"\nhtml_baseurl = "https://small.example/"\n',
    "start.md": "# Small\n\nWords, and [one text](articles/one.md).\n\n```{toctree}\n:hidden:\n:caption: Texts\n"
    "articles/one\nThe second <articles/two>\npart\nhttps://example.org/away\n```\n\n"
    "```{toctree}\n:hidden:\n:caption: People\nauthors/ada\n```\n\n## Afterwards\n\nMore words.\n",
    "part.md": "# A part\n\n```{toctree}\n:glob:\n:hidden:\narticles/th*\n```\n",
    "articles/two.md": ARTICLE.format("Two"),
    "articles/three.md": ARTICLE.format("Three"),
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    publication = Publication(tmp_path_factory.mktemp("root") / "source")
    for name, text in FILES.items():
        publication.write(name, text)
    result = publication.publish("html", "epub", options="-W --keep-going")
    assert result.code == 0, result.output
    assert "WARNING" not in result.output
    return publication


def links(path: Path) -> list[str]:
    return [str(link.get("href")) for link in html.parse(str(path)).getroot().cssselect("a")]


def test_the_first_pages_are_found(published: Publication) -> None:
    site = published.build / "html"
    first_pages = ["en/start.html", "tr/start.html"]
    assert links(site / "index.html") == first_pages * 2, "their names alone, for phones, and the list"
    (forward,) = published.page("tr", "index").cssselect("meta[http-equiv=refresh]")
    assert forward.get("content") == "0; url=start.html"
    assert links(site / "tr/index.html") == ["start.html"]
    page = published.page("en", "start")
    assert {link.get("href") for link in page.cssselect(".also a")} == {"../tr/start.html"}
    alternates = {link.get("hreflang"): link.get("href") for link in page.cssselect("link[rel=alternate][hreflang]")}
    assert alternates["x-default"] == "https://small.example/"
    sitemap = etree.parse(site / "sitemap.xml")
    addresses = [location.text for location in sitemap.iter("{*}loc")]
    assert "https://small.example/en/start.html" in addresses
    assert not any(str(address).endswith("index.html") for address in addresses)


def test_hidden_contents_are_shown_without_what_is_linked(published: Publication) -> None:
    page = published.page("en", "start")
    (shown,) = page.cssselect(".toctree-wrapper:has(li)")
    assert [text_of(caption) for caption in shown.cssselect(".caption")] == ["Texts"]
    addresses = [link.get("href") for link in shown.cssselect("a")]
    assert addresses == ["articles/two.html", "part.html", "https://example.org/away"]
    (below,) = page.cssselect("section section")
    assert shown.getnext() is below  # it stands before the first section
    inner = published.page("en", "part").cssselect(".toctree-wrapper a")
    assert [link.get("href") for link in inner] == ["articles/three.html"]


def test_the_book_has_them(published: Publication) -> None:
    nav = part(published.build / "epub/small-en.epub", "nav.xhtml")
    points = [text_of(point) for point in find(nav, "//h:nav[@e:type='toc']//*[self::h:a or self::h:span]")]
    texts = ["Small", "Texts", "One", "The second", "A part", "Three", "People", "Ada Author"]
    assert points == ["Title page", "Imprint", *texts, "Index of names", "Colophon"]


def test_one_edition_alone_links_the_other(published: Publication) -> None:
    result = published.publish("html", languages="en")
    assert result.code == 0, result.output
    assert {link.get("href") for link in published.page("en", "start").cssselect(".also a")} == {"../tr/start.html"}
