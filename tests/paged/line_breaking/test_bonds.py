"""Words that no line's end parts, in several languages, and words that it may."""

from __future__ import annotations

import pytest

from fleuron.paged.line_breaking.bonds import BOND, is_bound, price_between, price_of_names, price_of_sense
from fleuron.paged.line_breaking.ragged import MORE

BOUND = [
    ("18", "November", "en"),
    ("(18", "November", "en"),
    ("29", "Ekim", "tr"),
    ("7", "ноября", "ru"),
    ("18.", "November", "de"),
    ("3", "mars", "fr"),
    ("p.", "4", "en"),
    ("(pp.", "101–103.", "en"),
    ("vol.", "2,", "en"),
    ("С.", "14", "ru"),
    ("№", "5", "ru"),
    ("§", "12", "de"),
    ("Table", "1", "en"),
    ("Şekil", "3", "tr"),
    ("рис.", "2", "ru"),
    ("جدول", "2", "fa"),
    ("A.", "S.", "en"),
    ("S.", "Pushkin", "en"),
    ("А.", "С.", "ru"),
    ("А.С.", "Пушкин", "ru"),
    ("Dr.", "Okonkwo", "en"),
    ("12", "km,", "en"),
    ("40", "%", "de"),
    ("356", "pp.", "en"),
    ("1917", "г.", "ru"),
    ("19.", "yüzyılda", "tr"),
    ("10", "000", "fr"),
    ("Louis", "XIV", "en"),
    ("в", "список", "ru"),
    ("(с", "людьми", "ru"),
    ("если", "бы", "ru"),
    ("война", "—", "ru"),
]
FREE = [
    ("the", "drum", "en"),
    ("drum.", "The", "en"),
    ("1917", "brought", "en"),
    ("November", "18", "en"),
    ("список", "в", "ru"),
    ("я", "знаю", "ru"),
    ("1917", "Okonkwo", "en"),
    ("and", "I", "en"),
]


@pytest.mark.parametrize(("before", "after", "language"), BOUND)
def test_that_what_belongs_together_is_bound(before: str, after: str, language: str) -> None:
    assert is_bound(before, after, language)
    assert price_between(before, after, language) == BOND
    assert price_of_sense(before, after, language) == BOND


@pytest.mark.parametrize(("before", "after", "language"), FREE)
def test_that_other_words_are_not_bound(before: str, after: str, language: str) -> None:
    assert not is_bound(before, after, language)


def test_that_titles_are_broken_by_sense() -> None:
    after_colon = price_of_sense("Julfa:", "a", "en")
    plain = price_of_sense("merchants", "travelled", "en")
    within_name = price_of_sense("Leyla", "Rostami", "en")
    after_article = price_of_sense("the", "road", "en")
    assert after_colon < plain < within_name < after_article
    assert price_of_sense("ve", "yol", "tr") == price_of_sense("und", "Weg", "de-CH") == after_article


def test_that_a_line_of_names_ends_between_two_of_them() -> None:
    assert price_of_names("Okonkwo,", "Eleni", "en") == price_of_names("Rostami", "and", "en") == 0
    assert price_of_names("Öztürk", "ve", "tr") == price_of_names("رستمی،", "لیلا", "fa") == 0
    assert price_of_names("Eleni", "Papadaki", "en") > MORE > price_of_names("and", "Leyla", "en") > 0
    assert price_of_names("A.", "Okonkwo", "en") == BOND
