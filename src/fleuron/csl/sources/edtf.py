"""Dates of ISO 8601-2 (EDTF, levels 0 and 1, as biblatex reads them) to those of CSL-JSON, and back.

A year before Christ is negative as CSL counts it (ISO's -0043 is -44); an open end of a range is the part ``[0]``, as
in Pandoc; a single season is ``season`` 1 to 4, and a range of seasons has the months 21 to 24.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

Date = dict[str, Any]
Parts = list[int]

POINT = re.compile(
    r"(?P<year>-?[0-9]{4}|Y-?[0-9]{5,9}|-?[0-9]{3}X|-?[0-9]{2}XX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
    r"(?P<time>T[0-9]{2}:[0-9:.]+(?:Z|[+-][0-9:]+)?)?(?P<doubt>[?~%]?)"
)


class InvalidDate(ValueError):
    """Say what is wrong with a date."""


def read_edtf(text: str) -> Date:
    """Read a date or a range; raise `InvalidDate` for what is neither. A time of day is passed over."""
    points = text.split("/")
    if len(points) > 2:
        raise InvalidDate("a range has two ends")
    ends = [_span(point) for point in points]
    if len(points) == 1:
        first, last = ends[0]
        parts = [first] if last is None else [first, last]
    else:
        parts = [ends[0][0], ends[1][1] or ends[1][0]]
    if all(part == [0] for part in parts):
        raise InvalidDate("it has no year")
    doubtful = any(point[-1:] in ("?", "~", "%") for point in points)
    return _date(parts, doubtful)


def _date(parts: list[Parts], doubtful: bool) -> Date:
    date: Date = {"date-parts": parts}
    if len(parts) == 1 and len(parts[0]) == 2 and parts[0][1] > 12:
        date = {"date-parts": [parts[0][:1]], "season": parts[0][1] - 20}
    return {**date, "circa": True} if doubtful else date


def _span(text: str) -> tuple[Parts, Parts | None]:
    """Read one end: its date, and the last one that it can mean where digits of the year are open (201X)."""
    if text in ("", ".."):
        return [0], None
    found = POINT.fullmatch(text)
    if not found:
        raise InvalidDate(f"“{text}” is not understood")
    year = found["year"].removeprefix("Y")
    if "X" in year:
        return [_counted(int(year.replace("X", "0")))], [_counted(int(year.replace("X", "9")))]
    return _parts(int(year), found["month"] or "XX", found["day"] or "XX"), None


def _counted(year: int) -> int:
    """Return a year as CSL counts it: without a year nought."""
    return year if year > 0 else year - 1


def _parts(year: int, month: str, day: str) -> Parts:
    if month == "XX":
        return [_counted(year)]
    number = int(month)
    if 25 <= number <= 32:  # seasons of the northern, then of the southern hemisphere
        number = 21 + (number - 25) % 4
    if not (1 <= number <= 12 or 21 <= number <= 24):
        raise InvalidDate(f"there is no month {month}")
    if day == "XX":
        return [_counted(year), number]
    last = calendar.monthrange(year if 0 < year < 9999 else 2000, number)[1] if number <= 12 else 0
    if not 1 <= int(day) <= last:
        raise InvalidDate(f"there is no day {day} in that month")
    return [_counted(year), number, int(day)]


def write_edtf(date: Mapping[str, Any]) -> str | None:
    """Write a date of CSL-JSON, of which a season in words is left out; None for one that has no year."""
    ends = [_numbers(end) for end in date.get("date-parts") or () if isinstance(end, list | tuple)][:2]
    season = str(date.get("season", ""))
    if not any(end and end[0] for end in ends):
        return None
    if season in ("1", "2", "3", "4") and len(ends) == 1:
        ends = [[ends[0][0], 20 + int(season)]]
    doubt = "~" if date.get("circa") else ""
    return "/".join(_point(end) + (doubt if end and end[0] else "") for end in ends)


def _numbers(end: Sequence[Any]) -> Parts:
    """Return year, month and day up to the first that is no number."""
    found = [str(part).strip() for part in end[:3]]
    return [int(part) for part in takewhile(re.compile("-?[0-9]{1,9}").fullmatch, found)]


def _point(end: Parts) -> str:
    if not end or not end[0]:
        return ".."
    year = end[0] if end[0] > 0 else end[0] + 1
    written = f"Y{year}" if abs(year) > 9999 else f"{'-' * (year < 0)}{abs(year):04d}"
    return "-".join((written, *(f"{part:02d}" for part in end[1:3])))
