"""The names of keyword pages."""

from __future__ import annotations

import pytest

from fleuron.site.keyword_pages import page_names


@pytest.mark.parametrize(
    ("word", "page"),
    [
        ("history of scholarship", "keywords/history-of-scholarship"),
        ("Russo-Afghan War, 1885", "keywords/russo-afghan-war-1885"),
        ("water/energy", "keywords/water-energy"),
        ("../../index", "keywords/index"),
        ("Афганистан", "keywords/афганистан"),
        ("İstanbul", "keywords/istanbul"),
        ("پانویس", "keywords/پانویس"),
        ("C++", "keywords/c"),
        ("???", "keywords/sign"),
    ],
)
def test_a_keyword_makes_a_file_name_in_its_own_script(word: str, page: str) -> None:
    assert page_names({word}) == {word: page}


def test_words_with_the_same_file_name_have_a_page_each() -> None:
    assert page_names({"a b", "a/b", "A-B"}) == {
        "A-B": "keywords/a-b",
        "a b": "keywords/a-b-2",
        "a/b": "keywords/a-b-3",
    }
    assert page_names({"c", "c-2", "C"}) == {"C": "keywords/c", "c": "keywords/c-2", "c-2": "keywords/c-2-2"}
