"""Report two notes that are called at one place, as “¹²” is read as twelve."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation


def find(sources: Sources) -> Iterator[Violation]:
    for text in sources.texts:
        for first, second in pairwise(text.calls):
            is_apart = text.kind == "note" or text.source[first.end : second.start].strip()
            if is_apart or first.is_textual or second.is_textual:
                continue
            if first.cites and second.cites:
                keys = ", ".join(cite.key for call in (first, second) for cite in call.cites)
                advice = f"write one note, {{footcite}}`{keys}`, with their locators"
            else:
                advice = "write one note"
            yield text.violation(second.start, f"two notes are called at one place; {advice}")


RULE = Rule(
    "adjacent-notes",
    Level.WARNING,
    "One note is called at a place; several sources stand in one note.",
    find,
)
