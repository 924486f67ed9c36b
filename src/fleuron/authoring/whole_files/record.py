"""Compare a whole-file translation with its source section by section, and record what it follows now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from fleuron.authoring.whole_files.started_text import written_record
from fleuron.editions.whole_files.front_matter import TRANSLATED_FROM
from fleuron.editions.whole_files.pairing import pair, unpaired
from fleuron.editions.whole_files.sections import Section, recorded_sections, sections_of, sections_of_translation
from fleuron.publication.front_matter import read_front_matter


class State(Enum):
    """What has become of a section of the source since it was translated."""

    CURRENT = "as translated"
    CHANGED = "changed since it was translated"
    ADDED = "new, and not translated"
    REMOVED = "no longer there"
    UNKNOWN = "not recorded"


@dataclass(frozen=True)
class SectionState:
    """A section of the source, or one that it had, with the line of its translation, 0 if there is none."""

    section: Section
    state: State
    line: int = 0


class UnpairedError(Exception):
    """The sections of a translation cannot be paired with those of its source: the line, and why."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line


def states(text: str, source: str, name: str) -> list[SectionState]:
    """Return what has become of each section since it was translated; ``name`` is that of the source's file.

    Raise UnpairedError if the translation does not have the sections that it was made from, and ValueError if what it
    records cannot be read.
    """
    recorded = recorded_sections(read_front_matter(text), TRANSLATED_FROM)
    sections, own = sections_of(source), sections_of_translation(text, source)
    if found := unpaired(own, recorded or sections, name):
        raise UnpairedError(found.line, found.problem)
    if recorded is None:
        pairs = zip(sections, own, strict=True)
        return [SectionState(section, State.UNKNOWN, translated.line) for section, translated in pairs]
    return list(states_of_pairs(recorded, sections, own))


def states_of_pairs(
    recorded: Sequence[Section], sections: Sequence[Section], own: Sequence[Section]
) -> Iterator[SectionState]:
    pairing = pair(recorded, sections)
    for number, other in enumerate(pairing.counterparts):
        if other is None:
            yield SectionState(recorded[number], State.REMOVED, own[number].line)
        else:
            state = State.CHANGED if number in pairing.stale else State.CURRENT
            yield SectionState(sections[other], state, own[number].line)
        yield from (SectionState(section, State.ADDED) for at, section in pairing.added if at == number)


def with_record(text: str, source: str, name: str, chosen: Collection[str]) -> str:
    """Return a translation that records the source's sections as they are now, or only the ``chosen`` ones, by title.

    Raise UnpairedError if it has not the sections of its source.
    """
    sections, own = sections_of(source), sections_of_translation(text, source)
    if found := unpaired(own, sections, name):
        raise UnpairedError(found.line, found.problem)
    front_matter = read_front_matter(text)
    if chosen:
        recorded = recorded_sections(front_matter, TRANSLATED_FROM) or []
        before = {section.title: section for section in recorded}
        sections = [section if section.title in chosen else before.get(section.title, section) for section in sections]
    lines = text.split("\n")
    if not front_matter.height:
        return f"---\n{written_record(sections)}---\n{text}"
    record = written_record(sections).rstrip("\n").split("\n")
    if (entry := front_matter.entries.get(TRANSLATED_FROM)) is None:
        place = front_matter.height - 1
        return "\n".join([*lines[:place], *record, *lines[place:]])
    return "\n".join([*lines[: entry.line - 1], *record, *lines[entry.line - 1 + entry.height :]])
