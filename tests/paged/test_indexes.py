"""Indexes of a volume: terms in the order of a language, folios in runs."""

from __future__ import annotations

import pytest

from fleuron.paged.sheets.indexes import Heading, Letter, Mention, Reference, filed, index, inverted, marked, names_of

FOLIOS = {f"p{number}": number for number in range(1, 30)}


def told(letters: tuple[Letter, ...]) -> dict[str, list[str]]:
    return {each.letter: [heading.term for heading in each.headings] for each in letters}


def folios(mentions: list[Mention]) -> tuple[Reference, ...]:
    (letter,) = index(mentions, FOLIOS, "en")
    return letter.headings[0].references


def test_folios_that_follow_each_other_are_a_run_to_its_first_place() -> None:
    found = folios([Mention("Kabul", f"p{number}") for number in (7, 3, 4, 5, 4, 12)])
    assert found == (Reference(3, 5, "p3"), Reference(7, 7, "p7"), Reference(12, 12, "p12"))


def test_the_place_that_says_most_stands_by_itself() -> None:
    mentions = [Mention("Kabul", "p3"), Mention("Kabul", "p4", main=True), Mention("Kabul", "p5")]
    assert [(each.first, each.last, each.main) for each in folios(mentions)] == [
        (3, 3, False),
        (4, 4, True),
        (5, 5, False),
    ]


def test_the_first_of_two_mentions_on_a_page_is_led_to() -> None:
    places = {"a": 4, "b": 4}
    (letter,) = index([Mention("Kabul", "a"), Mention("Kabul", "b", main=True)], places, "en")
    assert letter.headings[0].references == (Reference(4, 4, "a", True),)


def test_what_stands_on_no_page_is_in_no_index() -> None:
    assert index([Mention("Kabul", "elsewhere"), Mention("", "p1")], FOLIOS, "en") == ()


def test_a_term_has_terms_below_it() -> None:
    (letter,) = index(
        [Mention("Kabul", "p2"), Mention("Kabul", "p3", "treaty of"), Mention("Kabul", "p4", "fall of")], FOLIOS, "en"
    )
    (heading,) = letter.headings
    assert heading.references == (Reference(2, 2, "p2"),)
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
def test_terms_stand_under_the_letters_of_the_language(
    language: str, terms: list[str], letters: dict[str, list[str]]
) -> None:
    assert told(index([Mention(term, "p1") for term in terms], FOLIOS, language)) == letters


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
def test_a_name_stands_with_the_familys_first(person: object, name: str) -> None:
    assert inverted(person) == name


def test_a_source_without_authors_gives_its_editors() -> None:
    item = {"editor": [{"family": "Collins", "given": "R."}], "language": "en"}
    assert names_of(item) == [("Collins, R.", "en")]
    assert names_of({**item, "author": [{"literal": "Somebody"}]}) == [("Somebody", "en")]
    assert names_of({}) == []


def test_what_an_author_marked() -> None:
    assert marked("single", "Kabul; treaty of", "p1", "") == [Mention("Kabul", "p1", "treaty of")]
    assert marked("single", "Kabul", "p1", "main") == [Mention("Kabul", "p1", main=True)]
    assert marked("pair", "treaty; Kabul", "p1", "") == [
        Mention("treaty", "p1", "Kabul"),
        Mention("Kabul", "p1", "treaty"),
    ]
    assert [(each.term, each.below) for each in marked("triple", "a; b; c", "p1", "")] == [
        ("a", "b c"),
        ("b", "c, a"),
        ("c", "a b"),
    ]
    assert marked("see", "Kabul; Afghanistan", "p1", "") == [] == marked("single", " ; ", "p1", "")


def test_two_languages_of_one_term_are_one_heading() -> None:
    (letter,) = index([Mention("Kabul", "p1", language="fa"), Mention("Kabul", "p2")], FOLIOS, "en")
    assert letter.headings == (Heading("Kabul", "fa", (Reference(1, 2, "p1"),)),)


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
def test_a_body_is_filed_without_its_article(name: str, language: str, filed_as: str) -> None:
    assert filed(name, language) == filed_as
