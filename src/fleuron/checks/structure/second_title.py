"""Report a heading of the first level after another one: a text has one title."""

from __future__ import annotations

from collections.abc import Iterator

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation


def find(sources: Sources) -> Iterator[Violation]:
    for document in sources.files:
        for heading in document.headings[1:]:
            if heading.level == 1:
                yield Violation(
                    heading.place,
                    f"the heading “{heading.title}” is a second title of this text; write ##, for it is a section",
                )


RULE = Rule(
    "second-title",
    Level.WARNING,
    "A text has one title; tables of contents, records and screen readers take the first for it.",
    find,
)
