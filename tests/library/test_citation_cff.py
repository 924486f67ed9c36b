"""CITATION.cff, read as YAML and validated by the JSON Schema of the format that the package check-jsonschema has."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from fleuron.metadata.library.citation_cff import citation_cff
from fleuron.metadata.volume import Volume
from fleuron.metadata.work import Person, Work, person
from fleuron.publication.licence import licence_of
from tests.support.article_works import (
    ADA,
    ALL,
    BARE,
    BASE,
    DESK,
    EVIL,
    HOSTILE,
    IN_RUSSIAN,
    IN_TURKISH,
    PAGE,
    SCRIPT,
    TAMED,
    WHOLE,
)
from tests.support.library_articles import FROM_PERSIAN, IN_PERSIAN, SLY, is_clean, is_whole, leads_astray, leaves

SCHEMAS = "check_jsonschema.builtin_schemas.vendor"
VOLUME = Volume(
    title="Marginalia: a review",
    abstract="A review of\nrivers.",
    authors=(DESK, ADA),
    version="1.10",
    date=datetime.date(2026, 11, 4),
    licence=licence_of("CC-BY-4.0"),
    doi="10.5555/marginalia.1.10",
    publisher="The Press",
    address=f"{BASE}/en/index.html",
    keywords=("rivers", "rivers ", "yes"),
)
LOVELACE = {
    "family-names": "Lovelace",
    "given-names": "Ada",
    "name-particle": "van der",
    "affiliation": "University of Somewhere",
    "orcid": "https://orcid.org/0000-0002-1825-0097",
    "website": f"{BASE}/en/authors/ada.html",
}
EDITORS = {"name": "The Editors, a Desk", "website": f"{BASE}/en/authors/editors.html"}


@cache
def validator() -> Draft7Validator:
    return Draft7Validator(json.loads(files(SCHEMAS).joinpath("citation-file-format.json").read_text("utf-8")))


def faults(record: Any) -> list[str]:
    return sorted(error.message for error in validator().iter_errors(record))


def read(works: Sequence[Work] = (), volume: Volume = VOLUME) -> dict[str, Any]:
    """Read a file, and check what all have in common."""
    written = citation_cff(works, volume)
    written.encode()
    assert written.endswith("\n")
    # A reader that guesses the types of plain texts finds none but texts.
    record = yaml.safe_load(written)
    assert record == yaml.load(written, yaml.BaseLoader)
    assert not faults(record)
    assert is_whole(record)
    assert all(is_clean(text) and not leads_astray(text) for text in leaves(record))
    assert isinstance(record, dict)
    return record


def test_a_publication_is_described() -> None:
    record = read()
    described: dict[str, Any] = {
        "title": "Marginalia: a review",
        "authors": [EDITORS, LOVELACE],
        "version": "1.10",
        "abstract": "A review of rivers.",
        "keywords": ["rivers", "yes"],
        "doi": "10.5555/marginalia.1.10",
        "url": f"{BASE}/en/index.html",
        "license": "CC-BY-4.0",
    }
    assert record == {
        "cff-version": "1.2.0",
        "message": "If you cite this publication, please cite it as below.",
        "type": "dataset",
        **described,
        "date-released": "2026-11-04",
        "preferred-citation": {
            "type": "edited-work",
            **described,
            "publisher": {"name": "The Press"},
            "date-published": "2026-11-04",
        },
    }
    assert list(record)[:4] == ["cff-version", "message", "type", "title"]


def test_its_articles_are_references() -> None:
    (reference,) = read([WHOLE])["references"]
    assert reference == {
        "type": "article",
        "title": "The Delta: A river’s end",
        "authors": [LOVELACE, EDITORS],
        "journal": "Marginalia",
        "publisher": {"name": "The Press"},
        "date-published": "2026-11-03",
        "languages": ["en"],
        "abstract": "What the river leaves behind. And what it takes.",
        "keywords": ["rivers", "İstanbul", "дельта"],
        # The format takes no “<” in a DOI.
        "identifiers": [{"type": "url", "value": "https://doi.org/10.5555/a%3Cb%3E%231"}],
        "url": PAGE,
        "license": "CC-BY-4.0",
    }


def test_a_translation_names_its_original() -> None:
    references = read([WHOLE, IN_TURKISH, IN_PERSIAN, FROM_PERSIAN])["references"]
    assert [reference.get("notes") for reference in references] == [
        None,
        f"Translation of {PAGE}",
        None,
        "Translation of https://doi.org/10.5555/fa",
    ]
    assert [reference["languages"] for reference in references] == [["en"], ["tr"], ["fa"], ["ru"]]
    assert references[2]["doi"] == "10.5555/fa"
    assert references[2]["title"] == "دلتای رود: پایان یک رود"
    assert references[3]["authors"] == [{"family-names": "Толстой", "given-names": "Лев Николаевич"}]


def test_a_publication_without_editors_is_by_its_authors_or_its_publisher() -> None:
    nameless = replace(VOLUME, authors=(person(" "),))
    assert read([WHOLE, WHOLE, IN_TURKISH], nameless)["authors"] == [
        LOVELACE,
        EDITORS,
        {"family-names": "Çağlayan", "given-names": "Ömer Seyfettin"},
    ]
    assert read([BARE], nameless)["authors"] == [{"name": "The Press"}]
    assert citation_cff([BARE], replace(nameless, publisher=" \x00")) == ""
    assert citation_cff([WHOLE], replace(VOLUME, title="\x00")) == ""


def test_a_name_that_is_not_split_stays_whole() -> None:
    (reference,) = read([replace(WHOLE, authors=(person("Colette"), Person("\x00")))])["references"]
    assert reference["authors"] == [{"name": "Colette"}]


def test_an_article_without_authors_or_listed_before_is_not_a_reference() -> None:
    assert "references" not in read([BARE])
    assert len(read([WHOLE, BARE, WHOLE])["references"]) == 1


def test_missing_values_are_left_out() -> None:
    assert read(volume=Volume("Bare", publisher="P")) == {
        "cff-version": "1.2.0",
        "message": "If you cite this publication, please cite it as below.",
        "type": "dataset",
        "title": "Bare",
        "authors": [{"name": "P"}],
        "preferred-citation": {
            "type": "edited-work",
            "title": "Bare",
            "authors": [{"name": "P"}],
            "publisher": {"name": "P"},
        },
    }


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("CC0-1.0", {"license": "CC0-1.0"}),
        ("CC-BY-NC-ND-2.5", {"license": "CC-BY-NC-ND-2.5"}),
        ("Made-Up", {"license-url": "https://spdx.org/licenses/Made-Up.html"}),
        ("https://example.org/terms", {"license-url": "https://example.org/terms"}),
        ("<b>", {}),
        ("", {}),
    ],
)
def test_a_licence_is_given_as_the_format_requires(written: str, expected: dict[str, str]) -> None:
    record = read(volume=replace(VOLUME, licence=licence_of(written)))
    assert {name: record[name] for name in ("license", "license-url") if name in record} == expected


@pytest.mark.parametrize(
    "text", ["yes", "null", "1.0", "2026-11-04", "- a", "a: b", "# x", "'", '"', "*x", "{", "!!x y"]
)
def test_any_text_is_read_back_as_text(text: str) -> None:
    record = read([replace(WHOLE, title=text, subtitle="")], replace(VOLUME, title=text, version=text))
    assert record["title"] == record["version"] == record["references"][0]["title"] == text


def test_a_hostile_publication_has_no_unsafe_links() -> None:
    bad = Volume(
        title=EVIL,
        abstract=EVIL,
        authors=HOSTILE.authors,
        version=EVIL,
        licence=licence_of("https://[broken"),
        doi=SCRIPT,
        address=SCRIPT,
        keywords=(EVIL, " "),
    )
    record = read([*ALL.values(), SLY], bad)
    assert record["title"] == record["abstract"] == record["version"] == TAMED
    assert {"doi", "identifiers", "url", "license", "license-url"}.isdisjoint(record)
    assert len(record["references"]) == 4
    # A person without a name is left out.
    assert record["authors"] == [{"name": TAMED}]
    (reference,) = read([replace(IN_PERSIAN, address=SCRIPT, authors=(person("Colette"),))])["references"]
    assert "url" not in reference
    assert read([IN_RUSSIAN])["references"][0]["title"] == "Ёлка в дельте: «начало»"


def test_the_schema_finds_errors() -> None:
    assert faults(read() | {"type": "review", "doi": "x"})
