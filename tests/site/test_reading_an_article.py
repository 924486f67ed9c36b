"""What an article offers to its readers: sources, links to paragraphs, sizes of its text, and marks of a search."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser

from tests.support.browser import window
from tests.support.page_faults import page_faults
from tests.support.publications import SMALL, Publication

BIBLIOGRAPHY = """
@book{rubin, author = {Rubin, Barnett}, title = {Fragmentation}, publisher = {Yale}, year = {1995}}
@book{kakar, author = {Kakar, Hassan}, title = {Government}, publisher = {Texas}, year = {1979}}
@misc{plain, title = {An Unsigned Report on Water}, year = {2001}}
"""
ONE = f"""---
authors: [ada]
---
# One

First {{footcite}}`rubin{{4}}`, second {{footcite}}`kakar`, third {{footcite}}`rubin{{7}}, kakar{{8}}`, fourth.[^own]

{"So that its notes have room in the margin, it has more of a text. " * 12}

[^own]: The author’s words: {{footcite}}`plain`.
"""
TWO = "# Two\n\nText {footcite}`rubin`, more {footcite}`rubin{9}`.\n\n## Sources\n\n```{bibliography}\n```\n"
BOB = """---
name: Bob Writer
orcid: 0000-0002-1825-0097
affiliation: [University of *Somewhere*, A Society]
---
Bob writes.
"""
# Two minutes of English, and more of Turkish: it is not translated here, so the Turkish edition has the same words.
THREE = f"---\nauthors: [bob, ada]\n---\n# Three\n\nA text without notes.\n\n> Quoted.\n\n{'word ' * 300}\n"


def page_of(site: Path, name: str) -> html.HtmlElement:
    return html.parse(str(site / f"articles/{name}.html")).getroot()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    publication = Publication(tmp_path_factory.mktemp("cited") / "source")
    index = "# Small\n\nText.\n\n```{toctree}\narticles/one\narticles/two\narticles/three\n```\n"
    texts = {"articles/one.md": ONE, "articles/two.md": TWO, "articles/three.md": THREE, "authors/bob.md": BOB}
    for name, text in {**SMALL, "index.md": index, "refs.bib": BIBLIOGRAPHY, **texts}.items():
        publication.write(name, text)
    result = publication.publish("html", languages="en tr", options="-W")
    assert result.code == 0 and "warning" not in result.output.lower(), result.output
    return publication.build / "html/en"


def links_in(element: html.HtmlElement) -> list[tuple[str, str, str]]:
    """Return class, text and address of each link between notes in an element."""
    return [(a.get("class"), a.text, a.get("href")) for a in element.cssselect(".citing-notes a")]


def test_a_note_leads_to_the_calls_before_and_after_it_on_the_same_source(site: Path) -> None:
    page = page_of(site, "one")
    notes = page.cssselect("aside.footnote")
    assert [links_in(note) for note in notes] == [
        [("after", "3", "#call-articles-one-3")],
        [("after", "3", "#call-articles-one-3")],
        [("before", "1", "#call-articles-one-1"), ("before", "2", "#call-articles-one-2")],
        [],
    ]
    # Of several sources, each is named.
    assert [span.text.strip() for span in notes[2].cssselect(".citing-notes")] == ["Rubin", "Kakar"]
    assert [link.get("aria-label") for link in notes[0].cssselect(".after")] == ["Cited again in note 3"]
    for link in page.cssselect(".citing-notes a"):
        assert page.get_element_by_id(link.get("href")[1:]).get("role") == "doc-noteref"
    assert [len(note.cssselect(".backlink")) for note in notes] == [1, 1, 1, 1]


def test_an_article_lists_its_sources_with_the_notes_on_each(site: Path) -> None:
    (listing,) = page_of(site, "one").find_class("article-sources")
    entries = listing.find_class("source")
    first_words = [entry.text_content().partition(",")[0] for entry in entries]
    assert first_words == ["An Unsigned Report on Water", "Kakar", "Rubin"]
    numbers = [[link.text for link in entry.cssselect(".citing-notes a")] for entry in entries]
    assert numbers == [["4"], ["2", "3"], ["1", "3"]]
    assert page_of(site, "three").find_class("article-sources") == []


def test_an_authors_own_list_is_not_repeated_and_has_the_links(site: Path) -> None:
    page = page_of(site, "two")
    assert page.find_class("article-sources") == []
    (entry,) = page.find_class("source")
    assert links_in(entry) == [("notes", "1", "#call-articles-two-1"), ("notes", "2", "#call-articles-two-2")]


def test_a_page_with_two_languages_has_no_links_to_notes_that_it_does_not_show(site: Path) -> None:
    parallel = html.parse(str(site.parent / "tr_en/articles/two.html")).getroot()
    assert parallel.find_class("pair") and not parallel.cssselect(".citing-notes, .article-sources")


def test_on_a_phone_a_link_leads_out_of_an_open_note(site: Path, browser: Browser) -> None:
    with window(browser, 390, has_touch=True, is_mobile=True) as page:
        page.goto((site / "articles/one.html").as_uri())
        page.locator("#call-articles-one-1").tap()
        page.locator("aside.footnote:popover-open .after").tap()
        assert page.url.endswith("#call-articles-one-3")
        assert page.locator("aside.footnote:popover-open").count() == 0
        page.locator(".article-sources summary").tap()
        assert page.locator(".article-sources .source").first.is_visible()
        assert page_faults(page) == []


def test_a_paragraph_has_the_same_address_in_every_edition(site: Path) -> None:
    edition = {language: page_of(site.parent / language, "one") for language in ("en", "tr")}
    ids = {language: [p.get("id") for p in page.cssselect("article p[id]")] for language, page in edition.items()}
    assert ids["en"] == ids["tr"] and len(ids["en"]) == len(set(ids["en"])) > 0
    (first,) = [p for p in edition["en"].cssselect("article p[id]") if p.text.startswith("First")]
    assert first.get("id") == f"p{first.get('data-p')}"
    # The page with both languages has the same ones.
    parallel = html.parse(str(site.parent / "tr_en/articles/one.html")).getroot()
    assert parallel.get_element_by_id(first.get("id")).get("class") == "pair"
    assert not edition["en"].cssselect("aside p[id]")


def test_an_article_says_how_long_it_takes_to_read(site: Path) -> None:
    (time,) = page_of(site, "three").find_class("reading-time")
    assert time.text_content() == "Reading time: 2 min"
    assert page_of(site, "one").find_class("reading-time") == []
    (time,) = page_of(site.parent / "tr", "three").find_class("reading-time")
    assert time.text_content() == "Okuma süresi: 2 dk."


def test_the_names_of_authors_say_where_they_work_and_lead_to_their_records(site: Path) -> None:
    for language in ("en", "tr"):
        lines = page_of(site.parent / language, "three").find_class("byline")
        assert [line.text_content() for line in lines] == [
            "Bob Writer, University of Somewhere, A Society ORCID",
            "Ada Author",
        ]
        links = [link.get("href") for line in lines for link in line.iter("a")]
        assert links == ["../authors/bob.html", "https://orcid.org/0000-0002-1825-0097", "../authors/ada.html"]
    (place, *_others) = page_of(site.parent / "tr", "three").cssselect(".workplace > bdi")
    assert place.get("lang") == "en"
    assert [line.text_content() for line in page_of(site, "one").find_class("byline")] == ["Ada Author"]


def test_the_actions_of_an_article_have_its_other_editions(site: Path) -> None:
    page = page_of(site, "one")
    links = page.cssselect(".article-actions > :is(.also, .beside) a")
    assert [link.get("href") for link in links] == ["../../tr/articles/one.html", "../../tr_en/articles/one.html"]
    assert len(page.cssselect("main .also")) == 1
    author = html.parse(str(site / "authors/ada.html")).getroot()
    assert [link.get("lang") for link in author.cssselect("main > .also a")] == ["tr"]


def test_a_link_to_a_paragraph_is_copied(site: Path, browser: Browser) -> None:
    with window(browser, 1440, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto((site / "articles/one.html").as_uri() + "?found=First")
        button = page.locator(".passage-link")
        assert not button.is_visible()
        page.locator("article p[id]", has_text="First").hover()
        button.click()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == (site / "articles/one.html").as_uri() + "#p1"
        page.goto(copied)
        assert page.locator("p:target").inner_text().startswith("First")


def test_the_size_and_the_face_of_the_text_are_kept(site: Path, browser: Browser) -> None:
    size = "Number.parseFloat(getComputedStyle(document.querySelector('article p[id]')).fontSize)"
    with window(browser, 390, has_touch=True, is_mobile=True) as page:
        page.goto((site / "articles/one.html").as_uri())
        before = page.evaluate(size)
        page.locator(".text-options summary").tap()
        for _ in range(3):
            page.get_by_label("Larger text").tap()
        assert page.get_by_label("Larger text").is_disabled()
        page.get_by_text("Sans serif").tap()
        assert page_faults(page) == []
        page.goto((site / "articles/two.html").as_uri())
        assert page.evaluate(size) == pytest.approx(1.45 * before, abs=0.5)
        assert "system-ui" in page.evaluate("getComputedStyle(document.body).fontFamily")
        page.locator(".text-options summary").tap()
        for _ in range(4):
            page.get_by_label("Smaller text").tap()
        assert page_faults(page) == []
    with window(browser, 1440, java_script_enabled=False) as page:
        page.goto((site / "articles/one.html").as_uri())
        assert not page.locator(".text-options").is_visible()


@pytest.mark.parametrize("step", ["-1", "3"])
def test_a_text_of_any_size_fits_beside_its_notes(site: Path, browser: Browser, step: str) -> None:
    with window(browser, 1150) as page:
        page.goto((site / "articles/one.html").as_uri())
        page.evaluate(f"() => {{ document.documentElement.dataset.size = '{step}' }}")
        assert page.locator("aside.footnote").first.evaluate("note => getComputedStyle(note).position") == "absolute"
        assert page_faults(page) == []


def test_the_words_of_a_search_are_marked_on_the_page_that_it_led_to(site: Path, browser: Browser) -> None:
    marks = "[...CSS.highlights.get('found') ?? []].map(String)"
    with window(browser, 1440) as page:
        page.goto((site / "search.html").as_uri() + "?q=authors")
        page.locator("#search-results a").first.click()
        page.wait_for_selector("article")
        assert set(page.evaluate(marks)) == {"Author"}
        page.keyboard.press("Escape")
        assert page.evaluate(marks) == []
