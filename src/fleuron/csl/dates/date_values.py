"""Read dates of CSL-JSON: date parts, seasons, ranges, and the raw texts of older data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year (negative for BC), month (1 to 12), day and season (1 to 4); 0 if unknown. A year 0 is an open end."""

    year: int
    month: int = 0
    day: int = 0
    season: int = 0


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date, or with ``end`` a range, or a ``literal`` text; ``season`` is the text of a season without a number."""

    start: PartialDate | None = None
    end: PartialDate | None = None
    literal: str = ""
    season: str = ""
    circa: bool = False


def read_number(value: Any) -> int:
    """Read a part of a date as a number; return 0 if it is not one."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    try:
        return int(str(value).strip() or 0)
    except ValueError:
        return 0


def date_from_parts(parts: Sequence[Any]) -> PartialDate | None:
    """Make a date of date parts; months 13 to 24 are seasons, those of EDTF (21 to 24) and of older data."""
    numbers = [read_number(part) for part in parts[:3]] + [0, 0, 0]
    year, month, day = numbers[:3]
    if not year:
        return None
    if 13 <= month <= 24:
        return PartialDate(year, season=(month - 13) % 4 + 1)
    return PartialDate(year, month if 1 <= month <= 12 else 0, day if 1 <= day <= 31 and 1 <= month <= 12 else 0)


def read_date(value: Any) -> DateValue | None:
    """Read a date variable of CSL-JSON; return None if it holds nothing that can be read."""
    if isinstance(value, str | int):
        value = {"raw": str(value)}
    if not isinstance(value, dict):
        return None
    circa = str(value.get("circa") or "").lower() not in ("", "0", "false")
    parts = [part for part in value.get("date-parts") or () if isinstance(part, list | tuple) and part]
    days = [date_from_parts(part) for part in parts[:2]]
    if days and days[0] is not None:
        return with_season(days, value, circa)
    if days and len(days) > 1 and days[1] is not None:
        return DateValue(days[1], circa=circa)
    if value.get("literal"):
        return DateValue(literal=str(value["literal"]), circa=circa)
    if value.get("raw"):
        return read_raw(str(value["raw"]), circa)
    if value.get("season"):
        return DateValue(season=str(value["season"]), circa=circa)
    return None


def with_season(days: list[PartialDate | None], value: dict[str, Any], circa: bool) -> DateValue:
    """Combine the two ends of a date with the `season` of the item."""
    start = days[0]
    end = days[1] if len(days) > 1 else None
    open_ended = len(days) > 1 and end is None
    season = str(value.get("season") or "")
    if season and start is not None and not start.month:
        if read_number(season) in range(1, 5):
            start, season = PartialDate(start.year, season=read_number(season)), ""
    else:
        season = ""
    if open_ended:
        end = PartialDate(0)
    return DateValue(start, end, season=season, circa=circa)


def read_raw(text: str, circa: bool) -> DateValue:
    """Read a date as people write it, such as 1998-03, 3 Mar 1998, March 1998–April 1999, 200BC, ca. 1750."""
    stripped = re.sub(r"^(circa|ca?\.?)\s+|[?~]$", "", text.strip(), flags=re.IGNORECASE)
    circa = circa or stripped != text.strip()
    for start, end in read_ends(stripped):
        if start.year:
            return DateValue(start, end, circa=circa)
    return DateValue(literal=text, circa=circa)


# The delimiter of a range in a raw text; a hyphen within a date such as 2001-03 is not one.
RANGE_DELIMITER = re.compile(r"\s*[–/]\s*|\s+-\s+|(?<=\d{4})-(?=\d{4}$)|(?<=[a-z])-(?=[A-Z])|(?<=\d)-(?=[A-Z])")
# “January 3-5, 2001” and “3–5 January 2001”.
DAYS = re.compile(r"(?:([A-Za-z]+)\.? )?(\d{1,2})[-–](\d{1,2})(?: ([A-Za-z]+)\.?)?,? (\d{4})")


def read_ends(text: str) -> Iterator[tuple[PartialDate, PartialDate | None]]:
    """Yield the interpretations of a raw text: as a range (a start without a year takes the end's), then as a date."""
    if match := DAYS.fullmatch(text):
        month = match[1] or match[4]
        halves = [f"{day} {month} {match[5]}" for day in (match[2], match[3])]
    else:
        halves = RANGE_DELIMITER.split(text)
    days = [day for day in map(read_single_date, halves) if day is not None]
    if len(halves) == len(days) == 2:
        start, end = days
        yield replace(start, year=start.year or end.year), end
    single = read_single_date(text)
    if single is not None:
        yield single, None


def read_single_date(text: str) -> PartialDate | None:
    """Read one day, month, season or year as people write it; return None if the text is not one of these."""
    if match := re.fullmatch(r"(-?\d{1,4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?", text):
        return date_from_parts([match[1], match[2] or 0, match[3] or 0])
    if match := re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4})", text):
        # With full stops the day comes first; with slashes the month does, unless it is greater than 12.
        first, second = int(match[1]), int(match[3])
        day, month = (first, second) if match[2] == "." or first > 12 else (second, first)
        return PartialDate(int(match[4]), month, day) if month <= 12 and day <= 31 else None
    if match := re.fullmatch(r"(\d+)\s*(BC|AD|BCE|CE)\.?", text, re.IGNORECASE):
        return PartialDate(-int(match[1]) if match[2].upper().startswith("B") else int(match[1]))
    year = month = day = season = 0
    for word in re.findall(r"\w+", text):
        low = word.lower()
        if low in SEASONS and not season:
            season = SEASONS[low]
        elif low[:3] in MONTHS and low.isalpha() and not month:
            month = MONTHS.index(low[:3]) + 1
        elif re.fullmatch(r"\d{1,2}(st|nd|rd|th)?", low) and not day:
            day = int(re.sub(r"\D", "", low))
        elif re.fullmatch(r"\d{3,4}", low) and not year:
            year = int(low)
        else:
            return None
    if not (year or month or season):
        return None
    return PartialDate(year, month, day if month else 0, season)
