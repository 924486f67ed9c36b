"""Feed, sitemap, robots.txt and search description, parsed and checked against their specifications."""

from __future__ import annotations

import datetime
import re
import urllib.robotparser
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from fleuron.metadata.feeds import opensearch
from fleuron.metadata.feeds.atom import Feed, FeedEntry, atom_feed, atom_id
from fleuron.metadata.feeds.sitemap import SitemapPage, robots, sitemap
from fleuron.metadata.work import Person, Translation, person
from tests.support.article_works import ADA, BASE, DESK, EVIL, PAGE, RUSSIAN, SCRIPT, TAMED, TURKISH

A = "{http://www.w3.org/2005/Atom}"
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
X = "{http://www.w3.org/1999/xhtml}"
O = "{http://a9.com/-/spec/opensearch/1.1/}"  # noqa: E741 (as short as the others)
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
steady = settings(derandomize=True, database=None, deadline=None, max_examples=100)
texts = st.text(st.one_of(st.characters(exclude_categories=[]), st.sampled_from("<>&]'\"\n\x00")))

REVIEW = Feed(
    id="marginalia",
    title="Marginalia & Co",
    subtitle="A review",
    language="en",
    address=f"{BASE}/en/index.html",
    self_address=f"{BASE}/en/feed.xml",
    author="The Press",
    rights="CC BY 4.0",
)
DELTA = FeedEntry(
    id="delta",
    title="The <Delta>",
    summary="What the river\nleaves behind.",
    address=PAGE,
    date=datetime.date(2026, 11, 3),
    authors=(ADA, DESK),
    categories=("rivers", "İstanbul", "дельта", "rivers"),
    translations=(TURKISH, RUSSIAN),
)
EARLIER = FeedEntry("source", "Source", address=f"{BASE}/en/articles/source.html", date=datetime.date(2025, 1, 2))
UNDATED = FeedEntry("mouth", "Mouth", address="articles/mouth.html")


def read_feed(written: bytes) -> etree._Element:
    """Parse a feed, and check what RFC 4287 requires of elements, dates, ids and links."""
    root = etree.fromstring(written)
    assert root.tag == f"{A}feed"
    check_common(root)
    entries = root.findall(f"{A}entry")
    for entry in entries:
        check_common(entry)
        # 4.1.2: without atom:content there must be a link to it.
        assert any(link.get("rel") == "alternate" for link in entry.findall(f"{A}link"))
        assert len(entry.findall(f"{A}summary")) <= 1
        assert len(entry.findall(f"{A}published")) <= 1
    # 4.1.1: authors in the feed, or in each entry.
    assert root.findall(f"{A}author") or all(entry.findall(f"{A}author") for entry in entries)
    ids = [element.text for element in root.iter(f"{A}id")]
    assert len(ids) == len(set(ids))
    for name in ("subtitle", "rights"):
        assert len(root.findall(f"{A}{name}")) <= 1
    assert all(name.text for name in root.iter(f"{A}name"))  # 3.2.1
    assert all(category.get("term") for category in root.iter(f"{A}category"))  # 4.2.2.1
    return root


def check_common(parent: etree._Element) -> None:
    for name in ("id", "title", "updated"):
        assert len(parent.findall(f"{A}{name}")) == 1, name
    iri = urlsplit(parent.findtext(f"{A}id") or "")
    assert iri.scheme and (iri.netloc or iri.path)
    for name in ("updated", "published"):
        for date in parent.findall(f"{A}{name}"):  # 3.3, RFC 3339
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", date.text or "")
    links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in parent.findall(f"{A}link")]
    alternates = [link for link in links if link[0] == "alternate"]
    assert len(alternates) == len(set(alternates))  # no two of one type and language
    assert all(link.get("href") for link in parent.findall(f"{A}link"))


def linked(element: etree._Element) -> list[tuple[str | None, str | None, str | None]]:
    return [(link.get("rel"), link.get("hreflang"), link.get("href")) for link in element.findall(f"{A}link")]


def titles(root: etree._Element) -> list[str | None]:
    return [entry.findtext(f"{A}title") for entry in root.findall(f"{A}entry")]


def test_a_feed_describes_its_edition() -> None:
    root = read_feed(atom_feed(REVIEW, [DELTA]))
    assert root.get(LANG) == "en"
    assert root.findtext(f"{A}title") == "Marginalia & Co"
    assert root.findtext(f"{A}subtitle") == "A review"
    assert root.findtext(f"{A}rights") == "CC BY 4.0"
    assert root.findtext(f"{A}author/{A}name") == "The Press"
    assert root.findtext(f"{A}updated") == "2026-11-03T00:00:00Z"
    assert linked(root) == [
        ("alternate", "en", f"{BASE}/en/index.html"),
        ("self", None, f"{BASE}/en/feed.xml"),
    ]


def test_an_entry_describes_its_article() -> None:
    (entry,) = read_feed(atom_feed(REVIEW, [DELTA])).findall(f"{A}entry")
    assert entry.findtext(f"{A}title") == "The <Delta>"
    assert entry.findtext(f"{A}summary") == "What the river leaves behind."
    assert entry.findtext(f"{A}updated") == entry.findtext(f"{A}published") == "2026-11-03T00:00:00Z"
    assert [(one.findtext(f"{A}name"), one.findtext(f"{A}uri")) for one in entry.findall(f"{A}author")] == [
        ("Ada van der Lovelace", f"{BASE}/en/authors/ada.html"),
        ("The Editors, a Desk", f"{BASE}/en/authors/editors.html"),
    ]
    assert [one.get("term") for one in entry.findall(f"{A}category")] == ["rivers", "İstanbul", "дельта"]
    assert linked(entry) == [
        ("alternate", "en", PAGE),
        ("alternate", "ru", RUSSIAN.address),
        ("alternate", "tr", TURKISH.address),
    ]


def test_the_newest_article_is_first_whatever_the_order_of_the_input() -> None:
    also_first = replace(DELTA, id="alpha", title="Alpha")
    one, other = ([DELTA, UNDATED, EARLIER, also_first], [also_first, EARLIER, DELTA, UNDATED])
    assert titles(read_feed(atom_feed(REVIEW, one))) == ["Alpha", "The <Delta>", "Source", "Mouth"]
    assert atom_feed(REVIEW, one) == atom_feed(REVIEW, other)


def test_a_feed_is_dated_by_its_newest_entry_and_not_by_the_build() -> None:
    corrected = replace(EARLIER, updated=datetime.date(2026, 12, 1))
    assert read_feed(atom_feed(REVIEW, [DELTA, corrected])).findtext(f"{A}updated") == "2026-12-01T00:00:00Z"
    for none in ([], [UNDATED]):
        assert read_feed(atom_feed(REVIEW, none)).findtext(f"{A}updated") == "1970-01-01T00:00:00Z"


def test_an_entry_without_a_date_has_no_date_of_publication() -> None:
    (entry,) = read_feed(atom_feed(REVIEW, [UNDATED])).findall(f"{A}entry")
    assert entry.find(f"{A}published") is None
    assert entry.findtext(f"{A}updated") == "1970-01-01T00:00:00Z"


def test_ids_stay_when_the_site_moves() -> None:
    root = read_feed(atom_feed(REVIEW, [DELTA]))
    moved = read_feed(
        atom_feed(
            replace(REVIEW, address="index.html", self_address="feed.xml"),
            [replace(DELTA, address="articles/delta.html", translations=())],
        )
    )
    assert [one.text for one in root.iter(f"{A}id")] == [one.text for one in moved.iter(f"{A}id")]
    assert linked(moved)[0] == ("alternate", "en", "index.html")
    assert moved.findtext(f"{A}entry/{A}id") == atom_id("marginalia", "en", "delta")


def test_ids_differ_between_editions_articles_and_publications() -> None:
    made = [
        atom_id(publication, language, article)
        for publication in ("marginalia", "other")
        for language in ("en", "tr")
        for article in ("", "delta", "source")
    ]
    assert len(set(made)) == len(made)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one) for one in made)


def test_an_absolute_id_is_kept() -> None:
    root = read_feed(atom_feed(replace(REVIEW, id="tag:example.org,2026:m"), [replace(DELTA, id=PAGE)]))
    assert [one.text for one in root.iter(f"{A}id")] == ["tag:example.org,2026:m", PAGE]


def test_each_id_occurs_once() -> None:
    assert titles(read_feed(atom_feed(REVIEW, [DELTA, replace(DELTA, title="Again", date=EARLIER.date)]))) == [
        "The <Delta>"
    ]


def test_a_translation_in_the_feeds_own_language_adds_no_link() -> None:
    others = (Translation("en", TURKISH.address), TURKISH, Translation("tr", RUSSIAN.address))
    (entry,) = read_feed(atom_feed(REVIEW, [replace(DELTA, translations=others)])).findall(f"{A}entry")
    assert linked(entry) == [("alternate", "en", PAGE), ("alternate", "tr", TURKISH.address)]


def test_a_feed_with_few_values_is_valid() -> None:
    root = read_feed(atom_feed(Feed("m", "M"), [FeedEntry("a", "A", address="a.html")]))
    assert root.findtext(f"{A}author/{A}name") == "M"
    assert linked(root) == []


def test_a_hostile_feed_is_valid_and_has_no_unsafe_links() -> None:
    hostile = Feed(EVIL, EVIL, EVIL, "en", SCRIPT, "data:x", EVIL, EVIL)
    entry = FeedEntry(EVIL, EVIL, EVIL, "a.html", None, (person(EVIL, address=SCRIPT), Person("\x00")), (EVIL, "\x00"))
    root = read_feed(atom_feed(hostile, [entry, replace(entry, id="x", address=SCRIPT)]))
    assert titles(root) == [TAMED]
    assert [one.text for one in root.iter(f"{A}name")] == [TAMED, TAMED]
    assert [one.get("term") for one in root.iter(f"{A}category")] == [TAMED]
    assert [link.get("href") for link in root.iter(f"{A}link")] == ["a.html"]
    assert root.find(f".//{A}uri") is None


@steady
@given(
    st.lists(st.builds(FeedEntry, texts, texts, texts, st.just("a.html"), st.none() | st.dates()), max_size=4), texts
)
def test_any_text_makes_a_valid_feed(entries: Sequence[FeedEntry], text: str) -> None:
    root = read_feed(atom_feed(replace(REVIEW, title=text, subtitle=text, rights=text), entries))
    assert len(titles(root)) == len({entry.id or entry.address for entry in entries})


PLACES = [
    SitemapPage(
        f"{BASE}/tr/b.html?x=1&y=2",
        datetime.date(2026, 11, 3),
        {"x-default": f"{BASE}/en/b.html", "tr": f"{BASE}/tr/b.html?x=1&y=2", "en": f"{BASE}/en/b.html"},
    ),
    SitemapPage(f"{BASE}/en/a.html"),
]


def test_a_sitemap_lists_pages_with_their_editions() -> None:
    root = etree.fromstring(sitemap(PLACES))
    assert root.tag == f"{S}urlset"
    plain, translated = root.findall(f"{S}url")
    assert [child.tag for child in plain] == [f"{S}loc"]
    assert plain.findtext(f"{S}loc") == f"{BASE}/en/a.html"
    assert translated.findtext(f"{S}loc") == f"{BASE}/tr/b.html?x=1&y=2"
    assert translated.findtext(f"{S}lastmod") == "2026-11-03"
    links = translated.findall(f"{X}link")
    assert {link.get("rel") for link in links} == {"alternate"}
    assert [(link.get("hreflang"), link.get("href")) for link in links] == [
        ("en", f"{BASE}/en/b.html"),
        ("tr", f"{BASE}/tr/b.html?x=1&y=2"),
        ("x-default", f"{BASE}/en/b.html"),
    ]


def test_a_sitemap_is_the_same_whatever_the_order_of_pages() -> None:
    assert sitemap(PLACES) == sitemap(PLACES[::-1]) == sitemap(PLACES * 2)


def test_a_sitemap_names_only_addresses_of_the_web() -> None:
    places = [
        SitemapPage("a.html"),
        SitemapPage(SCRIPT),
        SitemapPage(""),
        SitemapPage(f"{BASE}/a", None, {"tr": "b.html", "ru": SCRIPT}),
    ]
    root = etree.fromstring(sitemap(places))
    assert [loc.text for loc in root.iter(f"{S}loc")] == [f"{BASE}/a"]
    assert list(root.iter(f"{X}link")) == []


def test_robots_txt_allows_everything_and_names_the_sitemap() -> None:
    parser = urllib.robotparser.RobotFileParser()
    parser.parse(robots(f"{BASE}/sitemap.xml").splitlines())
    assert parser.can_fetch("*", f"{BASE}/en/index.html")
    assert parser.site_maps() == [f"{BASE}/sitemap.xml"]


@pytest.mark.parametrize("address", ["", "sitemap.xml", SCRIPT, f"{BASE}/\nDisallow: /"])
def test_robots_txt_names_no_sitemap_without_an_absolute_address(address: str) -> None:
    assert robots(address) == "User-agent: *\nDisallow:\n"


def described(**facts: Any) -> etree._Element:
    given_facts = {"name": "Marginalia", "summary": "A review", "language": "tr", "search_address": f"{BASE}/search"}
    return etree.fromstring(opensearch.opensearch_description(**(given_facts | facts)))


def test_a_search_is_described() -> None:
    root = described(icon_address=f"{BASE}/icon.svg", icon_type="image/svg+xml")
    assert root.tag == f"{O}OpenSearchDescription"
    assert [(child.tag.removeprefix(O), child.text) for child in root if child.text] == [
        ("ShortName", "Marginalia"),
        ("LongName", "Marginalia"),
        ("Description", "A review"),
        ("Image", f"{BASE}/icon.svg"),
        ("Language", "tr"),
        ("InputEncoding", "UTF-8"),
        ("OutputEncoding", "UTF-8"),
    ]
    (url,) = root.findall(f"{O}Url")
    assert (url.get("type"), url.get("template")) == ("text/html", f"{BASE}/search?q={{searchTerms}}")
    assert root.findall(f"{O}Image")[0].get("type") == "image/svg+xml"


@pytest.mark.parametrize("name", ["Marginalia Eurasiatica", "Ж" * 400, EVIL, "Boğaziçi’nden Yazılar"])
def test_names_are_as_short_as_browsers_want_them(name: str) -> None:
    root = described(name=name, summary=name * 5)
    for element, limit in (("ShortName", 16), ("LongName", 48), ("Description", 1024)):
        assert 0 < len(root.findtext(f"{O}{element}") or "") <= limit
    if name == "Marginalia Eurasiatica":
        assert root.findtext(f"{O}ShortName") == "Marginalia…"


@pytest.mark.parametrize(
    ("address", "template"),
    [
        (f"{BASE}/{{x}}/search.html", f"{BASE}/%7Bx%7D/search.html?q={{searchTerms}}"),
        (f"{BASE}/s?a=1&b=2", f"{BASE}/s?a=1&b=2&q={{searchTerms}}"),
        (f"{BASE}/s#results", f"{BASE}/s?q={{searchTerms}}"),
    ],
)
def test_the_template_has_no_parameter_but_the_search_terms(address: str, template: str) -> None:
    (url,) = described(search_address=address).findall(f"{O}Url")
    assert url.get("template") == template
    filled = str(url.get("template")).replace("{searchTerms}", quote("ırmak & su"))
    assert "{" not in filled and "}" not in filled


@pytest.mark.parametrize("address", ["", "search.html", SCRIPT])
def test_a_search_without_an_absolute_address_is_not_described(address: str) -> None:
    assert (
        opensearch.opensearch_description(
            name="M", summary="", language="en", search_address=address, icon_address=SCRIPT
        )
        == b""
    )


def test_an_icon_from_nowhere_is_left_out() -> None:
    assert described(icon_address=SCRIPT).find(f"{O}Image") is None
