"""Read the numerals of a text: digits of any script, with the signs of decimals and thousands of its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from fleuron.publication.edition import Edition

# Spaces that stand between thousands; a plain one only in languages that have no other sign there.
GROUP_SPACES = "\u00a0\u202f\u2009"
# Arabic signs, which are digits' own whatever CLDR takes for the language's usual digits.
ARABIC_DECIMAL, ARABIC_GROUP = "٫", "٬"
NUMERAL = re.compile(rf"\d+(?:[.,'’{ARABIC_DECIMAL}{ARABIC_GROUP}{GROUP_SPACES} ]\d+)*")
SIGN = re.compile(r"\D")
# The Roman numerals, also with letters of Cyrillic that look the same, and with an ending (XIXe, XIX-го).
ROMAN = re.compile(
    r"(?<![\w])(M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?:e|er|è?me|ᵉ|th|st|nd|rd)?(?!\w)"
)
LOOKALIKES = str.maketrans("ХІМСΙΧ", "XIMCIX")
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


@dataclass(frozen=True)
class Numeral:
    """A numeral as it is written, its value, and its parts if it may be several numbers (11.30, 18.11.1907)."""

    written: str
    value: Decimal | None
    parts: tuple[int, ...]


@dataclass(frozen=True)
class NumberSigns:
    """The sign before decimals, and those between thousands."""

    decimal: str
    groups: str


@lru_cache
def signs_of(language: str) -> NumberSigns:
    locale = Edition(language).locale
    decimal, group = str(get_decimal_symbol(locale)), str(get_group_symbol(locale))
    spaced = " " if group.isspace() else group.replace("'", "’")
    return NumberSigns(decimal, spaced + GROUP_SPACES + ARABIC_GROUP)


def numerals_of(text: str, language: str) -> Iterator[Numeral]:
    """Yield the numerals of a text in their order."""
    signs = signs_of(language)
    for found in NUMERAL.finditer(text):
        for written in split_at_spaces(found[0], signs):
            yield read_numeral(written, signs)


def split_at_spaces(text: str, signs: NumberSigns) -> list[str]:
    """Return the numerals in digits with spaces between them, which not every language uses for thousands."""
    parts = re.split(r"([ \u00a0\u202f\u2009])", text)
    numerals = [parts[0]]
    for space, part in zip(parts[1::2], parts[2::2], strict=True):
        head = re.fullmatch(r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})*", numerals[-1])
        if space in signs.groups and head and re.match(r"\d{3}(?!\d)", part):
            numerals[-1] += space + part
        else:
            numerals.append(part)
    return numerals


def read_numeral(written: str, signs: NumberSigns) -> Numeral:
    """Return the value of a numeral: 1,234.5 in English and 1.234,5 in Turkish are the same."""
    text = written.replace("'", "’")
    parts = tuple(int(part) for part in SIGN.split(text) if part)
    found = SIGN.findall(text)
    if not found:
        return Numeral(written, Decimal(int(text)), parts)
    *before, last = found
    groups = SIGN.split(text)
    is_grouped = all(sign in signs.groups for sign in before) and (not before or len(groups[0]) <= 3)
    is_grouped = is_grouped and all(len(group) == 3 for group in groups[1:-1])
    if is_grouped and last in signs.groups and len(groups[0]) <= 3 and len(groups[-1]) == 3:
        return Numeral(written, Decimal("".join(str(int(digit)) for group in groups for digit in group)), parts)
    # One point or comma is that of decimals, in whatever language: 3.5 is often left so.
    is_decimal = last in (signs.decimal, ARABIC_DECIMAL) or (len(found) == 1 and last in ".,")
    if is_decimal and is_grouped:
        whole = "".join(str(int(digit)) for group in groups[:-1] for digit in group)
        decimals = "".join(str(int(digit)) for digit in groups[-1])
        return Numeral(written, Decimal(f"{whole}.{decimals}"), parts)
    return Numeral(written, None, parts)


def in_language(numeral: Numeral, language: str) -> str:
    """Return a numeral with the signs of a language, if it has any: 1,234.5 is 1.234,5 in Turkish."""
    if numeral.value is None or numeral.written.isdecimal():
        return numeral.written
    return str(format_decimal(numeral.value, locale=Edition(language).locale, decimal_quantization=False))


def roman_numerals(text: str) -> set[int]:
    """Return the values of the Roman numerals in a text."""
    return {roman_value(found[1]) for found in ROMAN.finditer(text.translate(LOOKALIKES)) if found[1]}


def roman_value(numeral: str) -> int:
    values = [ROMAN_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
