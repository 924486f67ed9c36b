"""Report a source that one note cites twice for the same place."""

from __future__ import annotations

from collections.abc import Iterator

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation


def find(sources: Sources) -> Iterator[Violation]:
    for text, call in sources.calls:
        seen = set()
        for cite in call.cites:
            place = cite.key.casefold(), cite.locators, cite.suffix
            if place in seen:
                where = " with the same locator" if cite.locators else ""
                yield text.violation(call.start, f"the note cites “{cite.key}” twice{where}; delete one of the two")
            seen.add(place)


RULE = Rule(
    "doubled-cite",
    Level.WARNING,
    "A note cites a source once, or for different places.",
    find,
)
