"""Read the dates of an entry: biblatex's `date`, or BibTeX's `year`, `month` and `day`.

A date that cannot be read is kept as ``literal``, so that nothing that an author wrote is lost.
"""

from __future__ import annotations

import re

from fleuron.csl.sources.edtf import CslDate, DateParts, InvalidDate, read_edtf
from fleuron.csl.sources.latex.reader import Report, decode, verbatim
from fleuron.csl.vocabulary import split_words

MONTHS = split_words("january february march april may june july august september october november december")
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
CIRCA = re.compile(r"(?:\bca?\.|\bcirca\b)\s*", re.IGNORECASE)
YEARS = re.compile(r"([0-9]{1,4})\s*[-–—/]\s*([0-9]{1,4})")
TWO_CALENDARS = re.compile(r"\[?\s*([0-9]{3,4})\s*/\s*([0-9]{3,4})\s*\]?")
# How much greater than the year of another calendar the common year can be: Persian, Rumi (Ottoman), Coptic, Hebrew.
CALENDARS = frozenset((620, 621, 622, 583, 584, 585, 283, 284, -3761, -3760, -3759))
DAY = re.compile(
    r"(?:(?P<before>[0-9]{1,2})(?:st|nd|rd|th)?)?[.,\s]*(?P<month>[^\W\d_]+)"
    r"[.,\s]*(?:(?P<after>[0-9]{1,2})(?:st|nd|rd|th)?)?"
)


def read_date(source: str, report: Report) -> CslDate | None:
    """Read a date field of biblatex; return None if it is empty. What is lost or unreadable is reported.

    A supplied date, in brackets, and a year in two calendars are kept as they are written.
    """
    text = verbatim(source).replace("\u00a0", "~").replace("--", "/").replace("–", "/").replace(" ", "")
    if not text:
        return None
    if is_in_two_calendars(text) or re.fullmatch(r"\[[^]]*\]", text):
        return {"literal": decode(source, markup=False)}
    try:
        date = read_edtf(text)
    except InvalidDate as error:
        in_words = read_year(source) if re.search("[A-Za-z]{3}", text) else None
        if in_words is not None and "literal" not in in_words:
            return in_words
        report(f"“{source}” is not a valid date: {error}; write it like 2022-11-18. It is printed as it is")
        return {"literal": decode(source, markup=False)}
    if "T" in text:
        report("the time of day is ignored: dates in CSL have none")
    return date


def read_year(source: str) -> CslDate | None:
    """Read a year of BibTeX ("1904", "c. 1904", "1904--1906") or a date in English; return None if it is empty.

    A year in brackets, which a cataloguer has supplied, and a year in two calendars are kept as they are written.
    """
    text = decode(source, markup=False)
    if not text:
        return None
    if "[" in text or is_in_two_calendars(text):
        return {"literal": text}
    circa = bool(CIRCA.search(text) or text.endswith("?"))
    parts = _years(CIRCA.sub("", text).strip(" ?"))
    if parts is None:
        return {"literal": text}
    return {"date-parts": parts, "circa": True} if circa else {"date-parts": parts}


def is_in_two_calendars(text: str) -> bool:
    """Return whether a text is one year in two calendars ("1346/1967"), not a range of years."""
    found = TWO_CALENDARS.fullmatch(text)
    if not found:
        return False
    first, second = sorted(map(int, found.groups()))
    lunar = first * 0.970229 + 621.58  # the Islamic year, of 354 or 355 days
    return second - first in CALENDARS or first - second in CALENDARS or abs(second - lunar) < 1.6


def _years(text: str) -> list[DateParts] | None:
    """Read a year, a range of years, or a month (with a day) and a year; return None for other text."""
    if between := YEARS.fullmatch(text):
        first, last = between.groups()
        last = first[: max(len(first) - len(last), 0)] + last
        return [[int(first)], [int(last)]] if 0 < int(first) < int(last) else None
    if re.fullmatch("-?[0-9]{1,4}", text):
        return [[int(text)]] if int(text) else None
    match = re.fullmatch(r"(.*[^\W\d_].*?)[.,\s]+([0-9]{4})", text)  # 18 November 2022, November 18, 2022
    day = _day(match[1]) if match else []
    return [[int(match[2]), *day]] if match and len(day) and 0 < day[0] <= 12 else None


def with_month(date: CslDate, month: str, day: str, report: Report) -> CslDate:
    """Add BibTeX's `month`, which often contains the day, and `day` to a year; a range of months makes a range."""
    parts = date.get("date-parts", [])
    if len(parts) != 1 or len(parts[0]) != 1:
        report("the month is ignored: the year is not a single year")
        return date
    ends = [_day(end, day) for end in re.split(r"[-–—/]+", decode(month, markup=False)) if end.strip()]
    if len(ends) == 2 and {len(ends[0]), len(ends[1])} == {1, 2}:
        ends = _days_of_one_month(ends)
    if not 1 <= len(ends) <= 2 or any(not end or not (1 <= end[0] <= 12 or 21 <= end[0] <= 24) for end in ends):
        report(f"“{month}” is not a valid month; write a number or one of jan, feb, mar … dec. It is ignored")
        return date
    year = parts[0][0]
    if len(ends) == 1 and ends[0][0] > 12:
        return {**date, "date-parts": [[year]], "season": ends[0][0] - 20}
    return {**date, "date-parts": [[year, *end] for end in ends]}


def _days_of_one_month(ends: list[DateParts]) -> list[DateParts]:
    """Complete the ends of "15--17 November" and "November 15--17", of which one has only a number."""
    month = next(end[0] for end in ends if len(end) == 2)
    return [[month, end[-1]] for end in ends]


def _day(text: str, day: str = "") -> DateParts:
    """Read a month as a number or English word, with its day if there is one; return an empty list for other text."""
    plain = text.strip(" .\u00a0").casefold()
    if re.fullmatch("[0-9]{1,2}", plain):
        month, written = int(plain), day
    elif found := DAY.fullmatch(plain):
        month, written = _month(found["month"]), found["before"] or found["after"] or day
    else:
        return []
    written = written.strip(" .{}")
    return [month, int(written)] if re.fullmatch("[0-9]{1,2}", written) and 1 <= int(written) <= 31 else [month]


def _month(word: str) -> int:
    """Return the number of an English month or season, or of its first three letters or more; 0 for other words."""
    if word in SEASONS:
        return SEASONS[word]
    return next((number for number, name in enumerate(MONTHS, 1) if len(word) > 2 and name.startswith(word)), 0)
