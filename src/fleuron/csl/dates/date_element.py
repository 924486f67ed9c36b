"""Compile the element `date`: localised and custom forms, ranges and seasons (CSL 1.0.2, “Date”)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from fleuron.csl.dates.date_values import DateValue, PartialDate
from fleuron.csl.rendering.compile_scope import CompileScope, Renderer
from fleuron.csl.rendering.context import MISSING, Context, Output, VariableUse, suffix_letters
from fleuron.csl.rendering.formatting import Formatting, read_formatting
from fleuron.csl.style.locales import Locale, ordinal_suffix
from fleuron.csl.style.xml import CSL
from fleuron.csl.text.runs import Run, Text, join_pieces

PARTS = {"year": ("year",), "year-month": ("year", "month"), "year-month-day": ("year", "month", "day")}
LARGEST_FIRST = ("year", "month", "day")
# Years before this one are written with the term for AD, as citeproc-js does.
EARLY = 500


@dataclass(frozen=True)
class DatePart:
    """One `date-part`: its name, form and formatting, and the delimiter of ranges that differ in this part."""

    name: str
    form: str
    formatting: Formatting
    range_delimiter: str


@dataclass(frozen=True)
class DateFormat:
    """A compiled `date` element: its parts in order, their delimiter, and its formatting."""

    variable: str
    parts: tuple[DatePart, ...]
    formatting: Formatting
    delimiter: tuple[Run, ...]
    locale: Locale
    adds_suffix: bool


def read_date_part(attributes: dict[str, str], language: str) -> DatePart:
    """Read the attributes of a `date-part`; without a form, days are numeric and other parts long."""
    element = etree.Element("date-part", attributes)
    form = attributes.get("form", "long" if attributes.get("name") != "day" else "numeric")
    return DatePart(
        attributes.get("name", ""), form, read_formatting(element, language), attributes.get("range-delimiter", "–")
    )


def date_parts_of(element: etree._Element, scope: CompileScope) -> tuple[tuple[DatePart, ...], str]:
    """Return the parts and their delimiter: the locale's with the style's attributes, or the style's own."""
    own = {str(date_part.get("name")): dict(date_part.attrib) for date_part in element.iterfind(f"{CSL}date-part")}
    form = element.get("form")
    localised = scope.locale.dates.get(str(form)) if form else None
    if localised is None:
        return tuple(read_date_part(date_part, scope.locale.language) for date_part in own.values()), ""
    shown_parts = PARTS.get(element.get("date-parts", "year-month-day"), LARGEST_FIRST)
    parts = []
    for date_part in localised.iterfind(f"{CSL}date-part"):
        if date_part.get("name") in shown_parts:
            attributes = {str(key): str(value) for key, value in date_part.attrib.items()}
            parts.append(read_date_part(attributes | own.get(str(date_part.get("name")), {}), scope.locale.language))
    return tuple(parts), localised.get("delimiter", "")


def compile_date(element: etree._Element, scope: CompileScope) -> Renderer:
    """Compile `date`; in a sort key it renders a text that sorts by time (`date_sort_key`)."""
    parts, delimiter = date_parts_of(element, scope)
    form = DateFormat(
        str(element.get("variable")),
        parts,
        read_formatting(element, scope.locale.language),
        ((Text(own),) if (own := element.get("delimiter", delimiter)) else ()),
        scope.locale,
        scope.options.get("disambiguate-add-year-suffix") == "true",
    )

    def render(context: Context) -> Output:
        date = None if form.variable in context.suppressed else context.item.date(form.variable)
        if date is None or (context.comparing and form.variable == "accessed"):
            return MISSING
        if context.sorting:
            return [(Text(date_sort_key(date, {part.name for part in form.parts})),)], VariableUse.FILLED
        runs = render_date(
            date,
            form,
            context,
            adds_suffix=form.adds_suffix and not scope.uses_year_suffix,
        )
        if not runs:
            return MISSING
        context.mark_rendered(form.variable)
        return [form.formatting.apply(runs, context)], VariableUse.FILLED

    return render


def date_sort_key(date: DateValue, parts: set[str]) -> str:
    """Write a date as digits that sort in order of time, including years BC."""
    digits = ""
    for day in (date.start, date.end):
        if day is not None and day.year:
            era = f"1{day.year:05d}" if day.year > 0 else f"0{99999 + day.year:05d}"
            digits += era if "year" in parts else ""
            digits += f"{day.month or day.season * 3:02d}" if "month" in parts else ""
            digits += f"{day.day:02d}" if "day" in parts else ""
            digits += "-"
    return digits or literal_sort_key(date.literal)


def literal_sort_key(literal: str) -> str:
    """Write a date in words so that it sorts by its year ("[1850]"), the common one of two ("1346/1967")."""
    years = [int(year) for year in re.findall("[0-9]{3,4}", literal)]
    common = max((year for year in years if year < 2200), default=0)
    return f"1{common:05d}-{literal}" if common else literal


def render_date(date: DateValue, form: DateFormat, context: Context, *, adds_suffix: bool) -> tuple[Run, ...]:
    """Render a date in the format of the element."""
    if date.literal:
        words = (Text(date.literal, form.variable, context.item.language),)
        year = next((part.formatting for part in form.parts if part.name == "year"), Formatting())
        return year.apply(words, context)
    if date.start is None:
        return (Text(date.season, form.variable),) if date.season else ()
    names = [part.name for part in form.parts]
    differing = largest_difference(date, names)
    if date.end is None or not differing:
        pieces = render_parts(date.start, form.parts, form, context, date.season)
        pieces = with_suffix(pieces, form, context) if adds_suffix else pieces
        return join_pieces([runs for _name, runs in pieces], form.delimiter)
    return render_range(date, date.end, differing, form, context, adds_suffix=adds_suffix)


def largest_difference(date: DateValue, names: list[str]) -> str:
    """Return the largest part in which the two ends of a range differ, or "" if they do not."""
    if date.start is None or date.end is None:
        return ""
    for name in LARGEST_FIRST:
        if name in names and part_values(date.start, name) != part_values(date.end, name):
            return name
    return ""


def part_values(day: PartialDate, name: str) -> tuple[int, int]:
    """Return the value of a part, with the season beside the month, to compare dates."""
    return (getattr(day, name), day.season if name == "month" else 0)


def render_range(
    date: DateValue, end: PartialDate, differing: str, form: DateFormat, context: Context, *, adds_suffix: bool
) -> tuple[Run, ...]:
    """Render a range: the parts that both ends share once, the others on either side of the delimiter."""
    differing_parts = LARGEST_FIRST[LARGEST_FIRST.index(differing) :]
    differing_indexes = [number for number, part in enumerate(form.parts) if part.name in differing_parts]
    first, last = differing_indexes[0], differing_indexes[-1] + 1
    delimiter = next(part.range_delimiter for part in form.parts if part.name == differing)
    start = date.start or PartialDate(0)
    before = render_parts(start, form.parts[:first], form, context)
    start_pieces = render_parts(start, form.parts[first:last], form, context)
    end_pieces = render_parts(end, form.parts[first:last], form, context) if end.year else []
    if end_pieces:
        trimmed_form = without_inner_affix(form, end_pieces[0][0], before=True)
        end_pieces = render_parts(end, trimmed_form.parts[first:last], trimmed_form, context)
    after = render_parts(start, form.parts[last:], form, context)
    if start_pieces:
        trimmed_form = without_inner_affix(form, start_pieces[-1][0], before=False)
        start_pieces = render_parts(start, trimmed_form.parts[first:last], trimmed_form, context)
    if adds_suffix:
        after, end_pieces = (
            (with_suffix(after, form, context), end_pieces)
            if after
            else (after, with_suffix(end_pieces, form, context))
        )
    head = join_pieces([runs for _name, runs in (*before, *start_pieces)], form.delimiter)
    tail = join_pieces([runs for _name, runs in (*end_pieces, *after)], form.delimiter)
    return (*head, Text(delimiter), *tail)


def without_inner_affix(form: DateFormat, name: str, *, before: bool) -> DateFormat:
    """Remove the affix of a part on the side of the range delimiter: the prefix if ``before``, else the suffix."""

    def opened(formatting: Formatting) -> Formatting:
        return replace(formatting, prefix=()) if before else replace(formatting, suffix=())

    parts = (replace(part, formatting=opened(part.formatting)) if part.name == name else part for part in form.parts)
    return replace(form, parts=tuple(parts))


Pieces = list[tuple[str, tuple[Run, ...]]]


def render_parts(
    day: PartialDate, parts: tuple[DatePart, ...], form: DateFormat, context: Context, season: str = ""
) -> Pieces:
    """Render the parts that a date has; return each with its name."""
    pieces: Pieces = []
    for part in parts:
        text = part_text(day, part, form.locale, season)
        if text:
            runs = part.formatting.format_content((Text(text, form.variable),), context)
            pieces.append((part.name, part.formatting.with_affixes(runs)))
    return pieces


def with_suffix(pieces: Pieces, form: DateFormat, context: Context) -> Pieces:
    """Append the year suffix (the letter that disambiguates works of one year) to the year, inside its affixes."""
    suffix = context.disambiguation.year_suffix
    if suffix is None or context.year_suffix_shown or context.omit_year_suffix:
        return pieces
    for number, (name, runs) in enumerate(pieces):
        if name == "year":
            context.year_suffix_shown = True
            part = next(part for part in form.parts if part.name == "year")
            cut = len(runs) - len(part.formatting.suffix)
            letter = Text(suffix_letters(suffix), "year-suffix")
            pieces[number] = (name, (*runs[:cut], letter, *runs[cut:]))
            break
    return pieces


def part_text(day: PartialDate, part: DatePart, locale: Locale, season: str) -> str:
    """Return the text of one part of a date, or "" if the date does not have it."""
    if part.name == "year":
        return year_text(day.year, part.form, locale)
    if part.name == "month":
        if day.season:
            return locale.term(f"season-{day.season:02d}") or ""
        return month_text(day.month, part.form, locale) or season
    return day_text(day, part.form, locale)


def year_text(year: int, form: str, locale: Locale) -> str:
    """Write a year, with the terms for BC and AD where they are needed."""
    if not year:
        return ""
    if year < 0:
        return f"{-year}{locale.term('bc') or ''}"
    if year < EARLY:
        return f"{year}{locale.term('ad') or ''}"
    return f"{year % 100:02d}" if form == "short" else str(year)


def month_text(month: int, form: str, locale: Locale) -> str:
    """Write a month as a number or as a term of the locale."""
    if not month:
        return ""
    if form == "numeric":
        return str(month)
    if form == "numeric-leading-zeros":
        return f"{month:02d}"
    return locale.term(f"month-{month:02d}", form) or str(month)


def day_text(day: PartialDate, form: str, locale: Locale) -> str:
    """Write a day as a number or as an ordinal."""
    if not day.day:
        return ""
    if form == "numeric-leading-zeros":
        return f"{day.day:02d}"
    if form == "ordinal" and (day.day == 1 or locale.options.get("limit-day-ordinals-to-day-1") != "true"):
        return f"{day.day}{ordinal_suffix(locale, day.day, locale.gender_of(f'month-{day.month:02d}'))}"
    return str(day.day)
