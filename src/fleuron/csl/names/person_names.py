"""Render one person's name: which parts are shown, and in which order (CSL 1.0.2, “Name-part Order”)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from fleuron.csl.names.initials import initialize_given_name
from fleuron.csl.rendering.context import Person
from fleuron.csl.rendering.formatting import Formatting
from fleuron.csl.text.rich_text import read_text
from fleuron.csl.text.runs import Run, Text

# Scripts in which a space separates given name and family name (“romanesque” and “byzantine” in CSL).
SPACED = re.compile(
    "[\u0000-\u02ff\u0370-\u058f\u0590-\u06ff\u0750-\u077f\u08a0-\u08ff\u0900-\u109f\u10a0-\u10ff\u1200-\u139f"
    "\u1c80-\u1cbf\u1e00-\u20ff\u2c60-\u2c7f\u2d00-\u2ddf\ua640-\ua69f\ua720-\ua7ff\ufb50-\ufdff\ufe70-\ufeff]"
)


@dataclass(frozen=True)
class PersonNameOptions:
    """Options for a single name: those of `name` that do not concern the list, and of its `name-part` children."""

    form: str = "long"
    initialize: bool = True
    initialize_with: str | None = None
    hyphenated: bool = True
    sort_separator: str = ", "
    demote: str = "display-and-sort"
    family: Formatting = field(default_factory=Formatting)
    given: Formatting = field(default_factory=Formatting)


def is_space_separated(person: Person) -> bool:
    """Return whether a name is in a script that separates its parts with a space."""
    text = str(person.get("family") or person.get("given") or "")
    return (SPACED.search(text) is not None and not person.get("static-ordering")) or not text


def given_text(person: Person, form: PersonNameOptions, level: int) -> str:
    """Return the given name in the form of the style, or a fuller form if disambiguation requires it."""
    given = str(person.get("given") or "")
    least = form.form == "short" and level == 1  # initials are enough to disambiguate
    if level == 2 or (form.initialize_with is None and not least) or not SPACED.search(given):
        return given
    return initialize_given_name(given, form.initialize_with or "", whole=form.initialize, hyphenated=form.hyphenated)


def suffix_text(person: Person, form: PersonNameOptions) -> str:
    """Return the suffix of a name, such as “Jr.”; without its full stop if the style's initials have none."""
    suffix = str(person.get("suffix") or "")
    return suffix if form.initialize_with is None or "." in form.initialize_with else suffix.replace(".", "")


def render_person(
    person: Person, form: PersonNameOptions, name: str, language: str, *, inverted: bool, level: int, sorting: bool
) -> tuple[Run, ...]:
    """Render a person's name; ``name`` is the variable, and ``language`` that of the item.

    ``level`` is how much of the given name is shown to disambiguate (see `Disambiguation.given_name_levels`).
    """

    def part(text: str, formatting: Formatting | None = None) -> tuple[Run, ...]:
        runs = read_text(text.replace("'", "’") if "<" not in text else text, name, language)
        return formatting.format_content(runs) if formatting and runs else runs

    if person.get("literal"):
        return form.family.with_affixes(part(str(person["literal"]), form.family))
    family, given = str(person.get("family") or ""), given_text(person, form, level)
    if not family or (not given and not person.get("given")):
        text = " ".join(
            name_text
            for name_text in (str(person.get("non-dropping-particle") or ""), family or str(person.get("given") or ""))
            if name_text
        )
        return append_suffix(form.family.with_affixes(part(text, form.family)), person, part, form, inverted=inverted)
    short = form.form == "short" and level == 0
    if not is_space_separated(person):
        between = (Text(" "),) if SPACED.search(family + given) else ()
        written = part(family, form.family)
        return written if short else (*written, *between, *part(given, form.given))
    dropping, particle = str(person.get("dropping-particle") or ""), str(person.get("non-dropping-particle") or "")
    if short:
        if sorting and form.demote != "never":
            return form.family.with_affixes(part(family, form.family))
        return form.family.with_affixes(join_name_parts(part(particle, form.family), part(family, form.family)))
    suffix = suffix_text(person, form)
    if not inverted:
        inside = join_name_parts(part(dropping), part(particle, form.family), part(family, form.family))
        if suffix:
            comma = (Text(", "),) if person.get("comma-suffix") else (Text(" "),)
            inside = (*inside, *comma, *part(suffix))
        return join_name_parts(form.given.with_affixes(part(given, form.given)), form.family.with_affixes(inside))
    demoted = form.demote == "display-and-sort" or (sorting and form.demote == "sort-only")
    head = (
        part(family, form.family)
        if demoted
        else join_name_parts(part(particle, form.family), part(family, form.family))
    )
    given_runs = part(given, form.given)
    if person.get("comma-dropping-particle") and given_runs:
        given_runs = (*given_runs, Text(","))
    tail = join_name_parts(given_runs, part(dropping, form.given), part(particle, form.family) if demoted else ())
    runs = (*form.family.with_affixes(head), Text(form.sort_separator), *form.given.with_affixes(tail))
    return (*runs, Text(form.sort_separator), *part(suffix)) if suffix else runs


def append_suffix(
    runs: tuple[Run, ...], person: Person, part: Any, form: PersonNameOptions, *, inverted: bool
) -> tuple[Run, ...]:
    """Append the suffix to a name that has only one other part."""
    suffix = suffix_text(person, form)
    if not suffix:
        return runs
    between = form.sort_separator if inverted else ", " if person.get("comma-suffix") else " "
    return (*runs, Text(between), *part(suffix))


def join_name_parts(*parts: tuple[Run, ...]) -> tuple[Run, ...]:
    """Join parts of a name with spaces, except after an apostrophe or hyphen that ends a particle."""
    runs: list[Run] = []
    ending = ""
    for part in parts:
        if not part:
            continue
        if runs and not ending.endswith(("’", "'", "-", "‘", "–", "ʼ", "\u00a0", " ")):
            runs.append(Text(" "))
        runs.extend(part)
        last = part[-1]
        while not isinstance(last, Text):
            last = last.runs[-1]
        ending = last.text
    return tuple(runs)
