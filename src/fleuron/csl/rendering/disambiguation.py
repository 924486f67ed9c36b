"""Disambiguate cites of different works that would read the same (CSL 1.0.2, “Disambiguation”).

Names are added, given names expanded, `disambiguate` conditions made true, and year suffixes added, in this order and
no further than needed. Each step renders every work that is still ambiguous once, so that the cost is proportional to
their number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fleuron.csl.names.initials import initialize_given_name
from fleuron.csl.rendering.compiled_style import CompiledStyle
from fleuron.csl.rendering.context import Disambiguation, NameList, Person

# Renders a subsequent cite of an item without affixes; returns its text, lists of names and `disambiguate` tests.
RenderCite = Callable[[str, Disambiguation], tuple[str, list[NameList], int]]


@dataclass(frozen=True)
class DisambiguationOptions:
    """The methods of disambiguation that a style allows."""

    add_names: bool
    add_givens: bool
    year_suffix: bool
    rule: str


def read_disambiguation_options(compiled: CompiledStyle) -> DisambiguationOptions:
    """Read the disambiguation options of a style."""
    area = compiled.citation
    return DisambiguationOptions(
        area.flag("disambiguate-add-names"),
        area.flag("disambiguate-add-givenname"),
        area.flag("disambiguate-add-year-suffix"),
        area.option("givenname-disambiguation-rule", "by-cite"),
    )


def disambiguate(ids: Sequence[str], render: RenderCite, options: DisambiguationOptions) -> dict[str, Disambiguation]:
    """Return the disambiguation of each item; year suffixes are assigned in the order of ``ids``."""
    lists: dict[str, list[NameList]] = {}
    has_tests = False
    for item_id in ids:
        _text, lists[item_id], tests = render(item_id, Disambiguation())
        has_tests = has_tests or tests > 0
    chosen = {item_id: Disambiguation() for item_id in ids}
    if options.add_givens and options.rule != "by-cite":
        chosen |= spell_out_given_names(lists, options.rule)
    for ambiguous in group_by_appearance(ids, chosen, render):
        if len(ambiguous) > 1:
            GroupSearch(render, options, lists, chosen, has_tests).run(ambiguous)
    return chosen


def group_by_appearance(
    ids: Sequence[str], chosen: Mapping[str, Disambiguation], render: RenderCite
) -> list[list[str]]:
    """Group ids whose cites have the same text."""
    found: dict[str, list[str]] = defaultdict(list)
    for item_id in ids:
        found[render(item_id, chosen[item_id])[0]].append(item_id)
    return list(found.values())


@dataclass
class GroupSearch:
    """Search for a disambiguation of the works in one group, and store it in ``chosen``."""

    render: RenderCite
    options: DisambiguationOptions
    lists: Mapping[str, list[NameList]]
    chosen: dict[str, Disambiguation]
    has_tests: bool

    def run(self, group: list[str]) -> None:
        """Disambiguate by names, then by the conditions of the style, then by year suffixes."""
        unresolved = self.by_names(group)
        for subgroup in unresolved:
            remaining = self.by_condition(subgroup) if self.has_tests else [subgroup]
            if self.options.year_suffix:
                for ambiguous in remaining:
                    if len(ambiguous) > 1:
                        self.by_year_suffix(ambiguous)

    def split_group(self, ambiguous: Sequence[str], disambiguations: Mapping[str, Disambiguation]) -> list[list[str]]:
        """Group the ids by the text of their cites under some disambiguations."""
        return group_by_appearance(ambiguous, disambiguations, self.render)

    def by_names(self, ambiguous: list[str]) -> list[list[str]]:
        """Add names and expand given names step by step; return the groups that remain ambiguous."""
        if not self.options.add_names and not (self.options.add_givens and self.options.rule == "by-cite"):
            return [ambiguous]
        unresolved: list[list[str]] = []
        pending = [(ambiguous, {item_id: self.chosen[item_id] for item_id in ambiguous})]
        while pending:
            group, base = pending.pop()
            split = self.first_split(group, base)
            if split is None:
                unresolved.append(group)
                continue
            for part in split[0]:
                for item_id in part:
                    self.chosen[item_id] = split[1][item_id]
                if len(part) > 1:
                    pending.append((part, {item_id: split[1][item_id] for item_id in part}))
        places = {item_id: number for number, item_id in enumerate(ambiguous)}
        return [sorted(group, key=places.__getitem__) for group in unresolved]

    def first_split(
        self, group: list[str], base: Mapping[str, Disambiguation]
    ) -> tuple[list[list[str]], dict[str, Disambiguation]] | None:
        """Find the first step that splits a group; return None if none does."""
        for step in self.steps(group, base):
            parts = self.split_group(group, step)
            if len(parts) > 1:
                return parts, step
        return None

    def steps(self, group: list[str], base: Mapping[str, Disambiguation]) -> Iterator[dict[str, Disambiguation]]:
        """Yield the steps to try: for each list of names one more name, then more of each given name that is shown."""
        first = max((self.lists[item_id] for item_id in group), key=len)
        by_cite = self.options.add_givens and self.options.rule == "by-cite"
        for number in range(len(first)):
            total = max(
                (len(self.lists[item_id][number].persons) for item_id in group if number < len(self.lists[item_id])),
                default=0,
            )
            shown = max(
                base[group[0]].names_shown[number] if number < len(base[group[0]].names_shown) else 0,
                first[number].shown,
            )
            counts = range(shown, total + 1) if self.options.add_names else range(shown, shown + 1)
            for count in counts:
                wider = {
                    item_id: with_names_shown(base[item_id], self.lists[item_id], number, count) for item_id in group
                }
                if count > shown:
                    yield wider
                if by_cite:
                    yield from self.given_name_steps(group, wider, number, count)

    def given_name_steps(
        self, group: list[str], base: Mapping[str, Disambiguation], number: int, count: int
    ) -> Iterator[dict[str, Disambiguation]]:
        """Yield the steps that show more of one given name, for each of the names shown."""
        for place in range(count):
            for level in self.levels(group, number):
                yield {
                    item_id: with_given_name_level(base[item_id], self.lists[item_id], number, place, level)
                    for item_id in group
                }

    def levels(self, group: Sequence[str], number: int) -> Sequence[int]:
        """Return the levels of given names that the style can still add to what it shows."""
        name_list = next(self.lists[item_id][number] for item_id in group if number < len(self.lists[item_id]))
        if name_list.form == "short":
            return (1, 2) if name_list.initialized else (2,)
        return (2,) if name_list.initialized else ()

    def by_condition(self, group: list[str]) -> list[list[str]]:
        """Make the style's `disambiguate` conditions true one by one; return the groups that remain ambiguous."""
        pending: list[list[str]] = [group]
        unresolved: list[list[str]] = []
        while pending:
            ambiguous = pending.pop(0)
            for item_id in ambiguous:
                self.chosen[item_id] = replace(
                    self.chosen[item_id], conditions_met=self.chosen[item_id].conditions_met + 1
                )
            parts = self.split_group(ambiguous, self.chosen)
            (pending if len(parts) > 1 else unresolved).extend(part for part in parts if len(part) > 1)
        return unresolved

    def by_year_suffix(self, group: Sequence[str]) -> None:
        """Number the works of a group by year suffixes."""
        for number, item_id in enumerate(group):
            self.chosen[item_id] = replace(self.chosen[item_id], year_suffix=number)


def with_names_shown(base: Disambiguation, lists: Sequence[NameList], number: int, count: int) -> Disambiguation:
    """Return a disambiguation that shows ``count`` names in list ``number`` (from 0)."""
    names = list(base.names_shown) + [0] * (len(lists) - len(base.names_shown))
    if number < len(names):
        names[number] = count
    return replace(base, names_shown=tuple(names))


def with_given_name_level(
    base: Disambiguation, lists: Sequence[NameList], number: int, place: int, level: int
) -> Disambiguation:
    """Return a disambiguation with a level for the given name at ``place`` in list ``number`` (both from 0)."""
    givens = [list(levels) for levels in base.given_name_levels] + [
        [] for _ in range(len(lists) - len(base.given_name_levels))
    ]
    if number < len(givens):
        row = givens[number]
        row.extend([0] * (place + 1 - len(row)))
        row[place] = level
    return replace(base, given_name_levels=tuple(map(tuple, givens)))


def spell_out_given_names(lists: Mapping[str, Sequence[NameList]], rule: str) -> dict[str, Disambiguation]:
    """Expand given names of all persons who share a family name, even if their cites are not ambiguous."""
    initials: dict[str, set[str]] = defaultdict(set)
    wholes: dict[tuple[str, str], set[str]] = defaultdict(set)
    primary, least = rule.startswith("primary-name"), rule.endswith("-with-initials")
    for name_lists in lists.values():
        for person in compared_persons(name_lists, primary=primary):
            family, initial, whole = name_forms(person)
            initials[family].add(initial)
            wholes[family, initial].add(whole)

    def level(person: Person, record: NameList) -> int:
        family, initial, _whole = name_forms(person)
        several = len(initials[family]) > 1
        ambiguous = len(wholes[family, initial]) > 1 and not least
        if record.form != "short":
            return 2 if record.initialized and ambiguous else 0
        if record.initialized or least:
            return 2 if ambiguous else 1 if several else 0
        return 2 if ambiguous or several else 0

    return {
        item_id: Disambiguation(
            given_name_levels=tuple(
                tuple(
                    0 if primary and (place or number) else level(person, record)
                    for place, person in enumerate(record.persons)
                )
                for number, record in enumerate(name_lists)
            )
        )
        for item_id, name_lists in lists.items()
    }


def compared_persons(lists: Sequence[NameList], *, primary: bool) -> Iterator[Person]:
    """Yield the persons of a cite whose names are disambiguated: all, or only the first."""
    for record in lists[:1] if primary else lists:
        yield from record.persons[:1] if primary else record.persons


def name_forms(person: Person) -> tuple[str, str, str]:
    """Return a person's family name with its particle, the initials, and the full given name."""
    family = " ".join(
        str(person.get(part) or "") for part in ("literal", "non-dropping-particle", "family") if person.get(part)
    )
    given = re.sub(r"[.\s]+", " ", str(person.get("given") or "")).strip()
    whole = " ".join((given, str(person.get("dropping-particle") or ""), str(person.get("suffix") or ""))).strip()
    return family, initialize_given_name(given, "", whole=True, hyphenated=True), whole
