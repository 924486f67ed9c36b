"""Indexes of a volume: terms in the order of a language, folios in ranges."""

from __future__ import annotations

import pytest

from fleuron.content.books.indexes import (
    FolioRange,
    IndexEntry,
    IndexHeading,
    LetterGroup,
    filing_name,
    index,
    inverted,
    marked_entries,
    names_of,
)

FOLIOS = {f"p{number}": number for number in range(1, 30)}


def told(letters: tuple[LetterGroup, ...]) -> dict[str, list[str]]:
    return {each.letter: [heading.term for heading in each.headings] for each in letters}


def folios(entries: list[IndexEntry]) -> tuple[FolioRange, ...]:
    (letter,) = index(entries, FOLIOS, "en")
    return letter.headings[0].references


def test_consecutive_folios_are_a_range_that_links_to_its_first_place() -> None:
    found = folios([IndexEntry("Kabul", f"p{number}") for number in (7, 3, 4, 5, 4, 12)])
    assert found == (FolioRange(3, 5, "p3"), FolioRange(7, 7, "p7"), FolioRange(12, 12, "p12"))


def test_the_main_place_of_a_term_is_in_no_range() -> None:
    entries = [IndexEntry("Kabul", "p3"), IndexEntry("Kabul", "p4", main=True), IndexEntry("Kabul", "p5")]
    assert [(each.first, each.last, each.main) for each in folios(entries)] == [
        (3, 3, False),
        (4, 4, True),
        (5, 5, False),
    ]


def test_the_first_of_two_entries_on_a_page_is_linked_to() -> None:
    places = {"a": 4, "b": 4}
    (letter,) = index([IndexEntry("Kabul", "a"), IndexEntry("Kabul", "b", main=True)], places, "en")
    assert letter.headings[0].references == (FolioRange(4, 4, "a", True),)


def test_a_place_on_no_page_is_in_no_index() -> None:
    assert index([IndexEntry("Kabul", "elsewhere"), IndexEntry("", "p1")], FOLIOS, "en") == ()


def test_a_term_has_subordinate_terms() -> None:
    (letter,) = index(
        [IndexEntry("Kabul", "p2"), IndexEntry("Kabul", "p3", "treaty of"), IndexEntry("Kabul", "p4", "fall of")],
        FOLIOS,
        "en",
    )
    (heading,) = letter.headings
    assert heading.references == (FolioRange(2, 2, "p2"),)
    assert [each.term for each in heading.below] == ["fall of", "treaty of"]


@pytest.mark.parametrize(
    ("language", "terms", "letters"),
    [
        ("en", ["Zürn", "Émigré", "Eden", "1895"], {" ": ["1895"], "E": ["Eden", "Émigré"], "Z": ["Zürn"]}),
        (
            "tr",
            ["Işık", "İnan", "Çelik", "Can", "Şimşir"],
            {"C": ["Can"], "Ç": ["Çelik"], "I": ["Işık"], "İ": ["İnan"], "Ş": ["Şimşir"]},
        ),
        ("ru", ["Rubin", "Коргун", "Ёлкин", "Егоров"], {"Е": ["Егоров", "Ёлкин"], "К": ["Коргун"], "R": ["Rubin"]}),
        ("en", ["“Treaty”", "غبار، میر"], {"T": ["“Treaty”"], "غ": ["غبار، میر"]}),
    ],
)
def test_terms_are_listed_under_the_letters_of_the_language(
    language: str, terms: list[str], letters: dict[str, list[str]]
) -> None:
    assert told(index([IndexEntry(term, "p1") for term in terms], FOLIOS, language)) == letters


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ({"family": "Grafton", "given": "Anthony"}, "Grafton, Anthony"),
        ({"non-dropping-particle": "van der", "family": "Berg", "given": "Jan"}, "van der Berg, Jan"),
        ({"dropping-particle": "von", "family": "Ranke", "given": "Leopold"}, "Ranke, Leopold von"),
        ({"family": "King", "given": "Martin Luther", "suffix": "Jr."}, "King, Martin Luther, Jr."),
        ({"family": "غبار", "given": "میر غلام محمد"}, "غبار، میر غلام محمد"),
        ({"literal": "United Nations Security Council"}, "United Nations Security Council"),
        ({}, ""),
        ("Grafton", ""),
    ],
)
def test_a_name_has_the_family_name_first(person: object, name: str) -> None:
    assert inverted(person) == name


def test_a_source_without_authors_gives_its_editors() -> None:
    item = {"editor": [{"family": "Collins", "given": "R."}], "language": "en"}
    assert names_of(item) == [("Collins, R.", "en")]
    assert names_of({**item, "author": [{"literal": "Somebody"}]}) == [("Somebody", "en")]
    assert names_of({}) == []


def test_entries_that_an_author_marked() -> None:
    assert marked_entries("single", "Kabul; treaty of", "p1", "") == [IndexEntry("Kabul", "p1", "treaty of")]
    assert marked_entries("single", "Kabul", "p1", "main") == [IndexEntry("Kabul", "p1", main=True)]
    assert marked_entries("pair", "treaty; Kabul", "p1", "") == [
        IndexEntry("treaty", "p1", "Kabul"),
        IndexEntry("Kabul", "p1", "treaty"),
    ]
    assert [(each.term, each.below) for each in marked_entries("triple", "a; b; c", "p1", "")] == [
        ("a", "b c"),
        ("b", "c, a"),
        ("c", "a b"),
    ]
    assert marked_entries("see", "Kabul; Afghanistan", "p1", "") == [] == marked_entries("single", " ; ", "p1", "")


def test_two_languages_of_one_term_are_one_heading() -> None:
    (letter,) = index([IndexEntry("Kabul", "p1", language="fa"), IndexEntry("Kabul", "p2")], FOLIOS, "en")
    assert letter.headings == (IndexHeading("Kabul", "fa", (FolioRange(1, 2, "p1"),)),)


@pytest.mark.parametrize(
    ("name", "language", "filed_as"),
    [
        ("The Editors of Marginalia", "en", "Editors of Marginalia, The"),
        ("The Editors", "en-GB", "Editors, The"),
        ("The", "en", "The"),
        ("Theatre Royal", "en", "Theatre Royal"),
        ("Die Redaktion", "de", "Redaktion, Die"),
        ("Die Redaktion", "tr", "Die Redaktion"),
    ],
)
def test_an_organization_is_sorted_without_its_article(name: str, language: str, filed_as: str) -> None:
    assert filing_name(name, language) == filed_as
