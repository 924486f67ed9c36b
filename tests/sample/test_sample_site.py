"""The sample's site, as it is built: pages, languages, links, and how they behave in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
import tinycss2
from lxml import html

from fleuron.publication.language_tags import direction_of
from tests.support.publications import Publication, text_of

LANGUAGES = {"en": "English", "tr": "Türkçe", "ru": "Русский", "fa": "فارسی"}
ARTICLES = ("moscow-format", "wakhan-corridor", "footnote")
PAGES = ("index", *(f"articles/{name}" for name in ARTICLES), "authors/editors")


def published_pages(sample: Publication) -> list[Path]:
    return sorted((sample.build / "html").rglob("*.html"))


def test_the_pages_stand_where_they_are_promised(sample: Publication) -> None:
    site = sample.build / "html"
    assert (site / "index.html").is_file()
    for language in LANGUAGES:
        for page in PAGES:
            assert (site / language / f"{page}.html").is_file()


def test_nothing_of_the_workshop_is_published(sample: Publication) -> None:
    names = {path.name for path in (sample.build / "html").rglob("*")}
    assert not names & {".buildinfo", ".doctrees", "edition.json", "environment.pickle", "_sources"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_is_in_its_language(sample: Publication, language: str) -> None:
    for name in PAGES:
        root = sample.page(language, name)
        assert (root.get("lang"), root.get("dir")) == (language, direction_of(language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_each_page_links_its_other_editions_by_their_own_names(sample: Publication, language: str, name: str) -> None:
    links = sample.page(language, name).cssselect("main .also a")
    others = [other for other in LANGUAGES if other != language]
    assert [link.text for link in links] == [LANGUAGES[other] for other in others]
    assert [(link.get("lang"), link.get("hreflang")) for link in links] == [(other, other) for other in others]
    here = sample.build / "html" / language / f"{name}.html"
    for link, other in zip(links, others, strict=True):
        assert (here.parent / str(link.get("href"))).resolve() == (sample.build / f"html/{other}/{name}.html").resolve()


def test_the_landing_page_offers_every_edition_in_its_language(sample: Publication) -> None:
    root = html.parse(str(sample.build / "html" / "index.html")).getroot()
    offered = {str(item.get("lang")): item for item in root.cssselect("li")}
    assert {language: text_of(item.cssselect("a")[0]) for language, item in offered.items()} == LANGUAGES
    for language, item in offered.items():
        begin = text_of(item.cssselect("p")[0]).removesuffix("…")
        paragraphs = [text_of(each) for each in sample.page(language, "index").cssselect("article p")]
        assert len(begin) > 80 and any(each.startswith(begin) for each in paragraphs)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_shows_its_front_matter_and_its_authors(sample: Publication, language: str, name: str) -> None:
    page = sample.page(language, f"articles/{name}")
    author = text_of(sample.page(language, "authors/editors").cssselect("h1")[0]).rstrip("¶").strip()
    assert text_of(page.cssselect(".byline")[0]) == author
    assert text_of(page.cssselect(".byline a")[0]) == author
    for part in ("h1", ".subtitle", ".dateline", ".abstract p", ".keywords li"):
        assert text_of(page.cssselect(part)[0])
    biography = page.cssselect(".biographies .biography")[0]
    assert text_of(biography.cssselect(".topic-title")[0]) == author
    own_page = sample.page(language, "authors/editors")
    assert text_of(biography.cssselect("p:not(.topic-title)")[0]) == text_of(own_page.cssselect("section > p")[0])


@pytest.mark.parametrize("language", ["tr", "ru", "fa"])
def test_front_matter_is_translated(sample: Publication, language: str) -> None:
    for name in ARTICLES:
        here, source = sample.page(language, f"articles/{name}"), sample.page("en", f"articles/{name}")
        for part in ("h1", ".subtitle", ".abstract p:last-child", ".topic-title", ".keywords-label", ".keywords ul"):
            assert text_of(here.cssselect(part)[0]) != text_of(source.cssselect(part)[0]), part


@pytest.mark.parametrize("language", ["tr", "ru", "fa"])
def test_nothing_is_left_in_the_language_of_the_source(sample: Publication, language: str) -> None:
    """Titles of cited works alone are in their own."""
    for name in PAGES:
        marked = sample.page(language, name).cssselect(
            "article [lang=en]:not(.elsewhere a):not(.article-actions a):not(.article-sources *)"
        )
        assert [text_of(each) for each in marked if not stands_in_a_note(each)] == []


def stands_in_a_note(element: html.HtmlElement) -> bool:
    """Tell whether words are those of a note, or names taken from one into the text."""
    return element.tag in ("span", "bdi") and any(
        parent.get("role") == "doc-footnote" or (parent.tag == "p" and parent.cssselect("[role=doc-noteref]"))
        for parent in element.iterancestors()
    )


def targets(page: Path) -> set[str]:
    """List the addresses a page needs or leads to."""
    root = html.parse(str(page)).getroot()
    return {str(address) for _, attribute, address, _ in root.iterlinks() if attribute in ("href", "src", "data")}


def test_no_page_leads_to_a_file_or_a_place_that_is_not_there(sample: Publication) -> None:
    ids: dict[Path, set[str]] = {}
    checked = 0
    for page in published_pages(sample):
        for address in targets(page):
            if urlsplit(address).scheme:
                assert urlsplit(address).scheme in ("https", "http", "mailto"), address
                continue
            path, fragment = urldefrag(urljoin(page.as_uri(), address))
            file = Path(unquote(urlsplit(path).path))
            assert file.is_file(), f"{page} leads to {address}"
            if fragment and file.suffix == ".html":
                if file not in ids:
                    ids[file] = {str(each) for each in html.parse(str(file)).getroot().xpath("//@id")}
                assert unquote(fragment) in ids[file], f"{page} leads to {address}"
            checked += 1
    assert checked > 100


def test_no_id_stands_twice_on_a_page(sample: Publication) -> None:
    for page in published_pages(sample):
        found = [str(each) for each in html.parse(str(page)).getroot().xpath("//@id")]
        assert len(found) == len(set(found)), page


def test_nothing_is_fetched_from_a_network(sample: Publication) -> None:
    for page in published_pages(sample):
        root = html.parse(str(page)).getroot()
        for element in root.cssselect("script[src], link[rel=stylesheet], img[src]"):
            assert not urlsplit(str(element.get("src") or element.get("href"))).netloc
    for sheet in (sample.build / "html").rglob("*.css"):
        addresses = re.findall(r"url\(\s*[\"']?([^\"')]+)", sheet.read_text("utf-8"))
        assert all(urlsplit(address).scheme in ("", "data") for address in addresses), sheet


@pytest.mark.parametrize("language", LANGUAGES)
def test_downloads_are_linked_and_are_what_was_built(sample: Publication, language: str) -> None:
    for name in ARTICLES:
        page = sample.build / "html" / language / "articles" / f"{name}.html"
        links = [str(link.get("href")) for link in html.parse(str(page)).getroot().cssselect(".downloads a")]
        built = [
            f"pdf/{language}/{name}.pdf",
            f"pdf/marginalia-{language}.pdf",
            f"epub/marginalia-{language}.epub",
        ]
        offered = [(page.parent / link).resolve() for link in links]
        assert [path.parent.name for path in offered] == ["articles", "downloads", "downloads"]
        assert [path.read_bytes() for path in offered] == [(sample.build / path).read_bytes() for path in built]


# Properties that know of left and right, or of a script that runs from one to the other (CSS Logical Properties 1).
PHYSICAL = re.compile(
    r"(margin|padding|border|inset|scroll-margin|scroll-padding)?-?(left|right|top|bottom)(-\w+)*"
    r"|inset|(min-|max-)?(width|height)"
)


def declarations(rules: Iterable[tinycss2.ast.Node]) -> Iterator[tuple[str, str]]:
    """List all declarations of a stylesheet, those in nested rules as well."""
    for rule in rules:
        if rule.type == "declaration":
            yield rule.lower_name, tinycss2.serialize(rule.value).strip()
        elif rule.type in ("qualified-rule", "at-rule") and rule.content is not None:
            yield from declarations(tinycss2.parse_blocks_contents(rule.content, True, True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_of_an_article_offers_its_formats_its_citation_and_its_sections(
    sample: Publication, language: str
) -> None:
    page = sample.page(language, "articles/footnote")
    (actions,) = page.find_class("article-actions")
    assert actions.getprevious().get("class") == "dateline"
    formats = {link.text: link.get("href") for link in actions.findall("a[@download]")}
    assert formats == {
        "PDF": "../articles/footnote.pdf",
        "EPUB": f"../downloads/marginalia-{language}.epub",
    }
    assert all((sample.build / "html" / language / "articles" / href).is_file() for href in formats.values())
    assert [link.get("href") for link in actions.findall("a") if link.get("download") is None] == ["#cite"]
    headings = [text_of(title).rstrip("¶").strip() for title in page.cssselect("article section section h2")]
    links = actions.cssselect("details nav a")
    assert [text_of(link) for link in links] == headings
    assert all(page.get_element_by_id(unquote(link.get("href")[1:])) is not None for link in links)


def test_after_the_last_article_comes_the_first_page(sample: Publication) -> None:
    assert [link.get("href") for link in sample.page("en", "articles/thirteen-months").cssselect("a[rel=next]")] == [
        "../index.html"
    ]


def test_the_theme_knows_neither_left_nor_right(sample: Publication) -> None:
    folder = sample.build / "html/en/_static"
    sheet = "".join((folder / f"{name}.css").read_text("utf-8") for name in ("fleuron", "overviews"))
    found = list(declarations(tinycss2.parse_stylesheet(sheet, True, True)))
    assert len(found) > 300
    assert [name for name, _value in found if PHYSICAL.fullmatch(name)] == []
    assert [
        each for each in found if each[0] in ("float", "text-align", "clear") and each[1] in ("left", "right")
    ] == []
