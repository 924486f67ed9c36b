"""An edition offers the articles of which enough is translated, and says of the others in which language they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import html

from tests.support.half_translated import CONF, FILES, LOCALE, NEW_RU, WHOLE_NEW_RU, catalogue
from tests.support.publications import SMALL, Maker, Publication, pdf_pages, text_of

FORMATS = ("html", "epub", "pdf", "records")
LEFT_OUT = f"{LOCALE}articles/new.po"
SOURCE_PAGE = "../../en/articles/new.html"


def written(folder: Path) -> Publication:
    publication = Publication(folder / "source")
    for name, text in FILES.items():
        publication.write(name, text)
    return publication


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    publication = written(tmp_path_factory.mktemp("offered"))
    result = publication.publish(*FORMATS, options="-W --keep-going")
    assert result.code == 0, result.output
    assert "WARNING" not in result.output
    return publication


def links(root: html.HtmlElement) -> Iterator[tuple[str, str]]:
    yield from ((text_of(link), str(link.get("href"))) for link in root.iter("a"))


def test_nothing_of_an_article_that_is_not_offered_is_published(publication: Publication) -> None:
    names = [
        name for name in publication.files() if "/ru/" in name and name.split("/")[-1].startswith(("new.", "coast"))
    ]
    assert names == []
    assert (publication.build / "html/en/articles/new.html").is_file()
    assert not (publication.build / "html/ru/keywords/coasts.html").exists()
    for name in ("feed.xml", "articles/whole.bib"):
        assert "articles/new" not in (publication.build / "html/ru" / name).read_text("utf-8")
    assert "ru/articles/new" not in (publication.build / "html/sitemap.xml").read_text("utf-8")
    index = (publication.build / "html/ru/searchindex.js").read_text("utf-8")
    assert '"articles/half"' in index
    assert '"articles/new"' not in index


def test_the_contents_say_in_which_language_it_is(publication: Publication) -> None:
    page = publication.page("ru", "index")
    (item,) = page.find_class("source-only")
    assert text_of(item) == "О берегах Только на языке оригинала (английский)".replace(" Только", "Только")
    (link,) = item.iter("a")
    assert (link.get("href"), link.get("hreflang")) == ("../en/articles/new.html", "en")
    order = [text_of(link) for link in page.find_class("toctree-wrapper")[0].iter("a")]
    assert order == ["О картах", "О полях", "О берегах"]


def test_references_lead_to_the_source_edition(publication: Publication) -> None:
    found = dict(links(publication.page("ru", "articles/whole").find_class("tex2jax_ignore")[0]))
    assert found["О берегах"] == SOURCE_PAGE
    assert found["рисунок"] == f"{SOURCE_PAGE}#unmapped"
    assert found["раздел о берегах"] == f"{SOURCE_PAGE}#coasts"


def test_no_other_page_of_the_edition_lists_it(publication: Publication) -> None:
    folder = publication.build / "html/ru"
    linking = [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*.html"))
        if any("articles/new" in address for _text, address in links(html.parse(str(path)).getroot()))
    ]
    assert linking == ["articles/whole.html", "colophon.html", "index.html"], "a reference, the progress, the contents"
    assert "Articles" not in text_of(publication.page("ru", "authors/ben"))
    assert publication.page("ru", "authors/ben").find_class("cards") == []


def test_the_source_edition_does_not_offer_the_translation(publication: Publication) -> None:
    page = publication.page("en", "articles/new")
    assert [link.get("hreflang") for link in page.iter("link") if link.get("hreflang")] == ["en", "x-default"]
    assert not any("/ru/articles/new" in address for _text, address in links(page))
    half = publication.page("en", "articles/half")
    assert any("/ru/articles/half" in address for _text, address in links(half))
    record = json.loads((publication.build / "records/en/new.datacite.json").read_text("utf-8"))
    assert "/ru/" not in json.dumps(record)


def test_the_books_leave_it_out(publication: Publication) -> None:
    with ZipFile(publication.build / "epub/review-ru.epub") as book:
        assert not [name for name in book.namelist() if "new" in name or "coast" in name]
        navigation = book.read("nav.xhtml").decode()
        assert "О полях" in navigation
        assert "О берегах" not in navigation
        contents = text_of(html.fromstring(book.read("index.xhtml")))
        assert "Только на языке оригинала (английский)" in contents
    pages = pdf_pages(publication.build / "pdf/review-ru.pdf")
    assert any("О полях" in page for page in pages)
    assert sum(page.count("берегах") for page in pages) == 2  # where another article names it


def test_an_article_is_offered_when_it_is_translated_and_no_longer_when_it_is_not(tmp_path: Path) -> None:
    publication = written(tmp_path / "often")
    assert publication.publish("html", options="-W").code == 0
    before = publication.files()
    publication.write(LEFT_OUT, catalogue(WHOLE_NEW_RU))
    assert publication.publish("html", options="-W").code == 0
    offered = publication.files()
    assert "html/ru/articles/new.html" in offered
    assert "html/ru/_images/coast.svg" in offered
    assert publication.page("ru", "index").find_class("source-only") == []
    anew = written(tmp_path / "anew")
    anew.write(LEFT_OUT, catalogue(WHOLE_NEW_RU))
    assert anew.publish("html", options="-W").code == 0
    assert anew.files() == offered
    publication.write(LEFT_OUT, catalogue(NEW_RU))
    assert publication.publish("html", options="-W").code == 0
    assert publication.files() == before


def test_an_edition_without_any_article_is_published(make: Maker) -> None:
    publication = make({"conf.py": SMALL["conf.py"].replace("fleuron_edition_threshold = 0; ", "")})
    result = publication.publish(*FORMATS, options="-W")
    assert result.code == 0, result.output
    (item,) = publication.page("tr", "index").find_class("source-only")
    assert text_of(item).startswith("One")
    assert "Yalnızca İngilizce" in text_of(item)


def test_with_the_threshold_0_an_edition_has_all_articles(make: Maker) -> None:
    publication = make({**FILES, "conf.py": CONF.replace("0.5", "0"), "articles/one.md": None})
    assert publication.publish("html", options="-W", languages="ru").code == 0
    assert publication.page("ru", "index").find_class("source-only") == []
    assert (publication.build / "html/ru/articles/new.html").is_file()


def test_the_colophon_shows_how_much_of_each_article_is_translated(publication: Publication) -> None:
    page = publication.page("ru", "colophon")
    editions, articles = page.find_class("shares")
    rows = [[text_of(cell) for cell in row] for row in articles.iter("tr")]
    assert rows == [
        ["Название", "Переведено", "Слов к пересмотру", "Слов без перевода"],
        ["О картах", "100 %", "0", "0"],
        ["О полях", "59 %", "7", "20"],
        ["О берегах", "15 %", "0", "17"],
    ]
    assert [address for _title, address in links(articles)] == [
        *("articles/whole.html", "articles/half.html", "../en/articles/new.html"),
    ]
    assert [link.get("hreflang") for link in articles.iter("a")] == [None, None, "en"]
    for bar, row in zip(articles.find_class("share"), rows[1:], strict=True):
        done, stale = (sum(float(part.get("width", 0)) for part in bar.find_class(kind)) for kind in ("done", "stale"))
        assert bar.get("aria-hidden") == "true", "the figures are text"
        assert f"{done:g}" == row[1].removesuffix(" %")
        assert (stale > 0) == (row[2] != "0") and done + stale <= 100
    assert [[text_of(cell) for cell in row] for row in editions.iter("tr")][1:] == [
        ["English", "100 %", "0", "0"],
        ["Русский", "55 %", "7", "45"],
    ]
    assert len(publication.page("en", "colophon").find_class("shares")) == 1


def test_the_imprint_says_how_much_of_the_book_is_translated(publication: Publication) -> None:
    russian, english = (pdf_pages(publication.build / f"pdf/review-{language}.pdf")[:6] for language in ("ru", "en"))
    assert any("Переведено 55 %" in " ".join(page.split()) for page in russian)
    assert not any("Translated" in page for page in english)
