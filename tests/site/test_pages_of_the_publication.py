"""Pages that are not articles are linked by every page of the site, and are not chapters of the volume."""

from __future__ import annotations

import pytest
from lxml import html

from tests.support.epub_books import COUNTED, messages, part, parts
from tests.support.publications import SMALL, Publication, pdf_pages, text_of

pytestmark = pytest.mark.slow

TURKISH = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    'msgid "About us"\nmsgstr "Hakkımızda"\n\nmsgid "Words about us."\nmsgstr "Bizi anlatan sözler."\n'
)
FILES = {
    **SMALL,
    "index.md": "# Small\n\nA paragraph.\n\n```{toctree}\narticles/one\nboard\n```\n",
    "articles/one.md": f"{SMALL['articles/one.md']}\nSee [about](../pages/about.md) and [the board](../board.md).\n",
    "pages/about.md": "---\ntitle: About us\n---\nWords about us.\n\n# A heading\n\nMore.\n",
    "pages/policies.md": "# Policies\n\nWords about policies.\n",
    "board.md": "---\nkind: page\n---\n# The *board*\n\nWords about the board.\n",
    "locale/tr/LC_MESSAGES/pages/about.po": TURKISH,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    publication = Publication(tmp_path_factory.mktemp("pages") / "source")
    for name, text in FILES.items():
        publication.write(name, text)
    result = publication.publish("html", "epub", "pdf", options="-W")
    assert result.code == 0, result.output
    return publication


def links(page: html.HtmlElement, selector: str) -> list[tuple[str, str]]:
    return [(text_of(link), link.get("href", "")) for link in page.cssselect(f"{selector} a")]


def test_every_page_links_them_those_of_the_contents_first(built: Publication) -> None:
    expected = [("The board", "../board.html"), ("About us", "../pages/about.html")]
    expected.append(("Policies", "../pages/policies.html"))
    article = built.page("en", "articles/one")
    assert links(article, ".masthead .menu") == expected
    assert links(article, ".foot .imprint")[1:4] == expected
    search = built.page("tr", "search")
    assert [text for text, _address in links(search, ".menu")] == ["The board", "Hakkımızda", "Policies"]
    (current,) = built.page("en", "board").cssselect(".menu [aria-current]")
    assert text_of(current) == "The board"


def test_they_have_their_texts_in_each_language(built: Publication) -> None:
    page = built.page("tr", "pages/about")
    assert text_of(page.cssselect("h1")[0]).startswith("Hakkımızda")
    assert "Bizi anlatan sözler." in text_of(page.cssselect("article")[0])
    assert text_of(page.cssselect("h2")[0]).startswith("A heading")


def test_the_volume_has_none_of_them(built: Publication) -> None:
    text = " ".join(" ".join(pdf_pages(built.build / "pdf/small-en.pdf")).split())
    assert "The first text." in text
    for words in ("The board", "Words about", "Policies"):
        assert words not in text


def test_the_epub_has_those_that_a_table_of_contents_lists(built: Publication) -> None:
    book = built.build / "epub/small-en.epub"
    assert "board.xhtml" in parts(book)
    assert not [name for name in parts(book) if name.startswith("pages/")]
    article = part(book, "articles/one.xhtml")
    linked = {"".join(map(str, link.itertext())): link.get("href") for link in article.iterfind(".//{*}p//{*}a")}
    assert linked["the board"] == "../board.xhtml" and "about" not in linked
    assert "See about and the board" in " ".join("".join(map(str, article.itertext())).split())
    assert {each[0] for each in messages(book)} <= {COUNTED}


def test_a_change_of_a_title_is_shown_on_all_pages(built: Publication) -> None:
    built.write("pages/policies.md", "# Policies\n\nOther words about policies.\n")
    assert built.publish("html", options="-W", languages="en").code == 0  # after which nothing else is outdated
    built.write("pages/policies.md", "# Rules\n\nWords about policies.\n")
    assert built.publish("html", options="-W", languages="en").code == 0
    for name in ("articles/one", "index", "search", "colophon"):
        assert "Rules" in [text for text, _address in links(built.page("en", name), ".menu")]


def test_a_kind_that_does_not_exist_is_reported(built: Publication) -> None:
    built.write("pages/about.md", "---\ntitle: About us\nkind: paeg\n---\nWords about us.\n")
    result = built.publish("html", languages="en")
    assert "pages/about.md:3: WARNING: “kind: paeg” is ignored: the value must be “page”; did you mean “page”?" in (
        result.output
    )
