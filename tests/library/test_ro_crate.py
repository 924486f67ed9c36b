"""RO-Crates, read as JSON-LD and by the package rocrate."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rocrate.rocrate import ROCrate  # type: ignore[import-untyped]  # rocrate 0.16

from fleuron.metadata.library.ro_crate import FILE_NAME, PREVIEW, ro_crate
from fleuron.metadata.volume import File, Program, Volume
from fleuron.metadata.work import Work, person
from fleuron.publication.licence import licence_of
from fleuron.publication.values.organizations import Affiliation
from tests.support.article_works import (
    ADA,
    ALL,
    BARE,
    BASE,
    DESK,
    EVIL,
    HOSTILE,
    IN_TURKISH,
    PAGE,
    RUSSIAN,
    SCRIPT,
    TAMED,
    TURKISH,
    WHOLE,
)
from tests.support.library_articles import (
    FROM_PERSIAN,
    IN_PERSIAN,
    SLY,
    is_clean,
    is_whole,
    leads_astray,
    leaves,
    read_json,
)

SUM = "0123456789abcdef" * 8
VOLUME = Volume(
    title="Marginalia",
    abstract="A review of\nrivers.",
    authors=(DESK,),
    version="1.2",
    date=datetime.date(2026, 11, 4),
    licence=licence_of("CC-BY-4.0"),
    doi="10.5555/marginalia.1.2",
    publisher="The Press",
    address=f"{BASE}/en/index.html",
    keywords=("rivers",),
)
PDF = File("pdf/en/the delta.pdf", "application/pdf", "The Delta", 84_000, SUM, "delta", "en")
EPUB = File("epub/книга.epub", "application/epub+zip", size=0)
BAD = replace(
    VOLUME,
    title=EVIL,
    abstract=EVIL,
    version=EVIL,
    doi=SCRIPT,
    licence=licence_of("https://[broken"),
    address=SCRIPT,
    publisher=EVIL,
    authors=(person(EVIL), person(" ")),
    keywords=(EVIL, " "),
)


def read(volume: Volume, works: Sequence[Work] = (), files: Sequence[File] = ()) -> dict[str, dict[str, Any]]:
    """Return the entities by their identifiers, and check what all files have in common."""
    record = read_json(ro_crate(volume, works, files))
    assert list(record) == ["@context", "@graph"]
    entities = {entity["@id"]: entity for entity in record["@graph"]}
    assert len(entities) == len(record["@graph"])
    assert entities[FILE_NAME] == {
        "@id": FILE_NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    for entity in record["@graph"]:
        for name, value in entity.items():
            # The graph is flat: an object is a reference, and what it refers to is in the crate.
            refs = [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]
            assert all(list(each) == ["@id"] for each in refs)
            if name != "conformsTo":
                assert {each["@id"] for each in refs} <= set(entities)
    return entities


def refs(*identifiers: str) -> list[dict[str, str]]:
    return [{"@id": identifier} for identifier in identifiers]


def test_a_volume_is_described() -> None:
    entities = read(VOLUME, [WHOLE], [PDF, EPUB])
    assert entities["./"] == {
        "@id": "./",
        "@type": "Dataset",
        "name": "Marginalia",
        "description": "A review of rivers.",
        "version": "1.2",
        "datePublished": "2026-11-04",
        "license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
        "identifier": "https://doi.org/10.5555/marginalia.1.2",
        "url": f"{BASE}/en/index.html",
        "author": refs("#organization-The%20Editors%2C%20a%20Desk"),
        "publisher": {"@id": "#organization-The%20Press"},
        "keywords": ["rivers"],
        "hasPart": refs("pdf/en/the%20delta.pdf", "epub/%D0%BA%D0%BD%D0%B8%D0%B3%D0%B0.epub"),
        "mentions": refs(PAGE),
    }
    assert entities["https://creativecommons.org/licenses/by/4.0/"] == {
        "@id": "https://creativecommons.org/licenses/by/4.0/",
        "@type": "CreativeWork",
        "name": "CC BY 4.0",
    }


def test_a_file_is_described() -> None:
    entities = read(VOLUME, [WHOLE], [PDF, EPUB])
    assert entities["pdf/en/the%20delta.pdf"] == {
        "@id": "pdf/en/the%20delta.pdf",
        "@type": "File",
        "name": "The Delta",
        "encodingFormat": "application/pdf",
        "contentSize": "84000",
        "sha512": SUM,
        "inLanguage": "en",
    }
    assert entities["epub/%D0%BA%D0%BD%D0%B8%D0%B3%D0%B0.epub"] == {
        "@id": "epub/%D0%BA%D0%BD%D0%B8%D0%B3%D0%B0.epub",
        "@type": "File",
        "encodingFormat": "application/epub+zip",
        "contentSize": "0",
    }


def test_an_article_is_described() -> None:
    entities = read(
        VOLUME, [WHOLE, replace(BARE, language="de")], [PDF, replace(PDF, path="x.pdf", language="de"), EPUB]
    )
    assert entities[PAGE] == {
        "@id": PAGE,
        "@type": "ScholarlyArticle",
        "name": "The Delta: A river’s end",
        "abstract": "What the river leaves behind. And what it takes.",
        "author": refs("https://orcid.org/0000-0002-1825-0097", "#organization-The%20Editors%2C%20a%20Desk"),
        "inLanguage": "en",
        "datePublished": "2026-11-03",
        "keywords": ["rivers", "İstanbul", "дельта"],
        "identifier": "https://doi.org/10.5555/a%3Cb%3E%231",
        "url": PAGE,
        "license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
        "isPartOf": {"@id": "./"},
        "encoding": refs("pdf/en/the%20delta.pdf"),
        "workTranslation": refs(TURKISH.address, RUSSIAN.address),
    }
    assert entities["https://orcid.org/0000-0002-1825-0097"] == {
        "@id": "https://orcid.org/0000-0002-1825-0097",
        "@type": "Person",
        "name": "Ada van der Lovelace",
        "givenName": "Ada",
        "familyName": "van der Lovelace",
        "url": f"{BASE}/en/authors/ada.html",
        "affiliation": {"@id": "#organization-University%20of%20Somewhere"},
    }
    assert entities["#organization-The%20Editors%2C%20a%20Desk"]["@type"] == "Organization"
    # An edition that is not in the crate is told of as far as it is known.
    assert entities[TURKISH.address] == {
        "@id": TURKISH.address,
        "@type": "ScholarlyArticle",
        "inLanguage": "tr",
        "url": TURKISH.address,
    }


def test_the_checksum_has_its_term_in_the_context() -> None:
    plain = "https://w3id.org/ro/crate/1.1/context"
    assert read_json(ro_crate(VOLUME, [], [EPUB]))["@context"] == plain
    assert read_json(ro_crate(VOLUME, [], [PDF]))["@context"] == [
        plain,
        {"sha512": "https://w3id.org/ro/terms/workflow-run#sha512"},
    ]
    assert "sha512" not in read(VOLUME, [], [replace(PDF, sha512="x" * 128)])["pdf/en/the%20delta.pdf"]


def test_the_format_of_a_file_is_told_by_its_identifier_in_pronom() -> None:
    address = "https://www.nationalarchives.gov.uk/PRONOM/fmt/479"
    entities = read(VOLUME, [], [replace(PDF, format_name="PDF/A-3a", format_address=address), EPUB])
    assert entities["pdf/en/the%20delta.pdf"]["encodingFormat"] == ["application/pdf", {"@id": address}]
    assert entities[address] == {"@id": address, "@type": "WebSite", "name": "PDF/A-3a"}
    assert "encodingFormat" not in read(VOLUME, [], [File("x", format_address=SCRIPT)])["x"]


def test_the_program_and_the_preview_page_are_told() -> None:
    identifier = f"swh:1:dir:{'0' * 40}"
    record = read_json(ro_crate(VOLUME, [], [PDF], Program("Fleuron", "1.2", identifier)))
    entities = {entity["@id"]: entity for entity in record["@graph"]}
    program = f"https://archive.softwareheritage.org/{identifier}"
    assert entities["./"]["mentions"] == refs("#build")
    assert entities["#build"]["instrument"] == {"@id": program}
    assert (entities[program]["@type"], entities[program]["softwareVersion"]) == ("SoftwareApplication", "1.2")
    assert entities["ro-crate-preview.html"]["about"] == {"@id": "./"}


def test_editions_in_the_crate_link_each_other() -> None:
    entities = read(VOLUME, [IN_TURKISH, WHOLE])
    assert entities[TURKISH.address]["translationOfWork"] == {"@id": PAGE}
    assert "workTranslation" not in entities[TURKISH.address]
    assert entities[PAGE]["workTranslation"] == refs(TURKISH.address, RUSSIAN.address)
    assert entities[TURKISH.address]["name"].startswith("Iğdır’da")
    assert entities["./"]["mentions"] == refs(TURKISH.address, PAGE)


def test_editions_without_addresses_link_each_other() -> None:
    entities = read(VOLUME, [replace(IN_PERSIAN, address=""), replace(FROM_PERSIAN, address="")])
    assert entities["#article-delta-fa"]["workTranslation"] == refs("#article-delta-ru")
    assert entities["#article-delta-ru"]["translationOfWork"] == {"@id": "#article-delta-fa"}
    assert entities["#article-delta-fa"]["name"] == "دلتای رود: پایان یک رود"


def test_missing_values_are_left_out() -> None:
    entities = read(Volume("Bare"), [BARE], [File("x")])
    assert list(entities.values())[1:] == [
        {
            "@id": "./",
            "@type": "Dataset",
            "name": "Bare",
            "license": "No licence is stated",
            "hasPart": refs("x"),
            "mentions": refs("#article-bare-en"),
        },
        {"@id": "x", "@type": "File"},
        {
            "@id": "#article-bare-en",
            "@type": "ScholarlyArticle",
            "name": "Bare",
            "inLanguage": "en",
            "isPartOf": {"@id": "./"},
        },
    ]
    assert "hasPart" not in read(Volume("Bare"))["./"]


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../x", "a/../../x", "a//b", "./x", "", "a/", "x\ud800", FILE_NAME, PREVIEW]
)
def test_a_file_that_is_not_in_the_folder_is_left_out(path: str) -> None:
    assert read(VOLUME, [], [replace(PDF, path=path), EPUB])["./"]["hasPart"] == refs(
        "epub/%D0%BA%D0%BD%D0%B8%D0%B3%D0%B0.epub"
    )


def test_a_path_is_quoted_as_a_uri() -> None:
    entities = read(
        VOLUME, [], [File("javascript:x"), File("https://evil.example/x".replace("//", "/")), File("a\udcff")]
    )
    assert entities["./"]["hasPart"] == refs("javascript%3Ax", "https%3A/evil.example/x", "a%FF")


def test_two_persons_of_one_name_differ_by_affiliation() -> None:
    here, there, nowhere = (person("Jo March", affiliations=(Affiliation(place),)) for place in ("Here", "There", " "))
    entities = read(VOLUME, [replace(BARE, authors=(here, there, here, nowhere, ADA))])
    assert entities["#article-bare-en"]["author"] == refs(
        "#person-Jo%20March-Here",
        "#person-Jo%20March-There",
        "#person-Jo%20March",
        "https://orcid.org/0000-0002-1825-0097",
    )


def test_a_hostile_volume_has_no_unsafe_links() -> None:
    entities = read(BAD, [HOSTILE, SLY], [File("x", EVIL, EVIL, sha512=EVIL, language=EVIL)])
    root = entities["./"]
    assert (root["name"], root["description"], root["version"]) == (TAMED, TAMED, TAMED)
    assert {"identifier", "url"}.isdisjoint(root)
    # Who has no name is not told of.
    assert len(root["author"]) == 1
    assert root["license"] == "https://[broken"
    texts = [text for entity in entities.values() for text in leaves(entity)]
    assert not any(map(leads_astray, texts))
    assert all(map(is_clean, texts))
    assert all(map(is_whole, entities.values()))


def test_rocrate_reads_it(tmp_path: Path) -> None:
    for file in (PDF, EPUB):
        path = tmp_path / file.path
        path.parent.mkdir(parents=True)
        path.write_bytes(b"x")
    (tmp_path / FILE_NAME).write_text(ro_crate(VOLUME, [*ALL.values(), IN_PERSIAN], [PDF, EPUB]), "utf-8")
    crate = ROCrate(tmp_path)
    assert (crate.name, crate.root_dataset["version"]) == ("Marginalia", "1.2")
    assert crate.license["name"] == "CC BY 4.0"
    assert [(part.type, Path(part.source).is_file()) for part in crate.data_entities] == [("File", True)] * 2
    article = crate.dereference(PAGE)
    assert [author["name"] for author in article["author"]] == [ADA.name, DESK.name]
    assert [other["inLanguage"] for other in article["workTranslation"]] == ["tr", "ru"]
    assert [file["contentSize"] for file in article["encoding"]] == ["84000"]
