"""The language of the text of a note, and whether its script has italics."""

from __future__ import annotations

import pytest

from fleuron.csl.text.runs import Mark, Span, Text
from fleuron.notes.note_wording import NoteWording, merge_adjacent
from fleuron.notes.scripts import has_italics, language_of, script_of

PERSIAN, RUSSIAN, UKRAINIAN = "افغانستان در مسیر تاریخ", "История Афганистана", "Історія Їзюма"


@pytest.mark.parametrize(
    ("text", "script"),
    [("History", "LATIN"), (PERSIAN, "ARABIC"), (RUSSIAN, "CYRILLIC"), ("東洋の歴史", "CJK"), ("1895", ""), ("", "")],
)
def test_the_script_of_a_text(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("text", "said", "edition", "hint", "language"),
    [
        ("A title", "en", "en", "", ""),
        ("A title", "en-GB", "en", "", ""),
        ("A title", "en", "tr", "", "en"),
        ("Afintl", "fa", "en", "fa", ""),  # a name in Latin letters is not Persian, whatever its entry says
        (PERSIAN, "fa", "tr", "", "fa"),
        (PERSIAN, "", "tr", "", "fa"),
        ("تاریخ عثمانی", "ota", "tr", "", "ota"),
        ("Tarih-i Osmanî", "ota-Latn", "en", "", "ota-Latn"),
        (RUSSIAN, "prs", "en", "", "ru"),
        ("Ибрагим", "", "en", "tt", "tt"),
        ("تاريخ العرب", "", "en", "", "ar"),
        (RUSSIAN, "", "en", "", "ru"),
        (UKRAINIAN, "", "en", "", "uk"),
        ("Москва", "", "en", "bg", "bg"),
        (RUSSIAN, "ru", "ru", "", ""),
        ("1346", "fa", "en", "fa", ""),
    ],
)
def test_the_language_to_mark(text: str, said: str, edition: str, hint: str, language: str) -> None:
    assert language_of(text, said, edition, hint) == language


def test_some_scripts_have_no_italics() -> None:
    assert [has_italics(text) for text in ("Title", RUSSIAN, PERSIAN, "東洋", "תפוח")] == [
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(("edition", "comma"), [("fa", "،"), ("ar", "،"), ("en", ","), ("he", ",")])
def test_the_commas_of_a_style_are_those_of_arabic_script(edition: str, comma: str) -> None:
    runs = [Text("Cows, Pigs", "title", "en"), Text(", "), Text("1904", "issued")]
    words = "".join(node.astext() for node in NoteWording(edition).nodes_of(runs))
    assert words == f"Cows, Pigs{comma} 1904", "the comma of a title is its own"


def test_a_doi_and_the_address_before_it_are_one_in_a_text_from_right_to_left() -> None:
    """The style has the beginning of the address, and the source the rest: they would change places."""
    link = Span(Mark.LINK, (Text("10.5555/t", "DOI"),), "https://doi.org/10.5555/t")
    before, address, after = merge_adjacent(NoteWording("fa").nodes_of([Text(", https://doi.org/"), link, Text(".")]))
    assert (before.astext(), after.astext()) == ("، ", ".")
    assert str(address.children[0]) == '<isolate dir="ltr">https://doi.org/10.5555/t</isolate>'
    left = merge_adjacent(NoteWording("en").nodes_of([Text(", https://doi.org/"), link]))
    assert [node.astext() for node in left] == [", https://doi.org/", "10.5555/t"]
    named = merge_adjacent(NoteWording("fa").nodes_of([Text("doi:"), link]))
    assert [node.astext() for node in named] == ["doi:", "10.5555/t"]
