"""An article as JSON-LD: its properties, and that no text ends the script element around it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fleuron.metadata.page_head.schema_org import json_ld, scholarly_article
from fleuron.metadata.work import Copy, Translation, Work, person
from fleuron.publication.values.organizations import Affiliation
from tests.support.article_works import (
    ALL,
    BARE,
    BASE,
    HOSTILE,
    IN_RUSSIAN,
    IN_TURKISH,
    PAGE,
    RUSSIAN,
    SCRIPT,
    TAMED,
    TURKISH,
    WHOLE,
    parsed,
)

steady = settings(derandomize=True, database=None, deadline=None, max_examples=200)
texts = st.text(st.one_of(st.characters(), st.sampled_from("<>&/!-\"'\\\u2028\u2029")))
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), texts),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(texts, inner)),
    max_leaves=10,
)


def script_of(page: str) -> str:
    """Return the text of the one script of a page, as a browser reads it."""
    (script,) = parsed(page).iter("script")
    return script.text or ""


@steady
@given(st.dictionaries(texts, values))
def test_any_record_can_be_read_back_from_a_script_element(record: dict[str, Any]) -> None:
    written = json_ld(record)
    assert json.loads(written) == record
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(script_of(f'<title>x</title><script type="application/ld+json">{written}</script>')) == record


def test_the_order_of_keys_does_not_matter() -> None:
    assert json_ld({"b": 1, "a": {"d": 2, "c": 3}}) == json_ld({"a": {"c": 3, "d": 2}, "b": 1})


def test_letters_are_not_escaped_and_a_lone_surrogate_is() -> None:
    assert json_ld({"a": "İğ Ж é"}) == '{"a": "İğ Ж é"}'
    assert json_ld({"a": "\ud800"}).encode() == b'{"a": "\\ud800"}'


def test_an_article_is_described() -> None:
    assert scholarly_article(WHOLE) == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": PAGE,
        "url": PAGE,
        "headline": "The Delta",
        "name": "The Delta: A river’s end",
        "alternativeHeadline": "A river’s end",
        "abstract": "What the river leaves behind. And what it takes.",
        "inLanguage": "en",
        "datePublished": "2026-11-03",
        "author": [
            {
                "@type": "Person",
                "name": "Ada van der Lovelace",
                "familyName": "van der Lovelace",
                "givenName": "Ada",
                "url": f"{BASE}/en/authors/ada.html",
                "sameAs": "https://orcid.org/0000-0002-1825-0097",
                "affiliation": {"@type": "Organization", "name": "University of Somewhere"},
            },
            {"@type": "Organization", "name": "The Editors, a Desk", "url": f"{BASE}/en/authors/editors.html"},
        ],
        "keywords": ["rivers", "İstanbul", "дельта"],
        "isPartOf": {
            "@type": "Periodical",
            "@id": f"{BASE}/en/index.html",
            "url": f"{BASE}/en/index.html",
            "name": "Marginalia",
            "encoding": [
                {
                    "@type": "MediaObject",
                    "contentUrl": f"{BASE}/en/downloads/volume.pdf",
                    "encodingFormat": "application/pdf",
                    "name": "The volume as PDF",
                    "contentSize": "2000000 B",
                },
                {
                    "@type": "MediaObject",
                    "contentUrl": f"{BASE}/en/downloads/volume.epub",
                    "encodingFormat": "application/epub+zip",
                    "name": "The volume as EPUB",
                    "contentSize": "1000 B",
                },
            ],
        },
        "publisher": {"@type": "Organization", "name": "The Press"},
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "DOI",
            "value": "10.5555/a<b>#1",
            "url": "https://doi.org/10.5555/a%3Cb%3E%231",
        },
        "sameAs": "https://doi.org/10.5555/a%3Cb%3E%231",
        "encoding": [
            {
                "@type": "MediaObject",
                "contentUrl": f"{BASE}/en/downloads/delta.pdf",
                "encodingFormat": "application/pdf",
                "name": "This article as PDF",
                "contentSize": "84000 B",
            }
        ],
        "isAccessibleForFree": True,
        "workTranslation": [
            {"@type": "ScholarlyArticle", "@id": TURKISH.address, "inLanguage": "tr"},
            {"@type": "ScholarlyArticle", "@id": RUSSIAN.address, "inLanguage": "ru"},
        ],
    }


def test_missing_values_are_left_out() -> None:
    assert scholarly_article(BARE) == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": "Bare",
        "name": "Bare",
        "inLanguage": "en",
        "isAccessibleForFree": True,
    }


@pytest.mark.parametrize("work", [IN_TURKISH, IN_RUSSIAN])
def test_a_translation_links_its_original_and_no_translations(work: Work) -> None:
    record = scholarly_article(work)
    assert record["translationOfWork"] == {"@type": "ScholarlyArticle", "@id": PAGE, "inLanguage": "en"}
    assert "workTranslation" not in record
    assert record["inLanguage"] == work.language


def test_translations_and_their_original_link_each_other() -> None:
    original = scholarly_article(WHOLE)
    for work in (IN_TURKISH, IN_RUSSIAN):
        record = scholarly_article(work)
        assert record["translationOfWork"]["@id"] == original["@id"]
        assert record["@id"] in [other["@id"] for other in original["workTranslation"]]


def test_an_original_that_was_not_built_is_not_linked() -> None:
    record = scholarly_article(replace(IN_TURKISH, translations=(RUSSIAN,)))
    assert not {"translationOfWork", "workTranslation"} & set(record)


def test_translations_with_relative_addresses_are_not_linked() -> None:
    assert "workTranslation" not in scholarly_article(replace(WHOLE, translations=(Translation("tr", "../tr/x.html"),)))


def test_files_beside_the_page_have_relative_addresses() -> None:
    copy = Copy("application/pdf", "../downloads/x.pdf", "")
    (media,) = scholarly_article(replace(WHOLE, copies=(copy,)))["encoding"]
    assert media == {"@type": "MediaObject", "contentUrl": "../downloads/x.pdf", "encodingFormat": "application/pdf"}


def test_a_headline_is_no_longer_than_search_engines_show() -> None:
    for title in ("T" * 400, "word " * 80):
        record = scholarly_article(replace(BARE, title=title))
        assert len(record["headline"]) <= 110
        assert record["headline"].endswith("…")
        assert record["name"] == title.strip()


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("work", ALL.values(), ids=ALL)
def test_every_article_can_be_read_back_from_its_page(work: Work) -> None:
    record = scholarly_article(work)
    page = f'<title>x</title><script type="application/ld+json">{json_ld(record)}</script><p>after</p>'
    assert json.loads(script_of(page)) == record
    assert [p.text for p in parsed(page).iter("p")] == ["after"]
    assert all(leaf for leaf in leaves(record))


def test_a_hostile_article_has_no_unsafe_links() -> None:
    record = scholarly_article(HOSTILE)
    assert {"@id", "url", "encoding", "license", "workTranslation"}.isdisjoint(record)
    assert record["isPartOf"] == {"@type": "Periodical", "name": TAMED}
    assert [author["name"] for author in record["author"]] == [TAMED, TAMED]
    assert all({"url", "sameAs"}.isdisjoint(author) for author in record["author"])
    assert not any(leaf.startswith((SCRIPT, "data:", "//")) for leaf in leaves(record))


def test_an_organisation_has_a_parent_organisation_and_is_not_a_person() -> None:
    desk = person("Desk", is_organization=True, affiliations=(Affiliation("University"),))
    (author,) = scholarly_article(replace(BARE, authors=(desk,)))["author"]
    assert author == {
        "@type": "Organization",
        "name": "Desk",
        "parentOrganization": {"@type": "Organization", "name": "University"},
    }
