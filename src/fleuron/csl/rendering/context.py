"""What a style's elements look at while a cite is rendered, and what they tell each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from fleuron.csl.dates.date_values import DateValue, read_date
from fleuron.csl.names.particles import split_particles
from fleuron.csl.text.labelled_numbers import split_labelled_numbers
from fleuron.csl.text.runs import Run

Person = Mapping[str, Any]

# Variables of CSL 1.0.2 that items in the wild have under an older name.
OLDER = {
    "title-short": ("shortTitle",),
    "container-title-short": ("journalAbbreviation",),
    "event-title": ("event",),
    "event": ("event-title",),
    "editortranslator": ("editor-translator",),
    "part-number": ("part",),
}


class VariableUse(IntEnum):
    """Whether an element called variables, and whether one of them had content (CSL 1.0.2, “Group”)."""

    NONE = 0
    EMPTY = 1
    FILLED = 2


# Some pieces for the delimiter of the element around to part, and what they were made of.
Output = tuple[list[tuple[Run, ...]], VariableUse]
MISSING: Output = ([], VariableUse.EMPTY)


@dataclass(frozen=True, slots=True)
class Cite:
    """One source in a citation: its locator with the term that labels it, and the words around it."""

    id: str
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False
    author_only: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """Where a cite stands: what the last cites were, the number of its note and of the first of its source (or 0)."""

    name: str = "first"
    near_note: bool = False
    first_note: int = 0
    note: int = 0

    def holds(self, position: str) -> bool:
        """Tell whether a style's `position` test is true; one that is true implies those it is a case of."""
        if position == "near-note":
            return self.near_note
        if position == "subsequent":
            return self.name != "first"
        if position == "ibid":
            return self.name in ("ibid", "ibid-with-locator")
        return position == self.name


@dataclass(frozen=True, slots=True)
class Disambiguation:
    """What tells an item from others: for each list of names how many are shown and with how much of the given name.

    ``disambiguate`` is how many of the tests for it in the style are true, in their order;
    ``givens`` has, for each list, for each person 0 (as the style says), 1 (initials) or 2 (the whole name).
    """

    names_shown: tuple[int, ...] = ()
    given_name_levels: tuple[tuple[int, ...], ...] = ()
    conditions_met: int = 0
    year_suffix: int | None = None


@dataclass(frozen=True)
class Item:
    """An item with its language, and its dates as they were read."""

    data: Mapping[str, Any]
    language: str = ""
    english: bool = False
    dates: dict[str, DateValue | None] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """The item's type, or "" where it has none."""
        return str(self.data.get("type") or "")

    def date(self, variable: str) -> DateValue | None:
        """Return a date variable as it was read, or None where it is empty."""
        if variable not in self.dates:
            self.dates[variable] = read_date(self.data.get(variable))
        return self.dates[variable]


@dataclass(frozen=True, slots=True)
class NameLimits:
    """How many names a sort key shows, where it says so: `names-min`, `names-use-first`, `names-use-last`."""

    names_min: int | None = None
    names_use_first: int | None = None
    names_use_last: str | None = None


NO_NAME_LIMITS = NameLimits()


@dataclass(slots=True)
class NameList:
    """A list of names as it was rendered, for disambiguation."""

    persons: tuple[Person, ...]
    shown: int
    form: str
    initialized: bool


@dataclass(slots=True)
class Context:
    """The state of one rendering of one cite (or of one entry of the bibliography)."""

    item: Item
    cite: Cite
    position: Position = field(default_factory=Position)
    disambiguation: Disambiguation = field(default_factory=Disambiguation)
    bibliography: bool = False
    citation_number: int = 0
    sorting: bool = False
    omit_year_suffix: bool = False
    # Rendered only to be compared with others: when a source was looked at tells nothing of what it is.
    comparing: bool = False
    suppressed: set[str] = field(default_factory=set)
    substituting: int = 0
    name_lists: list[NameList] = field(default_factory=list)
    first_names: tuple[Run, ...] | None = None
    omit_names: bool = False
    disambiguate_tests: int = 0
    year_suffix_shown: bool = False
    limits: NameLimits = NO_NAME_LIMITS
    first_name_texts: tuple[str, ...] = ()
    # What replaces the names of the entry before, by which rule, and those names: as one text and one by one.
    replacement: tuple[tuple[Run, ...], str, tuple[str, tuple[str, ...]]] | None = None

    @property
    def locator_parts(self) -> tuple[str, str]:
        """Return the label of the locator, which it may bring itself (“fol. 186”), and its figures."""
        text = self.cite.locator.strip()
        head, *_rest = split_labelled_numbers(text)
        if head.label:
            return head.label, text[text.index(".") + 1 :].lstrip()
        return (self.cite.label or "page").replace("sub verbo", "sub-verbo"), text

    def value(self, variable: str) -> Any:
        """Return the value of a variable, or None where it is empty or was rendered in another's place."""
        return None if variable in self.suppressed else self.stored_value(variable)

    def stored_value(self, variable: str) -> Any:
        """Return the value of a variable, whether or not it was rendered before; conditions test this."""
        special = SPECIAL.get(variable)
        if special is not None:
            value = special(self)
        else:
            value = self.item.data.get(variable)
            if value in (None, "", []):
                for older in OLDER.get(variable, ()):
                    value = self.item.data.get(older)
                    if value:
                        break
        return None if value in (None, "", [], {}) else value

    def mark_rendered(self, variable: str) -> None:
        """Keep a variable that a substitute has rendered from being rendered again."""
        if self.substituting:
            self.suppressed.add(variable)


def page_first(context: Context) -> str:
    """Return an item's first page: its own variable, or what stands before the first dash or comma of `page`."""
    page = str(context.item.data.get("page") or "")
    for mark in ("-", "–", ",", "&"):
        page = page.split(mark)[0]
    return str(context.item.data.get("page-first") or page.strip())


def citation_label(context: Context) -> str:
    """Return an item's own label, or one made of its authors' family names and its year."""
    own = context.item.data.get("citation-label")
    if own:
        return str(own)
    names = [
        str(each.get("family") or each.get("literal") or "")
        for each in map(split_particles, context.item.data.get("author") or ())
    ]
    lengths = {0: (), 1: (4,), 2: (2, 2), 3: (2, 1, 1)}.get(len(names), (1, 1, 1, 1))
    letters = "".join(name[:length] for name, length in zip(names, lengths, strict=False))
    date = context.item.date("issued")
    return letters + (f"{date.start.year % 100:02d}" if date is not None and date.start is not None else "")


SPECIAL: Mapping[str, Callable[[Context], Any]] = {
    "locator": lambda context: context.locator_parts[1],
    "page-first": page_first,
    "citation-label": citation_label,
    "citation-number": lambda context: context.citation_number or None,
    "first-reference-note-number": lambda context: context.position.first_note or None,
}


def suffix_letters(number: int) -> str:
    """Write a number from 0 as a year suffix: a to z, aa, ab."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(97 + rest) + letters
    return letters
