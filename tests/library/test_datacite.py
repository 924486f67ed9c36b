"""Records for DataCite, validated by the JSON Schema that the package datacite has."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft201909Validator

from fleuron.metadata.deposits.datacite import datacite, datacite_of_version
from fleuron.metadata.work import Work, person
from fleuron.publication.licence import licence_of
from fleuron.publication.values.organizations import Affiliation
from tests.support.article_works import (
    ALL,
    BARE,
    BASE,
    DESK,
    HOSTILE,
    IN_TURKISH,
    OWN_PDF,
    PAGE,
    RUSSIAN,
    TAMED,
    TURKISH,
    WHOLE,
)
from tests.support.library_articles import FROM_PERSIAN, IN_PERSIAN, PERSIAN, SLY, leads_astray, leaves, read_json

PAGE_OF_REVIEW = f"{BASE}/en/index.html"


@cache
def validator() -> Draft201909Validator:
    """Return the schema of 4.5, with the two relations and the contributors that 4.6 brought."""
    schema = json.loads(files("datacite").joinpath("schemas/datacite-v4.5.json").read_text("utf-8"))
    schema["definitions"]["relationType"]["enum"] += ["IsTranslationOf", "HasTranslation"]
    schema["definitions"]["contributorType"]["enum"].append("Translator")
    return Draft201909Validator(schema)


def faults(record: dict[str, Any]) -> list[str]:
    return sorted(error.message for error in validator().iter_errors(record))


def test_an_article_is_described() -> None:
    assert read_json(datacite(WHOLE)) == {
        # A suffix may have any sign (DOI Handbook, 2.2.1).
        "doi": "10.5555/a<b>#1",
        "prefix": "10.5555",
        "suffix": "a<b>#1",
        "url": PAGE,
        "creators": [
            {
                "name": "van der Lovelace, Ada",
                "nameType": "Personal",
                "givenName": "Ada",
                "familyName": "van der Lovelace",
                "nameIdentifiers": [
                    {
                        "nameIdentifier": "https://orcid.org/0000-0002-1825-0097",
                        "nameIdentifierScheme": "ORCID",
                        "schemeUri": "https://orcid.org",
                    }
                ],
                "affiliation": [{"name": "University of Somewhere"}],
            },
            {"name": "The Editors, a Desk", "nameType": "Organizational"},
        ],
        "titles": [
            {"title": "The Delta", "lang": "en"},
            {"title": "A river’s end", "titleType": "Subtitle", "lang": "en"},
        ],
        "publisher": {"name": "The Press"},
        "publicationYear": "2026",
        "subjects": [{"subject": word, "lang": "en"} for word in ("rivers", "İstanbul", "дельта")],
        "dates": [{"date": "2026-11-03", "dateType": "Issued"}],
        "language": "en",
        "types": {"resourceTypeGeneral": "JournalArticle"},
        "relatedIdentifiers": [
            {
                "relatedIdentifier": other.address,
                "relatedIdentifierType": "URL",
                "relationType": "HasTranslation",
                "resourceTypeGeneral": "JournalArticle",
            }
            for other in (TURKISH, RUSSIAN)
        ],
        "relatedItems": [
            {
                "relatedItemIdentifier": {"relatedItemIdentifier": PAGE_OF_REVIEW, "relatedItemIdentifierType": "URL"},
                "relatedItemType": "Journal",
                "relationType": "IsPublishedIn",
                "titles": [{"title": "Marginalia"}],
                "publisher": "The Press",
            }
        ],
        "sizes": ["84000 bytes"],
        "formats": ["application/pdf"],
        "rightsList": [
            {
                "rights": "CC BY 4.0",
                "rightsUri": "https://creativecommons.org/licenses/by/4.0/",
                "rightsIdentifier": "CC-BY-4.0",
                "rightsIdentifierScheme": "SPDX",
                "schemeUri": "https://spdx.org/licenses/",
            }
        ],
        "descriptions": [
            {
                "description": "What the river leaves behind. And what it takes.",
                "descriptionType": "Abstract",
                "lang": "en",
            }
        ],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }


@pytest.mark.parametrize("work", [WHOLE, IN_TURKISH, IN_PERSIAN, FROM_PERSIAN])
def test_a_record_that_can_be_registered_is_valid(work: Work) -> None:
    assert not faults(read_json(datacite(work, [WHOLE, IN_PERSIAN])))


@pytest.mark.parametrize("work", [*ALL.values(), SLY], ids=[*ALL, "sly"])
def test_only_missing_values_are_reported(work: Work) -> None:
    lacking = {f"'{field}' is a required property" for field in ("creators", "publisher", "publicationYear")}
    assert set(faults(read_json(datacite(work)))) <= lacking


def test_the_publisher_is_the_creator_of_an_unsigned_article() -> None:
    record = read_json(datacite(replace(WHOLE, authors=())))
    assert record["creators"] == [{"name": WHOLE.publisher, "nameType": "Organizational"}]
    assert not faults(record)


def test_the_schema_finds_errors() -> None:
    record = read_json(datacite(WHOLE))
    assert faults(record | {"types": {"resourceTypeGeneral": "Essay"}, "doi": "x"})


NAMELESS_PLACE = person("A B", affiliations=(Affiliation(" "),))


def test_missing_values_are_left_out() -> None:
    assert read_json(datacite(BARE)) == {
        "titles": [{"title": "Bare", "lang": "en"}],
        "language": "en",
        "types": {"resourceTypeGeneral": "JournalArticle"},
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }


def test_a_hostile_article_has_no_unsafe_links() -> None:
    record = read_json(datacite(SLY))
    assert {"doi", "prefix", "suffix", "url", "relatedIdentifiers", "formats"}.isdisjoint(record)
    assert record["titles"][0] == {"title": TAMED, "lang": "en"}
    assert [creator["name"] for creator in record["creators"]] == [TAMED, TAMED]
    assert all("nameIdentifiers" not in creator for creator in record["creators"])
    assert record["rightsList"] == [{"rights": "https://[broken"}]
    assert record["relatedItems"][0]["titles"] == [{"title": TAMED}]
    assert [each["subject"] for each in record["subjects"]] == [TAMED, "a/b"]
    assert not any(map(leads_astray, leaves(record)))


def related(work: Work, *editions: Work) -> list[tuple[str, str, str]]:
    found = read_json(datacite(work, editions)).get("relatedIdentifiers", [])
    return [(each["relationType"], each["relatedIdentifierType"], each["relatedIdentifier"]) for each in found]


def test_a_translation_and_its_original_link_each_other_by_their_dois() -> None:
    both = (IN_PERSIAN, FROM_PERSIAN)
    assert related(IN_PERSIAN, *both) == [("HasTranslation", "DOI", "10.5555/ru")]
    assert related(FROM_PERSIAN, *both) == [("IsTranslationOf", "DOI", "10.5555/fa")]
    assert related(FROM_PERSIAN) == [("IsTranslationOf", "URL", PERSIAN.address)]


def test_a_doi_that_editions_share_does_not_link_them() -> None:
    assert related(IN_TURKISH, WHOLE) == [("IsTranslationOf", "URL", PAGE)]


def test_another_article_is_not_an_edition_of_this_one() -> None:
    other = replace(FROM_PERSIAN, name="source")
    assert related(IN_PERSIAN, other) == [("HasTranslation", "URL", RUSSIAN.address)]


def test_names_keep_their_script() -> None:
    creators = read_json(datacite(IN_PERSIAN))["creators"]
    assert creators[0] == {
        "name": "هدایت, صادق",
        "nameType": "Personal",
        "givenName": "صادق",
        "familyName": "هدایت",
    }
    assert creators[1] == {"name": "انجمن ویراستاران", "nameType": "Organizational"}


def test_blank_values_are_left_out() -> None:
    unsized = replace(OWN_PDF, size=None, media_type=" \x00")
    blank = replace(
        WHOLE,
        publication=" ",
        publisher="\x00",
        copies=(unsized,),
        authors=(NAMELESS_PLACE,),
    )
    record = read_json(datacite(blank))
    assert {"relatedItems", "publisher", "sizes", "formats"}.isdisjoint(record)
    assert list(record["creators"][0]) == ["name", "nameType", "givenName", "familyName"]


def test_no_entry_is_repeated() -> None:
    twice = replace(WHOLE, keywords=("a", " a ", "b"), copies=WHOLE.copies * 2, authors=(DESK,))
    record = read_json(datacite(twice))
    assert [each["subject"] for each in record["subjects"]] == ["a", "b"]
    assert (record["sizes"], record["formats"]) == (["84000 bytes"], ["application/pdf"])


@pytest.mark.parametrize(
    ("written", "identifier"),
    [
        ("CC0-1.0", "CC0-1.0"),
        ("CC-BY-NC-SA-3.0", "CC-BY-NC-SA-3.0"),
        ("MIT", "MIT"),
        ("CC-BY-9.9", ""),
        ("https://example.org/terms", ""),
        ("<b>", ""),
    ],
)
def test_a_licence_has_its_spdx_identifier_if_there_is_one(written: str, identifier: str) -> None:
    (rights,) = read_json(datacite(replace(BARE, licence=licence_of(written))))["rightsList"]
    assert rights.get("rightsIdentifier", "") == identifier
    assert ("rightsIdentifierScheme" in rights) == bool(identifier)


def test_the_same_article_makes_the_same_record() -> None:
    assert datacite(HOSTILE) == datacite(replace(HOSTILE))


VERSION: dict[str, Any] = {
    "version": "v1.0",
    "version_doi": "10.5555/1.v1.0",
    "version_address": f"{BASE}/versions/v1.0/en/x.html",
}


def test_a_version_with_a_doi_of_its_own_is_registered_beside_the_article() -> None:
    released = replace(WHOLE, doi="10.5555/1", **VERSION)
    of_all, of_one = read_json(datacite(released)), read_json(datacite_of_version(released))
    assert faults(of_all) == faults(of_one) == []
    assert (of_all["doi"], of_one["doi"]) == ("10.5555/1", "10.5555/1.v1.0")
    assert (of_all["url"], of_one["url"]) == (PAGE, VERSION["version_address"])
    assert of_one["version"] == "v1.0"

    def versions(record: dict[str, Any]) -> dict[str, str]:
        related = record["relatedIdentifiers"]
        return {
            each["relationType"]: each["relatedIdentifier"] for each in related if "Version" in each["relationType"]
        }

    assert versions(of_all) == {"HasVersion": "10.5555/1.v1.0"}
    assert versions(of_one) == {"IsVersionOf": "10.5555/1"}
    assert datacite_of_version(replace(released, version_doi="")) == datacite_of_version(WHOLE) == ""


def test_the_version_of_an_article_with_one_doi_has_the_titles_of_its_translations() -> None:
    english, turkish = (replace(each, doi="10.5555/1", **VERSION) for each in (WHOLE, IN_TURKISH))
    titles = read_json(datacite_of_version(english, [english, turkish]))["titles"]
    assert [each["title"] for each in titles if each.get("titleType") == "TranslatedTitle"] == [turkish.full_title]
