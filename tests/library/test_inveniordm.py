"""Records for InvenioRDM, by the fields and vocabularies of its version 13."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fleuron.metadata.deposits.inveniordm import inveniordm
from fleuron.metadata.work import Work, person
from fleuron.publication.licence import licence_of
from tests.support.article_works import ALL, BARE, BASE, IN_TURKISH, PAGE, RUSSIAN, TAMED, TURKISH, WHOLE
from tests.support.library_articles import FROM_PERSIAN, IN_PERSIAN, PERSIAN, SLY, leads_astray, leaves, read_json

ARTICLE = {"id": "publication-article"}


def read(work: Work, *editions: Work) -> dict[str, Any]:
    record = read_json(inveniordm(work, editions))
    assert record["access"] == {"record": "public", "files": "public"}
    assert record["files"] == {"enabled": True}
    return record


def metadata_of(work: Work, *editions: Work) -> dict[str, Any]:
    metadata = read(work, *editions)["metadata"]
    assert isinstance(metadata, dict)
    return metadata


def test_an_article_is_described() -> None:
    record = read(WHOLE)
    assert record["pids"] == {"doi": {"identifier": "10.5555/a<b>#1", "provider": "external"}}
    assert record["custom_fields"] == {"journal:journal": {"title": "Marginalia"}}
    assert record["metadata"] == {
        "resource_type": ARTICLE,
        "creators": [
            {
                "person_or_org": {
                    "type": "personal",
                    "given_name": "Ada",
                    "family_name": "van der Lovelace",
                    "identifiers": [{"scheme": "orcid", "identifier": "0000-0002-1825-0097"}],
                },
                "affiliations": [{"name": "University of Somewhere"}],
            },
            {"person_or_org": {"type": "organizational", "name": "The Editors, a Desk"}},
        ],
        "title": "The Delta",
        "additional_titles": [{"title": "A river’s end", "type": {"id": "subtitle"}, "lang": {"id": "eng"}}],
        "publication_date": "2026-11-03",
        "publisher": "The Press",
        "description": "What the river leaves behind. And what it takes.",
        "languages": [{"id": "eng"}],
        "subjects": [{"subject": word} for word in ("rivers", "İstanbul", "дельта")],
        "rights": [{"id": "cc-by-4.0"}],
        "identifiers": [{"identifier": PAGE, "scheme": "url"}],
        "related_identifiers": [
            *(
                {
                    "identifier": other.address,
                    "scheme": "url",
                    "relation_type": {"id": "hastranslation"},
                    "resource_type": ARTICLE,
                }
                for other in (TURKISH, RUSSIAN)
            ),
            {
                "identifier": f"{BASE}/en/index.html",
                "scheme": "url",
                "relation_type": {"id": "ispublishedin"},
                "resource_type": {"id": "publication-journal"},
            },
        ],
        "sizes": ["84000 bytes"],
        "formats": ["application/pdf"],
    }


def test_missing_values_are_left_out() -> None:
    record = read(BARE)
    assert list(record) == ["access", "files", "metadata"]
    assert record["metadata"] == {"resource_type": ARTICLE, "title": "Bare", "languages": [{"id": "eng"}]}
    assert "languages" not in metadata_of(replace(BARE, language="qq"))


def related(work: Work, *editions: Work) -> list[tuple[str, str, str]]:
    found = metadata_of(work, *editions)["related_identifiers"]
    return [(each["relation_type"]["id"], each["scheme"], each["identifier"]) for each in found][:-1]


def test_a_translation_and_its_original_link_each_other() -> None:
    assert related(IN_TURKISH, WHOLE) == [("istranslationof", "url", PAGE)]
    assert related(FROM_PERSIAN) == [("istranslationof", "url", PERSIAN.address)]
    assert related(FROM_PERSIAN, IN_PERSIAN) == [("istranslationof", "doi", "10.5555/fa")]
    assert related(IN_PERSIAN, FROM_PERSIAN) == [("hastranslation", "doi", "10.5555/ru")]


def test_the_other_editions_are_described_in_their_languages() -> None:
    russian = {"title": "Ёлка в дельте: «начало»", "type": {"id": "translated-title"}, "lang": {"id": "rus"}}
    persian = {"title": "دلتای رود: پایان یک رود", "type": {"id": "alternative-title"}, "lang": {"id": "fas"}}
    original, translation = metadata_of(IN_PERSIAN, FROM_PERSIAN), metadata_of(FROM_PERSIAN, IN_PERSIAN)
    assert original["additional_titles"][1:] == [russian]
    assert translation["additional_titles"] == [persian]
    assert translation["additional_descriptions"] == [
        {"description": "آنچه رود به جا می‌گذارد.", "type": {"id": "abstract"}, "lang": {"id": "fas"}}
    ]
    assert original["languages"] == [{"id": "fas"}]
    assert original["creators"][0] == {
        "person_or_org": {"type": "personal", "given_name": "صادق", "family_name": "هدایت"}
    }


def test_a_name_that_is_not_split_is_a_family_name() -> None:
    (creator,) = metadata_of(replace(BARE, authors=(person("Colette"),)))["creators"]
    assert creator == {"person_or_org": {"type": "personal", "family_name": "Colette"}}
    (creator,) = metadata_of(replace(BARE, publisher="The Press"))["creators"]
    assert creator == {"person_or_org": {"type": "organizational", "name": "The Press"}}


@pytest.mark.parametrize(
    ("written", "rights"),
    [
        ("CC0-1.0", {"id": "cc0-1.0"}),
        ("CC-BY-NC-SA-3.0", {"id": "cc-by-nc-sa-3.0"}),
        ("Made-Up", {"title": {"en": "Made-Up"}, "link": "https://spdx.org/licenses/Made-Up.html"}),
        ("<b>", {"title": {"en": "<b>"}}),
    ],
)
def test_a_licence_is_given_as_the_vocabulary_requires(written: str, rights: dict[str, Any]) -> None:
    assert metadata_of(replace(BARE, licence=licence_of(written)))["rights"] == [rights]


def test_no_entry_is_repeated() -> None:
    record = metadata_of(replace(WHOLE, keywords=("a", "a ", " "), copies=WHOLE.copies * 2))
    assert record["subjects"] == [{"subject": "a"}]
    assert (record["sizes"], record["formats"]) == (["84000 bytes"], ["application/pdf"])


def test_a_description_is_html_and_a_title_is_not() -> None:
    record = metadata_of(replace(WHOLE, title="a < b & c", abstract='a < b & "c"'))
    assert record["title"] == "a < b & c"
    assert record["description"] == 'a &lt; b &amp; "c"'


@pytest.mark.parametrize("work", [*ALL.values(), SLY], ids=[*ALL, "sly"])
def test_every_article_can_be_read(work: Work) -> None:
    assert not any(map(leads_astray, leaves(read(work, *ALL.values()))))


def test_a_hostile_article_has_no_unsafe_links() -> None:
    record = read(SLY)
    assert "pids" not in record
    assert {"identifiers", "related_identifiers", "formats"}.isdisjoint(record["metadata"])
    assert record["metadata"]["title"] == TAMED
    assert "<" not in record["metadata"]["description"]
    assert record["metadata"]["rights"] == [{"title": {"en": "https://[broken"}}]
    person_or_org, body = (each["person_or_org"] for each in record["metadata"]["creators"])
    # An invalid ORCID iD is left out.
    assert person_or_org == {"type": "personal", "family_name": TAMED}
    assert body == {"type": "organizational", "name": TAMED}


def test_what_is_too_short_for_a_further_title_is_left_out() -> None:
    short = replace(FROM_PERSIAN, title="Да", abstract="Да")
    assert "additional_titles" not in metadata_of(replace(WHOLE, subtitle="No"))
    found = metadata_of(replace(IN_PERSIAN, subtitle=""), short)
    assert {"additional_titles", "additional_descriptions"}.isdisjoint(found)
