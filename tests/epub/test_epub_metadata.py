"""What an EPUB says of itself, as its package document has it."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from lxml import etree

from fleuron.epub.book_metadata import last_change
from fleuron.epub.package_metadata import (
    DC,
    OPF,
    AccessibilityMetadata,
    Agent,
    BookMetadata,
    edition_identifier,
    metadata_element,
)

DAY = datetime.date(2026, 11, 23)
BOOK = BookMetadata(
    identifiers=("urn:uuid:1", "https://doi.org/10.5555/one"),
    title="A Review",
    language="tr",
    direction="ltr",
    creators=(Agent("Ada Author", "Author, Ada"), Agent("The Editors", "The Editors")),
    publisher="The Press",
    rights="© The Press",
    date=DAY,
    modified=datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC),
    contributors=(Agent("Tarık Çeviren", "Çeviren, Tarık", "trl"),),
    subjects=("notes", "history"),
    description="What it says.",
    licence="https://creativecommons.org/licenses/by/4.0/",
    source="urn:isbn:9783161484100",
    series="Reviews",
    number="3",
    issn="1234-5679",
    version="1.2",
    accessibility=AccessibilityMetadata(pictures=True, formulas=True, pages=True, summary="Notes."),
)


def dc(metadata: etree._Element, name: str) -> list[str | None]:
    return [each.text for each in metadata.findall(f"{{{DC}}}{name}")]


def meta(metadata: etree._Element, name: str, refines: str | None = None) -> list[str | None]:
    found = metadata.findall(f"{{{OPF}}}meta[@property='{name}']")
    return [each.text for each in found if each.get("refines") == refines]


def test_a_book_says_what_it_is() -> None:
    said = metadata_element(BOOK)
    assert dc(said, "identifier") == ["urn:uuid:1", "https://doi.org/10.5555/one"]
    assert [each.get("id") for each in said.findall(f"{{{DC}}}identifier")] == ["publication-id", None]
    assert (dc(said, "title"), dc(said, "language"), dc(said, "date")) == (["A Review"], ["tr"], ["2026-11-23"])
    assert dc(said, "subject") == ["notes", "history"]
    assert (dc(said, "publisher"), dc(said, "rights"), dc(said, "description")) == (
        ["The Press"],
        ["© The Press"],
        ["What it says."],
    )
    assert meta(said, "dcterms:license") == ["https://creativecommons.org/licenses/by/4.0/"]
    assert (meta(said, "schema:version"), meta(said, "dcterms:modified")) == (["1.2"], ["2026-11-23T00:00:00Z"])


def test_a_title_is_filed_without_its_article_and_a_version_has_an_identifier_of_its_own() -> None:
    said = metadata_element(replace(BOOK, title="The Review", language="en"))
    assert meta(said, "file-as", "#title") == ["Review, The"]
    assert meta(said, "dcterms:hasVersion") == ["urn:uuid:1@2026-11-23T00:00:00Z"]
    later = BOOK.modified.replace(hour=9)
    assert meta(metadata_element(replace(BOOK, modified=later)), "dcterms:modified") == ["2026-11-23T09:00:00Z"]


def test_the_moment_of_a_release_counts_if_it_is_later_than_the_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    day, release = datetime.date(2026, 1, 2), datetime.datetime(2026, 3, 4, 5, 6, 7, tzinfo=datetime.UTC)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert last_change([day]) == datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(release.timestamp())))
    assert last_change([day]) == last_change([]) == release
    assert last_change([datetime.date(2027, 1, 1)]).year == 2027


def test_people_have_parts_and_are_filed_in_order() -> None:
    said = metadata_element(BOOK)
    assert dc(said, "creator") == ["Ada Author", "The Editors"]
    assert dc(said, "contributor") == ["Tarık Çeviren"]
    people = [each.get("id") for name in ("creator", "contributor") for each in said.findall(f"{{{DC}}}{name}")]
    told = [[meta(said, name, f"#{each}")[0] for name in ("role", "file-as", "display-seq")] for each in people]
    assert told == [["aut", "Author, Ada", "1"], ["aut", "The Editors", "2"], ["trl", "Çeviren, Tarık", "3"]]


def test_a_book_of_a_series_has_its_number_in_it() -> None:
    said = metadata_element(BOOK)
    assert meta(said, "belongs-to-collection") == ["Reviews"]
    assert (meta(said, "group-position", "#series"), meta(said, "dcterms:identifier", "#series")) == (
        ["3"],
        ["urn:issn:1234-5679"],
    )
    assert meta(metadata_element(replace(BOOK, series="")), "group-position", "#series") == []


def test_the_page_list_is_that_of_the_pdf() -> None:
    assert (
        meta(metadata_element(BOOK), "pageBreakSource")
        == dc(metadata_element(BOOK), "source")
        == ["urn:isbn:9783161484100"]
    )
    without = metadata_element(replace(BOOK, accessibility=AccessibilityMetadata()))
    assert meta(without, "pageBreakSource") == []
    assert not {"pageNavigation", "pageBreakMarkers"} & set(meta(without, "schema:accessibilityFeature"))


@pytest.mark.parametrize(
    ("access", "features", "modes", "hazard"),
    [
        (AccessibilityMetadata(), set(), ["textual"], "none"),
        (AccessibilityMetadata(pictures=True), {"alternativeText"}, ["textual", "visual"], "none"),
        (AccessibilityMetadata(formulas=True), {"MathML"}, ["textual"], "none"),
        (AccessibilityMetadata(recordings=True), set(), ["textual", "auditory"], "unknown"),
    ],
)
def test_what_is_said_of_access_is_what_the_book_has(
    access: AccessibilityMetadata, features: set[str], modes: list[str], hazard: str
) -> None:
    said = metadata_element(replace(BOOK, accessibility=access))
    assert {"alternativeText", "MathML"} & set(meta(said, "schema:accessibilityFeature")) == features
    assert meta(said, "schema:accessMode") == modes
    assert meta(said, "schema:accessibilityHazard") == [hazard]
    assert meta(said, "schema:accessModeSufficient") == ([] if access.recordings else ["textual"])


def test_a_conformance_is_claimed_by_nobody_or_by_name() -> None:
    assert meta(metadata_element(BOOK), "dcterms:conformsTo") == []
    vouched = metadata_element(replace(BOOK, accessibility=AccessibilityMetadata(certifier="The Press")))
    assert meta(vouched, "dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    assert meta(vouched, "a11y:certifiedBy") == ["The Press"]


def test_words_are_no_markup() -> None:
    said = etree.tostring(metadata_element(replace(BOOK, title="<b>&", creators=(Agent("<i>", "<i>"),)))).decode()
    assert "&lt;b&gt;&amp;" in said and "<i>" not in said


def test_each_edition_and_each_article_has_an_identifier_that_stays() -> None:
    names = [("review", "en"), ("review", "tr"), ("review", "en", "one"), ("review", "en", "two"), ("other", "en")]
    assert len({edition_identifier(*name) for name in names}) == len(names)
    assert edition_identifier("review", "en") == "urn:uuid:f65953a8-0a7e-5f64-95b7-876e80d3aa8e"
