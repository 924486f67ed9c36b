"""Report cited sources that lack what a reader needs to find them, and fields that are not printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Place, Violation
from fleuron.notes.sources import source_problems


def find(sources: Sources) -> Iterator[Violation]:
    bibliography = sources.bibliography
    for key in bibliography:
        if key.casefold() in sources.cited:
            for entry_key, finding in source_problems(key, bibliography):
                path = PurePosixPath(bibliography.places[entry_key][0].name)
                yield Violation(Place(str(path), finding.line), finding.text)


RULE = Rule(
    "incomplete-source",
    Level.WARNING,
    "A cited source has a title, a date, and what its type needs; its fields are known ones.",
    find,
)
