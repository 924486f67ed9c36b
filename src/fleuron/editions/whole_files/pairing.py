"""Pair the sections of a whole-file translation with those of its source, by their order and level.

The translation records the sections of the source that it was made from. Its own sections are paired with these, one
by one, and these with the sections that the source has now: the source may have moved on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from fleuron.editions.whole_files.sections import Section


@dataclass(frozen=True)
class UnpairedSection:
    """A section that cannot be paired: the line of the translation, and what is wrong."""

    line: int
    problem: str


@dataclass(frozen=True)
class Pairing:
    """The sections of a translation and their counterparts.

    ``counterparts`` has, for each section of the translation, the number of its counterpart in the source, or None if
    the source no longer has it; ``stale`` are the numbers of those that follow an older version; ``added`` are the
    sections that only the source has, each with the number of the translated section after which it would stand.
    """

    counterparts: tuple[int | None, ...]
    stale: frozenset[int]
    added: tuple[tuple[int, Section], ...] = ()

    @property
    def is_current(self) -> bool:
        return not self.stale and not self.added


def unpaired(translation: Sequence[Section], expected: Sequence[Section], source: str) -> UnpairedSection | None:
    """Return the first section of a translation that is not of the level of its counterpart, or one that is missing.

    ``source`` is the name of the source's file.
    """
    for own, other in zip(translation, expected, strict=False):
        if own.level != other.level:
            return UnpairedSection(
                own.line, f"the heading “{own.heading}” stands where {source} has “{other.heading}”, of another level"
            )
    if len(translation) > len(expected):
        extra = translation[len(expected)]
        return UnpairedSection(
            extra.line,
            f"the heading “{extra.heading}” has no counterpart in {source}"
            + ("; if it is the title, write it as “title: …” in the front matter" if extra.level == 1 else ""),
        )
    if len(translation) < len(expected):
        missing = expected[len(translation)]
        return UnpairedSection(translation[-1].line, f"after this section, “{missing.heading}” of {source} is missing")
    return None


def pair(recorded: Sequence[Section] | None, source: Sequence[Section]) -> Pairing:
    """Pair the sections that a translation was made from, one for each of its own, with those of the source now."""
    if recorded is None:
        return Pairing(tuple(range(len(source))), frozenset())
    counterparts: list[int | None] = [None] * len(recorded)
    counterparts[0] = 0
    matcher = SequenceMatcher(
        None, [each.heading for each in recorded[1:]], [each.heading for each in source[1:]], False
    )
    for kind, first, last, start, end in matcher.get_opcodes():
        is_reworded = kind == "replace" and [each.level for each in recorded[first + 1 : last + 1]] == [
            each.level for each in source[start + 1 : end + 1]
        ]
        if kind == "equal" or is_reworded:
            counterparts[first + 1 : last + 1] = range(start + 1, end + 1)
    pair_moved(recorded, source, counterparts)
    stale = {
        number
        for number, (own, other) in enumerate(zip(recorded, counterparts, strict=True))
        if other is None or source[other].digest != own.digest
    }
    return Pairing(tuple(counterparts), frozenset(stale), tuple(added_sections(counterparts, source)))


def pair_moved(recorded: Sequence[Section], source: Sequence[Section], counterparts: list[int | None]) -> None:
    """Pair what is left over and the same, in another place."""
    left = [number for number in range(len(source)) if number not in counterparts]
    for number, section in enumerate(recorded):
        if counterparts[number] is None:
            same = (other for other in left if source[other].heading == section.heading)
            if (found := next(same, None)) is not None:
                counterparts[number] = found
                left.remove(found)


def added_sections(counterparts: Sequence[int | None], source: Sequence[Section]) -> list[tuple[int, Section]]:
    """Return the sections that only the source has, each with the translated section after which it would stand."""
    added = []
    for number, section in enumerate(source):
        if number not in counterparts:
            before = [at for at, other in enumerate(counterparts) if other is not None and other < number]
            added.append((max(before, default=0), section))
    return added
