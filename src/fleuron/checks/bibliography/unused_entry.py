"""Report entries of .bib files that nothing cites."""

from __future__ import annotations

from collections.abc import Iterator

from fleuron.checks.bibliography.entries import place_of
from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation
from fleuron.csl.sources.entry.inheritance import parents_of


def find(sources: Sources) -> Iterator[Violation]:
    bibliography = sources.bibliography
    used = set(sources.cited)
    waiting = [key for key in bibliography.places if key.casefold() in used]
    while waiting:  # what a cited entry inherits from is used too
        for parent in parents_of(bibliography.entry(waiting.pop())):
            key = bibliography.keys_by_name.get(parent.casefold())
            if key is not None and key.casefold() not in used:
                used.add(key.casefold())
                waiting.append(key)
    for key in bibliography:
        if key.casefold() not in used:
            yield Violation(place_of(bibliography, key), f"nothing cites the source “{key}”; cite it, or delete it")


RULE = Rule(
    "unused-entry",
    Level.ADVICE,
    "Each entry of a .bib file is cited, or another that is cited inherits from it.",
    find,
)
