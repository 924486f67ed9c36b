"""Report what cannot be used of a catalogue, as builds do."""

from __future__ import annotations

from collections.abc import Iterator

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation


def find(sources: Sources) -> Iterator[Violation]:
    for catalogue in sources.catalogues:
        yield from catalogue.problems
    for glossary in sources.glossaries:
        yield from glossary.problems


RULE = Rule(
    "catalogue-entry",
    Level.WARNING,
    "Each entry of a catalogue or glossary can be read, and is there once.",
    find,
)
