"""The tags and links of an article's head, printed by an escaping template and read back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from jinja2 import Environment

from fleuron.metadata.page_head.head_elements import (
    SCHEMAS,
    Link,
    Meta,
    dublin_core,
    highwire,
    link_elements,
    meta_elements,
    open_graph,
    signposting,
    territorial,
    website,
)
from fleuron.metadata.work import Copy, Translation, Work, person
from tests.support.article_works import (
    ADA,
    ALL,
    BARE,
    BASE,
    EPUB,
    HOSTILE,
    IN_RUSSIAN,
    IN_TURKISH,
    OWN_PDF,
    PAGE,
    SCRIPT,
    TAMED,
    WHOLE,
    parsed,
)

TEMPLATE = Environment(autoescape=True).from_string(
    "<!DOCTYPE html><html><head>"
    '{% for tag in metas %}<meta {{ tag.attribute }}="{{ tag.name }}" content="{{ tag.content }}">{% endfor %}'
    '{% for link in links %}<link rel="{{ link.rel }}" href="{{ link.href }}" type="{{ link.media_type }}">{% endfor %}'
    "</head><body></body></html>"
)
NEEDS_ADDRESS = (
    "citation_public_url",
    "citation_abstract_html_url",
    "citation_fulltext_html_url",
    "citation_pdf_url",
)


def all_metas(work: Work) -> list[Meta]:
    return [*highwire(work), *dublin_core(work), *open_graph(work)]


def contents(tags: list[Meta], name: str) -> list[str]:
    return [tag.content for tag in tags if tag.name == name]


def pairs(tags: list[Meta]) -> list[tuple[str, str]]:
    return [(tag.name, tag.content) for tag in tags]


@pytest.mark.parametrize("work", ALL.values(), ids=ALL)
def test_tags_and_links_come_back_from_a_page(work: Work) -> None:
    tags, found_links = all_metas(work), signposting(work)
    page = parsed(TEMPLATE.render(metas=tags, links=found_links))
    head = page.find("head")
    assert head is not None
    assert {element.tag for element in head} <= {"meta", "link"}
    read: list[Any] = [
        (element.get("name") or element.get("property"), element.get("content")) for element in head.iter("meta")
    ]
    assert read == pairs(tags)
    assert [(e.get("rel"), e.get("href"), e.get("type")) for e in head.iter("link")] == [
        (link.rel, link.href, link.media_type) for link in found_links
    ]


def test_highwire_describes_an_article() -> None:
    assert pairs(highwire(WHOLE)) == [
        ("citation_title", "The Delta: A river’s end"),
        ("citation_author", "van der Lovelace, Ada"),
        ("citation_author_orcid", "https://orcid.org/0000-0002-1825-0097"),
        ("citation_author_institution", "University of Somewhere"),
        ("citation_author", "The Editors, a Desk"),
        ("citation_publication_date", "2026/11/03"),
        ("citation_journal_title", "Marginalia"),
        ("citation_publisher", "The Press"),
        ("citation_language", "en"),
        ("citation_keywords", "rivers"),
        ("citation_keywords", "İstanbul"),
        ("citation_keywords", "дельта"),
        ("citation_doi", "10.5555/a<b>#1"),
        ("citation_license", "https://creativecommons.org/licenses/by/4.0/"),
        ("citation_public_url", PAGE),
        ("citation_abstract_html_url", PAGE),
        ("citation_fulltext_html_url", PAGE),
        ("citation_pdf_url", OWN_PDF.address),
    ]


def test_highwire_is_in_the_language_of_its_edition() -> None:
    turkish, russian = highwire(IN_TURKISH), highwire(IN_RUSSIAN)
    assert contents(turkish, "citation_title") == ["Iğdır’da ılık bir şölen: İstanbul’dan bakış"]
    assert contents(turkish, "citation_author") == ["Çağlayan, Ömer Seyfettin"]
    assert contents(russian, "citation_title") == ["Ёлка в дельте: «начало»"]
    assert contents(russian, "citation_author") == ["Толстой, Лев Николаевич"]
    assert contents(russian, "citation_language") == ["ru"]


def test_what_needs_an_absolute_address_is_left_out_without_one() -> None:
    beside = replace(WHOLE, address="", copies=(Copy("application/pdf", "../downloads/delta.pdf", "PDF"),))
    assert not {tag.name for tag in highwire(beside)} & set(NEEDS_ADDRESS)
    assert contents(dublin_core(beside), "DC.identifier") == ["https://doi.org/10.5555/a%3Cb%3E%231"]
    assert contents(open_graph(beside), "og:url") == []


def test_the_volumes_pdf_is_not_given_out_as_the_articles() -> None:
    assert contents(highwire(replace(WHOLE, copies=(EPUB, *WHOLE.copies[:1]))), "citation_pdf_url") == []


def test_missing_values_are_left_out() -> None:
    assert pairs(highwire(BARE)) == [("citation_title", "Bare"), ("citation_language", "en")]
    assert pairs(dublin_core(BARE)) == [
        ("DC.title", "Bare"),
        ("DC.type", "Text"),
        ("DC.format", "text/html"),
        ("DC.language", "en"),
    ]
    assert pairs(open_graph(BARE)) == [("og:type", "article"), ("og:title", "Bare"), ("og:locale", "en_GB")]
    assert {link.rel for link in signposting(BARE)} == {"type"}


def test_dublin_core_describes_an_article() -> None:
    assert pairs(dublin_core(WHOLE)) == [
        ("DC.title", "The Delta: A river’s end"),
        ("DC.creator", "van der Lovelace, Ada"),
        ("DC.creator", "The Editors, a Desk"),
        ("DC.subject", "rivers"),
        ("DC.subject", "İstanbul"),
        ("DC.subject", "дельта"),
        ("DC.publisher", "The Press"),
        ("DC.date", "2026-11-03"),
        ("DC.type", "Text"),
        ("DC.format", "text/html"),
        ("DC.identifier", "https://doi.org/10.5555/a%3Cb%3E%231"),
        ("DC.identifier", PAGE),
        ("DC.language", "en"),
        ("DC.rights", "CC BY 4.0"),
        ("DCTERMS.license", "https://creativecommons.org/licenses/by/4.0/"),
        ("DCTERMS.abstract", "What the river leaves behind. And what it takes."),
        ("DCTERMS.isPartOf", "Marginalia"),
    ]


def test_every_prefix_of_dublin_core_is_declared() -> None:
    assert {tag.name.split(".")[0] for tag in dublin_core(WHOLE)} == {
        link.rel.removeprefix("schema.") for link in SCHEMAS
    }


def test_open_graph_describes_an_article() -> None:
    tags = open_graph(WHOLE)
    assert {tag.attribute for tag in tags} == {"property"}
    assert pairs(tags) == [
        ("og:type", "article"),
        ("og:title", "The Delta: A river’s end"),
        ("og:description", "What the river leaves behind. And what it takes."),
        ("og:url", PAGE),
        ("og:site_name", "Marginalia"),
        ("og:locale", "en_GB"),
        ("og:locale:alternate", "tr_TR"),
        ("og:locale:alternate", "ru_RU"),
        ("article:published_time", "2026-11-03"),
        ("article:author", f"{BASE}/en/authors/ada.html"),
        ("article:author", f"{BASE}/en/authors/editors.html"),
        ("article:tag", "rivers"),
        ("article:tag", "İstanbul"),
        ("article:tag", "дельта"),
    ]


def test_an_author_without_a_page_on_the_web_is_known_by_the_orcid_or_not_at_all() -> None:
    work = replace(WHOLE, authors=(replace(ADA, address="../authors/ada.html"), person("Bob")))
    assert contents(open_graph(work), "article:author") == ["https://orcid.org/0000-0002-1825-0097"]


def test_a_long_abstract_is_shortened_for_those_who_show_a_link() -> None:
    (description,) = contents(open_graph(replace(WHOLE, abstract="word " * 200)), "og:description")
    assert len(description) <= 300
    assert description.endswith("word…")


@pytest.mark.parametrize(
    ("language", "locale"),
    [
        *(("en", "en_GB"), ("en-US", "en_US"), ("tr", "tr_TR"), ("ru", "ru_RU"), ("fa", "fa_IR"), ("pt-BR", "pt_BR")),
        *(("zh-Hant", "zh_TW"), ("zh-Hans", "zh_CN"), ("sr-Latn", "sr_RS"), ("de-1996", "de_DE")),
        *(("", ""), ("x", ""), ("qqq", ""), ("<script>", "")),
    ],
)
def test_a_language_gets_its_likely_territory(language: str, locale: str) -> None:
    assert territorial(language) == locale


def test_two_editions_of_one_territory_are_one_locale() -> None:
    others = (Translation("sr-Cyrl", PAGE), Translation("sr-Latn", PAGE), Translation("en-GB", PAGE))
    tags = open_graph(replace(WHOLE, translations=others))
    assert contents(tags, "og:locale:alternate") == ["sr_RS"]


def test_a_page_that_is_not_an_article_is_described_as_a_website() -> None:
    assert pairs(website("Index\x00", "Marginalia", f"{BASE}/tr/", "tr")) == [
        ("og:type", "website"),
        ("og:title", "Index"),
        ("og:url", f"{BASE}/tr/"),
        ("og:site_name", "Marginalia"),
        ("og:locale", "tr_TR"),
    ]
    assert contents(website("x", "", SCRIPT, "tr"), "og:url") == []


def test_signposting_links_what_the_profile_requires() -> None:
    assert signposting(WHOLE) == [
        Link("cite-as", "https://doi.org/10.5555/a%3Cb%3E%231"),
        Link("author", "https://orcid.org/0000-0002-1825-0097"),
        Link("author", f"{BASE}/en/authors/editors.html"),
        Link("license", "https://creativecommons.org/licenses/by/4.0/"),
        Link("type", "https://schema.org/ScholarlyArticle"),
        Link("type", "https://schema.org/AboutPage"),
        *(Link("describedby", record.address, record.media_type) for record in WHOLE.records),
        *(Link("item", copy.address, copy.media_type) for copy in WHOLE.own_copies),
    ]


def test_a_work_without_a_doi_is_cited_by_its_page() -> None:
    (cited,) = (link for link in signposting(replace(WHOLE, doi="")) if link.rel == "cite-as")
    assert cited.href == PAGE


def test_signposting_links_to_files_beside_the_page_are_relative() -> None:
    copy = Copy("application/pdf", "../downloads/delta.pdf", "PDF")
    found = signposting(replace(WHOLE, doi="", address="", copies=(copy,)))
    assert Link("item", "../downloads/delta.pdf", "application/pdf") in found
    assert all(link.rel != "cite-as" for link in found)


def test_a_link_is_printed_once_and_only_with_a_valid_address() -> None:
    one = Link("author", "ada.html")
    assert link_elements([one, one, Link("author", SCRIPT), Link("author", "")]) == [one]


def test_a_hostile_article_has_no_unsafe_text_or_links() -> None:
    tags = all_metas(HOSTILE)
    assert contents(tags, "citation_title") == [f"{TAMED}: {'T' * 400}"]
    assert contents(tags, "DC.subject") == [TAMED, "a/b"]
    assert len(contents(tags, "citation_author")) == 2
    assert contents(tags, "citation_author_orcid") == contents(tags, "article:author") == []
    assert not any("script:" in tag.content or "data:" in tag.content for tag in tags)
    assert {link.rel for link in signposting(HOSTILE)} == {"type"}


def test_an_empty_element_is_not_printed() -> None:
    assert meta_elements([("a", " \n\x00"), ("b", "x \n y")]) == [Meta("b", "x y")]
