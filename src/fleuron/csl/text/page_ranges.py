"""Format page ranges, expanded or abbreviated (CSL 1.0.2, appendix V, “Page Range Formats”)."""

from __future__ import annotations

import re


def format_page_ranges(text: str, style: str, delimiter: str, ampersand: str = "&", conjunction: str = " and ") -> str:
    """Format the ranges in a list of pages; ``style`` is a `page-range-format`, or "" to keep the numbers."""
    parts = re.split(r"(\s*[,&;]\s*|\s+and\s+)", text)
    for index in range(0, len(parts), 2):
        parts[index] = format_range(parts[index], style, delimiter)
    for index in range(1, len(parts), 2):
        separator = parts[index].strip()
        if separator in ",;":
            parts[index] = f"{separator} "
        else:
            parts[index] = conjunction if separator == "and" else f" {ampersand} "
    return "".join(parts).replace("\\-", "-")


RANGE = re.compile(r"([^\W\d]*)(\d+)\s*(?:--?|[–—])\s*([^\W\d]*)(\d+)")
ROMAN_RANGE = re.compile(r"([ivxlcdm]+)\s*(?:--?|[–—])\s*([ivxlcdm]+)", re.IGNORECASE)
# Sides of folios or columns: 12r-15v.
FOLIO_RANGE = re.compile(r"(\d+[abrv])\s*(?:--?|[–—])\s*(\d*[abrv])")
RANGE_VARIABLES = re.compile(r"(\S+)\s*(?:--|[–—])\s*(\S+)")
SPACED_HYPHEN = re.compile(r"\s+-\s+")


def format_range(text: str, style: str, delimiter: str) -> str:
    """Format one range of two numbers with the same prefix or none; elsewhere a hyphen is kept."""
    stripped = text.strip()
    if match := RANGE.fullmatch(stripped):
        before, first, again, second = match.groups()
        if before == again or (not style and not again):
            shown = shorten_end(first, expand_end(first, second), style) if style else second
            again = before if style == "expanded" or (not style and again) else ""
            return f"{before}{first}{delimiter}{again}{shown}"
        return f"{before}{first}-{again}{second}"
    if match := ROMAN_RANGE.fullmatch(stripped):
        return f"{match[1]}{delimiter}{match[2]}"
    if match := FOLIO_RANGE.fullmatch(stripped) or RANGE_VARIABLES.fullmatch(stripped):
        return f"{match[1]}{delimiter}{match[2]}"
    return SPACED_HYPHEN.sub("-", text)


def expand_end(first: str, second: str) -> str:
    """Expand the second number of an abbreviated range: 110-5 means 110 to 115."""
    whole = first[: len(first) - len(second)] + second if len(second) < len(first) else second
    return whole if magnitude(whole) >= magnitude(first) else second


def magnitude(digits: str) -> tuple[int, str]:
    """Return a key that compares digits by value, however long they are."""
    bare = digits.lstrip("0")
    return len(bare), bare


def shorten_end(first: str, last: str, style: str) -> str:
    """Abbreviate the second number of a range by a `page-range-format`."""
    if len(first) != len(last) or style == "expanded":
        return last
    if style == "minimal":
        return minimal(first, last, 1)
    if style == "minimal-two":
        return minimal(first, last, 2)
    return chicago(first, last, style)


def minimal(first: str, last: str, least: int) -> str:
    """Keep the digits of the second number that differ, and at least ``least`` of them."""
    same = next((n for n in range(len(first)) if first[n] != last[n]), len(first) - 1)
    return last[min(same, max(len(last) - least, 0)) :]


def chicago(first: str, last: str, style: str) -> str:
    """Follow the Chicago Manual of Style, 15th (9.64) and 16th (9.60) editions."""
    tens = first[-2:]
    if magnitude(first) < magnitude("100") or tens == "00":
        return last
    if tens[0] == "0":
        return minimal(first, last, 1)
    if style != "chicago-16" and len(first) == 4:
        short = minimal(first, last, 2)
        return last if len(short) > 2 else short
    return minimal(first, last, 2)
