"""Recognise and format numbers: numeric texts, plurals, ordinals, Roman numerals (CSL 1.0.2, “Number”)."""

from __future__ import annotations

import re

from fleuron.csl.style.locales import Locale, ordinal_suffix

# A number may have letters before and after its digits: “D2”, “2b”, “L2d” (CSL 1.0.2, “is-numeric”);
# so may Roman numerals.
ROMAN_NUMERAL = r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
FIGURE = rf"(?:[a-zA-Z]*\d+[a-zA-Z]*|(?i:{ROMAN_NUMERAL}))"
NUMERIC = re.compile(rf"{FIGURE}(?:(?:\s*(?:\\?-|[–—,&+/])\s*|\s+and\s+)(?:{FIGURE}|[a-z]\b))*[.,]?")
# Longer strings of digits are identifiers and are left as they are.
LONGEST = 9
SEPARATOR = re.compile(r"(\s*(?:--?|[–—,&;+])\s*|\s+and\s+)")
ROMANS = re.compile(ROMAN_NUMERAL, re.IGNORECASE)
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def is_numeric(value: object) -> bool:
    """Return whether a value is a number, or several with separators between them (`is-numeric`)."""
    if isinstance(value, int):
        return True
    return bool(value) and NUMERIC.fullmatch(str(value).strip()) is not None


def is_plural(text: str) -> bool:
    """Return whether a locator or number counts more than one thing, so that its label is in the plural."""
    parts = [part for part in SEPARATOR.split(text.replace("\\-", ""))[::2] if part.strip()]
    return sum(any(ch.isdecimal() for ch in part) or ROMANS.fullmatch(part.strip()) is not None for part in parts) > 1


def to_roman(number: int) -> str:
    """Write a number from 1 to 3999 in lower-case Roman numerals, and any other in Arabic numerals."""
    if not 0 < number < 4000:
        return str(number)
    digits = ""
    for value, letters in ROMAN:
        digits += letters * (number // value)
        number %= value
    return digits


def format_number(digits: str, form: str, locale: Locale, gender: str) -> str:
    """Write one number in a form of the `number` element; a text that is not a plain number is returned unchanged."""
    if not digits.isdecimal() or len(digits) > LONGEST:
        return digits
    number = int(digits)
    if form == "roman":
        return to_roman(number)
    if form == "long-ordinal" and 1 <= number <= 10:
        long = locale.term(f"long-ordinal-{number:02d}", gender=gender)
        if long:
            return long
    if form in ("ordinal", "long-ordinal"):
        return f"{number}{ordinal_suffix(locale, number, gender)}"
    return digits


def format_numbers(text: str, form: str, locale: Locale, gender: str = "") -> str:
    """Write the numbers of a text in a form, with CSL's separators between them."""
    parts = SEPARATOR.split(text.strip())
    for index, part in enumerate(parts):
        if index % 2:
            separator = part.strip()
            parts[index] = {",": ", ", "&": " & ", ";": "; ", "+": "+"}.get(
                separator, part if separator.isalpha() else "–"
            )
        else:
            parts[index] = format_number(part.strip(), form, locale, gender)
    return "".join(parts)
