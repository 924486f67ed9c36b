"""Report a heading that is more than one level below the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation


def find(sources: Sources) -> Iterator[Violation]:
    for document in sources.files:
        first = 1 if "title" in document.front_matter.entries or "name" in document.front_matter.entries else 0
        levels = [first, *(heading.level for heading in document.headings)]
        for heading, (before, level) in zip(document.headings, pairwise(levels), strict=True):
            if level > before + 1:
                message = (
                    f"the heading “{heading.title}” is of level {level} below one of level {before}; "
                    f"write {'#' * (before + 1)}"
                )
                if not before:
                    message = f"the first heading is of level {level}; write #, for it is the title"
                yield Violation(heading.place, message)


RULE = Rule(
    "skipped-heading-level",
    Level.WARNING,
    "Headings go down one level at a time: those who hear a text find their way by them.",
    find,
)
