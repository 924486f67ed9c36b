"""Numbers: which texts are numeric, ordinals, Roman numerals and ranges of pages (CSL 1.0.2, “Number”)."""

from __future__ import annotations

import re

from fleuron.csl.locales import Locale, ordinal_suffix

# Letters before or after figures are part of a number: “D2”, “2b”, “L2d” (CSL 1.0.2, “is-numeric”).
NUMBER = r"[A-Za-z]{0,4}\d+[A-Za-z]{0,5}|[ivxlcdmIVXLCDM]+"
NUMERIC = re.compile(r"(?:[a-zA-Z]*\d+[a-zA-Z]*)(?:\s*[-–—,&+]\s*(?:[a-zA-Z]*\d+[a-zA-Z]*))*[.,]?")
SEPARATOR = re.compile(r"(\s*(?:--?|[–—,&;+])\s*|\s+and\s+)")
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def is_numeric(value: object) -> bool:
    """Tell whether a value is a number, or several with separators between them."""
    if isinstance(value, int):
        return True
    return bool(value) and NUMERIC.fullmatch(str(value).strip()) is not None


def is_plural(text: str) -> bool:
    """Tell whether a locator or number names more than one thing, so that its label is a plural."""
    parts = [part for part in SEPARATOR.split(text.replace("\\-", ""))[::2] if part.strip()]
    return len(parts) > 1 and sum(any(ch.isdigit() for ch in part) or bool(roman_value(part)) for part in parts) > 1


def roman_value(text: str) -> int:
    return 1 if re.fullmatch(r"[ivxlcdmIVXLCDM]+", text.strip()) else 0


def roman(number: int) -> str:
    """Write a number from 1 to 3999 in small Roman numerals; others stay in Arabic ones."""
    if not 0 < number < 4000:
        return str(number)
    digits = ""
    for value, letters in ROMAN:
        digits += letters * (number // value)
        number %= value
    return digits


def in_form(digits: str, form: str, locale: Locale, gender: str) -> str:
    """Write one number of a text in a form; what is no plain number stays as it is."""
    if not digits.isdigit():
        return digits
    number = int(digits)
    if form == "roman":
        return roman(number)
    if form == "long-ordinal" and 1 <= number <= 10:
        long = locale.term(f"long-ordinal-{number:02d}", gender=gender)
        if long:
            return long
    if form in ("ordinal", "long-ordinal"):
        return f"{number}{ordinal_suffix(locale, number, gender)}"
    return digits


def separated(text: str, form: str, locale: Locale, gender: str = "") -> str:
    """Write the numbers of a text in a form, with the separators that CSL wants between them."""
    parts = SEPARATOR.split(text.strip())
    for index, part in enumerate(parts):
        if index % 2:
            sign = part.strip()
            parts[index] = {",": ", ", "&": " & ", ";": "; ", "+": "+"}.get(sign, part if sign.isalpha() else "–")
        else:
            parts[index] = in_form(part.strip(), form, locale, gender)
    return "".join(parts)


def page_ranges(text: str, style: str, delimiter: str, ampersand: str = "&") -> str:
    """Write the ranges in a text of pages as a `page-range-format` wants them (CSL 1.0.2, appendix V)."""
    parts = re.split(r"(\s*[,&;]\s*)", text)
    for index in range(0, len(parts), 2):
        parts[index] = one_range(parts[index], style, delimiter)
    for index in range(1, len(parts), 2):
        sign = parts[index].strip()
        parts[index] = f"{sign} " if sign in ",;" else f" {ampersand} "
    return "".join(parts).replace("\\-", "-")


RANGE = re.compile(r"([^\W\d]*)(\d+)\s*(?:--?|[–—])\s*([^\W\d]*)(\d+)")
ROMAN_RANGE = re.compile(r"([ivxlcdm]+)\s*(?:--?|[–—])\s*([ivxlcdm]+)", re.IGNORECASE)
DASHED = re.compile(r"(\S+)\s*(?:--|[–—])\s*(\S+)")
SPACED_HYPHEN = re.compile(r"\s+-\s+")


def one_range(text: str, style: str, delimiter: str) -> str:
    """Write one range: two numbers with the same prefix or none; a hyphen in anything else stays one."""
    stripped = text.strip()
    if match := RANGE.fullmatch(stripped):
        before, first, again, second = match.groups()
        if before == again or (not style and not again):
            shown = abbreviated(first, expanded(first, second), style) if style else second
            again = before if style == "expanded" or (not style and again) else ""
            return f"{before}{first}{delimiter}{again}{shown}"
        return f"{before}{first}-{again}{second}"
    if match := ROMAN_RANGE.fullmatch(stripped):
        return f"{match[1]}{delimiter}{match[2]}"
    if match := DASHED.fullmatch(stripped):
        return f"{match[1]}{delimiter}{match[2]}"
    return SPACED_HYPHEN.sub("-", text)


def expanded(first: str, second: str) -> str:
    """Complete the second number of a range that was written short: 110-5 means 110 to 115."""
    whole = first[: len(first) - len(second)] + second if len(second) < len(first) else second
    return whole if int(whole) >= int(first) else second


def abbreviated(first: str, last: str, style: str) -> str:
    """Shorten the second number of a range to what differs, as a `page-range-format` says."""
    if len(first) != len(last) or style == "expanded":
        return last
    if style == "minimal":
        return minimal(first, last, 1)
    if style == "minimal-two":
        return minimal(first, last, 2)
    return chicago(first, last, style)


def minimal(first: str, last: str, least: int) -> str:
    same = next((n for n in range(len(first)) if first[n] != last[n]), len(first) - 1)
    return last[min(same, max(len(last) - least, 0)) :]


def chicago(first: str, last: str, style: str) -> str:
    """Follow the Chicago Manual of Style, 15th (9.64) and 16th (9.60) editions."""
    number = int(first)
    if number < 100 or number % 100 == 0:
        return last
    if number % 100 < 10:
        return minimal(first, last, 1)
    if style != "chicago-16" and len(first) == 4:
        short = minimal(first, last, 2)
        return last if len(short) > 2 else short
    return minimal(first, last, 2)
