"""`Context`: the state while one cite is rendered, with its `Item`, `Cite`, `Position` and `Disambiguation`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from fleuron.csl.dates.date_values import DateValue, read_date
from fleuron.csl.names.particles import split_particles
from fleuron.csl.text.labelled_numbers import LabelledNumber, split_labelled_numbers
from fleuron.csl.text.runs import Run

Person = Mapping[str, Any]

# Variables of CSL 1.0.2 and the older names under which items have them.
OLDER_NAMES = {
    "title-short": ("shortTitle",),
    "container-title-short": ("journalAbbreviation",),
    "event-title": ("event",),
    "event": ("event-title",),
    "editortranslator": ("editor-translator",),
    "part-number": ("part",),
}


class VariableUse(IntEnum):
    """Whether an element used no variables, only empty ones, or at least one with content (CSL 1.0.2, “Group”)."""

    NONE = 0
    EMPTY = 1
    FILLED = 2


# Pieces, which the enclosing element joins with its delimiter, and which variables were used in them.
Output = tuple[list[tuple[Run, ...]], VariableUse]
MISSING: Output = ([], VariableUse.EMPTY)


@dataclass(frozen=True, slots=True)
class Cite:
    """One source in a citation, with its locator, the term that labels the locator, and the author's affixes.

    A locator of several parts, such as a volume and a page, is in ``locators`` instead.
    """

    id: str
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False
    author_only: bool = False
    locators: tuple[LabelledNumber, ...] = ()

    @property
    def place(self) -> tuple[object, ...]:
        """Return where in the source this cite points, to be compared with another; nothing for the whole source.

        An author's own words after the cite are part of the place if they have a number: “box 5”.
        """
        parts: tuple[object, ...] = tuple((part.label, re.sub(r"--|–", "-", part.text)) for part in self.locators)
        if not parts and self.locator:
            parts = ((self.locator, self.label or "page"),)
        return (*parts, self.suffix) if any(map(str.isdigit, self.suffix)) else parts


@dataclass(frozen=True, slots=True)
class Position:
    """The position of a cite: its name in CSL, whether the source was cited nearby, and numbers of notes.

    ``first_note`` is the note in which the source is cited first, or 0; ``note`` is the note of this cite, or 0.
    """

    name: str = "first"
    near_note: bool = False
    first_note: int = 0
    note: int = 0

    def holds(self, position: str) -> bool:
        """Return whether the condition `position` is true; “ibid-with-locator” implies “ibid” and “subsequent”."""
        if position == "near-note":
            return self.near_note
        if position == "subsequent":
            return self.name != "first"
        if position == "ibid":
            return self.name in ("ibid", "ibid-with-locator")
        return position == self.name


@dataclass(frozen=True, slots=True)
class Disambiguation:
    """What is changed in the cites of an item so that they differ from those of other items.

    ``names_shown`` is the number of names shown in each list. ``given_name_levels`` has, for each list and person,
    0 (as in the style), 1 (initials) or 2 (the whole given name). ``conditions_met`` is how many of the style's
    `disambiguate` conditions are true, in order. ``year_suffix`` counts from 0 (a).
    """

    names_shown: tuple[int, ...] = ()
    given_name_levels: tuple[tuple[int, ...], ...] = ()
    conditions_met: int = 0
    year_suffix: int | None = None


@dataclass(frozen=True)
class Item:
    """An item with its language, whether it is in English, and its dates (read when they are used)."""

    data: Mapping[str, Any]
    language: str = ""
    english: bool = False
    dates: dict[str, DateValue | None] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """The type of the item, or "" if it has none."""
        return str(self.data.get("type") or "")

    def date(self, variable: str) -> DateValue | None:
        """Read a date variable; return None if it is empty."""
        if variable not in self.dates:
            self.dates[variable] = read_date(self.data.get(variable))
        return self.dates[variable]


@dataclass(frozen=True, slots=True)
class NameLimits:
    """The limits on names of a sort key (`names-min`, `names-use-first`, `names-use-last`); None if not set."""

    names_min: int | None = None
    names_use_first: int | None = None
    names_use_last: str | None = None


NO_NAME_LIMITS = NameLimits()


@dataclass(slots=True)
class NameList:
    """A rendered list of names, as disambiguation needs it."""

    persons: tuple[Person, ...]
    shown: int
    form: str
    initialized: bool


@dataclass(slots=True)
class Context:
    """The state while one cite, or one entry of the bibliography, is rendered."""

    item: Item
    cite: Cite
    position: Position = field(default_factory=Position)
    disambiguation: Disambiguation = field(default_factory=Disambiguation)
    bibliography: bool = False
    citation_number: int = 0
    sorting: bool = False
    omit_year_suffix: bool = False
    # Rendered only to be compared with other cites: the date of access does not disambiguate.
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
    # The substitute for repeated names, its rule, and the names of the preceding entry: as one text and singly.
    replacement: tuple[tuple[Run, ...], str, tuple[str, tuple[str, ...]]] | None = None

    @property
    def locator_parts(self) -> tuple[str, str]:
        """Return the label of the locator, which its text may contain (“fol. 186”), and the locator without it."""
        if self.cite.locators:
            return self.cite.locators[0].label, self.cite.locators[0].text
        text = self.cite.locator.strip()
        head, *_rest = split_labelled_numbers(text)
        if head.label:
            return head.label, text[text.index(".") + 1 :].lstrip()
        return (self.cite.label or "page").replace("sub verbo", "sub-verbo"), text

    def value(self, variable: str) -> Any:
        """Return the value of a variable, or None if it is empty or was already rendered as a substitute."""
        return None if variable in self.suppressed else self.stored_value(variable)

    def stored_value(self, variable: str) -> Any:
        """Return the value of a variable even if it was rendered as a substitute; conditions test this value."""
        special = SPECIAL.get(variable)
        if special is not None:
            value = special(self)
        else:
            value = self.item.data.get(variable)
            if value in (None, "", []):
                for older in OLDER_NAMES.get(variable, ()):
                    value = self.item.data.get(older)
                    if value:
                        break
        return None if value in (None, "", [], {}) else value

    def mark_rendered(self, variable: str) -> None:
        """Suppress a variable from now on if it is being rendered as a substitute."""
        if self.substituting:
            self.suppressed.add(variable)


def page_first(context: Context) -> str:
    """Return the first page of an item: `page-first`, or `page` up to its first dash, comma or ampersand."""
    page = str(context.item.data.get("page") or "")
    for mark in ("-", "–", ",", "&"):
        page = page.split(mark)[0]
    return str(context.item.data.get("page-first") or page.strip())


def citation_label(context: Context) -> str:
    """Return the label of an item, or one made of its authors' family names and its year."""
    label = context.item.data.get("citation-label")
    if label:
        return str(label)
    names = [
        str(author.get("family") or author.get("literal") or "")
        for author in map(split_particles, context.item.data.get("author") or ())
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
