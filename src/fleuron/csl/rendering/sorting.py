"""Sort cites and the bibliography by the sort keys of a style (CSL 1.0.2, “Sorting”)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cmp_to_key
from typing import Any, TypeVar

from fleuron.csl.dates.date_element import date_sort_key
from fleuron.csl.dates.date_values import DateValue
from fleuron.csl.rendering.compiled_style import Area, SortKey, render_sort_key
from fleuron.csl.rendering.context import Context
from fleuron.csl.text.collation import collation_key
from fleuron.csl.text.rich_text import read_text
from fleuron.csl.text.runs import plain
from fleuron.csl.vocabulary import DATE_VARIABLES

T = TypeVar("T")
Value = tuple[int, Any]
EMPTY: Value = (1, "")


def key_value(key: SortKey, context: Context, language: str) -> Value:
    """Return the value of one sort key: (0, a comparable value), or (1, "") if it is empty."""
    if key.rendered is not None:
        context.sorting, context.limits = True, key.limits
        text = plain(render_sort_key(key, context))
        return (0, bare_key(text, language)) if text else EMPTY
    variable = key.variable
    if variable in DATE_VARIABLES:
        return date_value(context.item.date(variable))
    value = context.value(variable)
    if value is None:
        return EMPTY
    return (0, bare_key(plain(read_text(str(value))), language))


def bare_key(text: str, language: str) -> tuple[object, ...]:
    """Return the collation key of a text without the quotation marks or brackets at its beginning."""
    return collation_key(text.lstrip("‘’“”'\"[( "), language)


def date_value(date: DateValue | None) -> Value:
    """Return the value of a date as a sort key."""
    if date is None:
        return EMPTY
    return (0, (date_sort_key(date, {"year", "month", "day"}),))


def sort_by(entries: Sequence[T], area: Area, context_of: Callable[[T], Context], language: str) -> list[T]:
    """Sort entries by the keys of an area; the sort is stable, and empty values come last in either direction."""
    if not area.keys:
        return list(entries)
    valued = [([key_value(key, context_of(entry), language) for key in area.keys], entry) for entry in entries]

    def compare(left: tuple[list[Value], T], right: tuple[list[Value], T]) -> int:
        for key, left_value, right_value in zip(area.keys, left[0], right[0], strict=True):
            if left_value == right_value:
                continue
            if left_value[0] != right_value[0]:
                return left_value[0] - right_value[0]
            order = -1 if left_value[1] < right_value[1] else 1
            return -order if key.descending else order
        return 0

    return [entry for _values, entry in sorted(valued, key=cmp_to_key(compare))]
