"""What tables of contents list: parts, explicit titles, numbers and nested lists, in every format and direction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docutils import nodes
from docutils.utils import new_document

from fleuron.paged.builder import without_title
from fleuron.paged.sheets.fragments import remove_tables_of_contents
from tests.support.epub_books import find, messages, part
from tests.support.publications import SMALL, Maker, Publication, pdf_pages, text_of

pytestmark = pytest.mark.slow

BIB = "@book{smith, title={Everything}, author={Smith, Jo}, date={1990}, location={London}, publisher={Pub}}\n"
CATALOGUE = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def article(title: str, text: str = "Text.") -> str:
    section = "## A part {footcite}`smith` of it\n\nMore.\n"
    return f"---\nauthors: [ada]\ndate: 2026-01-02\n---\n# {title}\n\n{text}\n\n{section}"


def catalogue(words: dict[str, str]) -> str:
    return CATALOGUE + "\n".join(f'msgid "{source}"\nmsgstr "{words[source]}"\n' for source in words)


REFERENCES = "See {ref}`genindex`, {ref}`here <genindex>`, {ref}`modindex` and {ref}`search`. {index}`Order`"
FILES = {
    "conf.py": 'project = "Parts"\nextensions = ["fleuron"]\nfleuron_languages = ["en", "fa"]\n'
    "fleuron_edition_threshold = 0\nfleuron_epub_fonts = False\n",
    "refs.bib": BIB,
    "authors/ada.md": "---\nname: Ada Author\n---\nAda writes.\n",
    "index.md": "# Parts\n\nA volume.\n\n```{toctree}\n:caption: Beginnings, 1900\narticles/one\n"
    "The second here <articles/two>\n```\n\n```{toctree}\n:caption: Ends\n:numbered:\nlast/part\n"
    "Elsewhere <https://example.org/home>\nself\n```\n\n## Afterwards\n\n```{toctree}\narticles/five\n```\n",
    "last/part.md": "# Last things\n\nWords.\n\n```{toctree}\n:glob:\n:caption: Within\n/articles/fo*\n```\n",
    "articles/one.md": article("On Order {footcite}`smith`", REFERENCES),
    "articles/two.md": article("Two", "```{contents}\n:local:\n```"),
    "articles/four.md": article("Four of 1923[^a]", "[^a]: An own note."),
    "articles/five.md": article("Five")
    .replace("# Five\n\n", "")
    .replace("---\na", "---\ntitle: '*Five*'\nsubtitle: On `it`\na"),
    "locale/fa/LC_MESSAGES/index.po": catalogue(
        {"Beginnings, 1900": "آغازها", "The second here": "دومی", "Parts": "بخش‌ها", "Afterwards": "سپس"}
    ),
}
# What every format lists: titles, and below each what belongs to it.
SECTION: tuple[str, list[Any]] = ("A part of it", [])
ENGLISH = [
    ("Beginnings, 1900", [("On Order", [SECTION]), ("The second here", [SECTION])]),
    ("Ends", [("1. Last things", [("Within", [("1.1. Four of 1923", [("1.1.1. A part of it", [])])])])]),
    ("Afterwards", [("Five", [SECTION])]),
]
PERSIAN = [
    ("آغازها", [("On Order", [SECTION]), ("دومی", [SECTION])]),
    ("Ends", [("۱. Last things", [("Within", [("۱.۱. Four of 1923", [("۱.۱.۱. A part of it", [])])])])]),
    ("سپس", [("Five", [SECTION])]),
]
CONTENTS = {"en": ENGLISH, "fa": PERSIAN}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    publication = Publication(tmp_path_factory.mktemp("contents") / "source")
    for name, text in FILES.items():
        publication.write(name, text)
    result = publication.publish("html", "epub", "pdf", options="-W --keep-going")
    assert result.code == 0, result.output
    assert "WARNING" not in result.output
    return publication


def bookmarks(path: Path) -> list[Any]:
    """Return the bookmarks of a PDF: titles, and those below each."""

    def listed(items: Iterable[pikepdf.OutlineItem]) -> list[Any]:
        for item in items:
            assert item.destination is not None
        return [(item.title, listed(item.children)) for item in items]

    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        return listed(outline.root)


def navigation(listing: Any) -> list[Any]:
    """Return the points of a navigation document, of which every one has an address or points below it."""
    points = []
    for item in find(listing, "h:li"):
        (shown,) = find(item, "h:a[@href]|h:span")
        assert shown.get("href") or find(item, "h:ol/h:li")
        points.append((text_of(shown), [each for below in find(item, "h:ol") for each in navigation(below)]))
    return points


@pytest.mark.parametrize("language", CONTENTS)
def test_bookmarks_have_parts_and_explicit_titles_and_no_notes(published: Publication, language: str) -> None:
    first, *others = bookmarks(published.build / f"pdf/parts-{language}.pdf")
    assert first[1] == []  # the contents
    assert others[:3] == CONTENTS[language]
    assert [title for title, _below in others[3][1]] == ["Ada Author"]


@pytest.mark.parametrize("language", CONTENTS)
def test_navigation_and_ncx_have_them_too(published: Publication, language: str) -> None:
    book = published.build / f"epub/parts-{language}.epub"
    nav = part(book, "nav.xhtml")
    (listing,) = find(nav, "//h:nav[@e:type='toc']/h:ol")
    title_page, _imprint, first, *others, _sources, _names, _colophon = navigation(listing)
    assert title_page == ({"en": "Title page", "fa": "صفحهٔ عنوان"}[language], [])
    assert first == ({"en": "Parts", "fa": "بخش‌ها"}[language], [])
    assert others[:-1] == CONTENTS[language]
    assert others[-1] == ({"en": "Index", "fa": "فهرست"}[language], [])
    isolated = [text_of(link) for link in find(nav, "//h:nav[@e:type='toc']//h:a[@dir='auto']")]
    assert ("Five" in isolated) == (language == "fa")
    ncx = part(book, "toc.ncx")
    titles = [text_of(label) for label in ncx.iter("{*}navLabel")]
    assert titles == [text_of(shown) for shown in find(listing, ".//h:a|.//h:span")]
    addresses = [content.get("src") for content in ncx.iter("{*}content")]
    assert addresses[3:5] == ["articles/one.xhtml"] * 2  # a part is where its first text is


@pytest.mark.java
@pytest.mark.nightly
def test_the_book_is_valid(published: Publication) -> None:
    assert messages(published.build / "epub/parts-fa.epub") == []


def test_the_printed_contents_have_a_folio_for_each_text(published: Publication) -> None:
    page = next(page for page in pdf_pages(published.build / "pdf/parts-en.pdf") if page.strip().startswith("Contents"))
    lines = [" ".join(line.split()) for line in page.splitlines() if line.strip()]
    assert [line for line in lines if line != "Ada Author"][1:-1] == [
        "Beginnings, 1900",
        "On Order 1",
        "The second here 3",
        "Ends",
        "1. Last things 5",
        "Within",
        "1.1. Four of 1923 7",
        "Elsewhere",
        "https://example.org/home",
        "Afterwards",
        "Five 9",
        "Contributors 10",
        "Sources 10",
        "Index of names 10",
    ]
    second = next(page for page in pdf_pages(published.build / "pdf/parts-en.pdf") if "Two" in page and "More." in page)
    assert second.split()[-1].isdigit(), "a table of contents in an article stands on its pages"
    imprint = next(page for page in pdf_pages(published.build / "pdf/parts-en.pdf") if "A volume." in page)
    assert "Afterwards" not in imprint  # a heading of the contents, which stands there
    headings = "\n".join(pdf_pages(published.build / "pdf/en/four.pdf"))
    assert re.search(r"1\.1\. +Four of 1923", headings) and re.search(r"1\.1\.1\. +A part", headings)


def test_titles_of_another_direction_are_isolated_on_the_site(published: Publication) -> None:
    page = published.page("fa", "index")
    items = {text_of(link): link for link in page.cssselect(".toctree-wrapper li a")}
    assert [each.tag for each in items["Five"]] == ["bdi"]
    assert len(items["دومی"]) == 0
    five = items["Five"].getparent()
    assert next(text_of(each) for each in five.cssselect(".by bdi")) == "Ada Author"
    nested = [text_of(link) for link in page.cssselect("li.toctree-l2.document > a")]
    assert nested == ["۱.۱. Four of 1923"]
    assert page.cssselect("li.toctree-l3") == []  # the sections of an article


def test_titles_in_another_language_are_marked_in_contents_and_navigation(published: Publication) -> None:
    """Captions, titles and subtitles without a translation; those with one are in the language of the edition."""
    page = published.page("fa", "index")
    marked = [text_of(each) for each in page.cssselect(".toctree-wrapper [lang=en][dir=ltr]")]
    assert marked == ["On Order", "Ends", "Last things", "Four of 1923", "Elsewhere", "Five", "On it"]
    four = published.page("fa", "articles/four")
    assert [text_of(each) for each in four.cssselect("nav a[rel] [lang=en]")] == ["Last things", "Five"]
    nav = part(published.build / "epub/parts-fa.epub", "nav.xhtml")
    shown = {text_of(each): each.get("lang") for each in find(nav, "//h:nav[@e:type='toc']/h:ol//h:*[not(*)]")}
    assert (shown["Ends"], shown["Five"], shown["آغازها"], shown["دومی"]) == ("en", "en", None, None)
    assert not published.page("en", "index").cssselect(".toctree-wrapper [lang]")


def test_a_title_in_front_matter_may_have_markup(published: Publication) -> None:
    page = published.page("en", "articles/five")
    assert [text_of(each) for each in page.cssselect("h1 em, .subtitle code")] == ["Five", "it"]
    assert page.findtext(".//title") == "Five · Parts"
    assert [text_of(each) for each in published.page("en", "index").cssselect("li a em")] == ["Five"]


def test_references_to_generated_pages(published: Publication) -> None:
    """Those to a page that a format has are links; the others are words."""

    def sentence(page: Any) -> tuple[str, list[str]]:
        (found,) = (each for each in page.iter("{*}p") if text_of(each).startswith("See "))
        return text_of(found), [str(link.get("href")) for link in found.iter("{*}a")]

    words = "See Index, here, Module Index and Search Page. Order"
    links = ["../genindex.html", "../genindex.html", "../search.html"]
    assert sentence(published.page("en", "articles/one")) == (words, links)
    assert [text_of(link) for link in published.page("en", "genindex").cssselect("table.indextable a")] == ["Order"]
    book = published.build / "epub/parts-en.epub"
    assert sentence(part(book, "articles/one.xhtml")) == (words, ["../genindex.xhtml"] * 2)
    assert [text_of(entry) for entry in find(part(book, "genindex.xhtml"), "//h:section[@role='doc-index']//h:a")] == [
        "Order"
    ]
    with pikepdf.open(published.build / "pdf/parts-en.pdf") as pdf:
        leads = [str(link.get("/Dest", "")) for page in pdf.pages for link in page.obj.get("/Annots", [])]
    assert leads.count("b-names") == 3  # the two references, and the contents


def test_headings_that_the_contents_have_are_not_printed_before_them_unless_they_have_notes() -> None:
    def part_of(*title: nodes.Node) -> nodes.section:
        listing = nodes.compound("", nodes.bullet_list(), classes=["toctree-wrapper"])
        return nodes.section("", nodes.title("", "", *title), listing)

    noted = part_of(nodes.Text("Noted"), nodes.footnote_reference("", "1"))
    written = nodes.section("", nodes.title("", "Title"), part_of(nodes.Text("Plain")), noted)
    document = new_document("index.md")
    document += written
    remove_tables_of_contents(document)
    assert [section[0].astext() for section in written.findall(nodes.section)] == ["Title", "Noted1"]
    assert without_title(document).astext().split() == ["Noted1"]
    document.insert(0, nodes.title("", "Volume", nodes.footnote_reference("", "2")))
    assert [paragraph.astext() for paragraph in without_title(document).findall(nodes.paragraph)] == ["Volume2"]


def test_a_table_of_contents_may_list_pages_that_sphinx_generates(make: Maker) -> None:
    index = "# Small\n\n```{toctree}\narticles/one\ngenindex\nsearch\n```\n"
    publication = make({"index.md": index, "articles/one.md": SMALL["articles/one.md"] + "\n{index}`Order`\n"})
    result = publication.publish("html", "epub", "pdf", options="-W", languages="en")
    assert result.code == 0, result.output
    addresses = [link.get("href") for link in publication.page("en", "index").cssselect("article a")]
    assert {"articles/one.html", "genindex.html", "search.html"} <= set(addresses)
