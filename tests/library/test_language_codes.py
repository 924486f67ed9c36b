"""Language codes of ISO 639 and MARC, compared with Babel's data."""

from __future__ import annotations

import pytest
from babel.core import get_global

from fleuron.metadata.language_codes import ALPHA_3, BIBLIOGRAPHIC, alpha_3, marc_code, subtag

# What CLDR takes for the language of two letters, too, and ISO does not.
ALIASES = get_global("language_aliases")


def test_each_code_of_three_letters_is_that_of_two() -> None:
    assert len(ALPHA_3) == len(set(ALPHA_3.values())) == 182
    # CLDR counts Twi with Akan.
    assert {two: ALIASES.get(three) for two, three in ALPHA_3.items()} == {two: two for two in ALPHA_3} | {"tw": "ak"}


def test_the_bibliographic_codes_are_of_the_same_languages() -> None:
    assert len(BIBLIOGRAPHIC) == 20
    assert {ALIASES[code] for code in BIBLIOGRAPHIC} == {ALIASES[code] for code in BIBLIOGRAPHIC.values()}


@pytest.mark.parametrize(
    ("tag", "language", "three", "marc"),
    [
        ("en", "en", "eng", "eng"),
        ("fa", "fa", "fas", "per"),
        ("de-AT-1996", "de", "deu", "ger"),
        ("zh_Hant", "zh", "zho", "chi"),
        ("pt-BR", "pt", "por", "por"),
        ("ota", "ota", "ota", ""),
        ("qq", "qq", "", ""),
        ("", "", "", ""),
        ("x-private", "", "", ""),
        ("<b>", "", "", ""),
    ],
)
def test_a_tag_has_its_codes(tag: str, language: str, three: str, marc: str) -> None:
    assert (subtag(tag), alpha_3(tag), marc_code(tag)) == (language, three, marc)
