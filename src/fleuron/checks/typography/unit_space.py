"""Report a number without a space before its unit, and, as advice, with one at which the line may break."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from fleuron.checks.language_usage import UNITS
from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation
from fleuron.publication.language_tags import primary_language

NO_BREAK_SPACE = "\u00a0"


@lru_cache
def pattern(language: str) -> re.Pattern[str] | None:
    units = UNITS.get(language)
    names = "|".join(map(re.escape, units)) if units else ""
    return re.compile(rf"(?<![\w.,-])(\d+(?:[.,]\d+)?)( ?)({names})(?![\w²³]?\w)") if units else None


def find(sources: Sources) -> Iterator[Violation]:
    for text in sources.texts:
        units = pattern(primary_language(text.language))
        for found in text.matches(units) if units else ():
            if found[2]:
                message = f"a line may break within “{found[0]}”; put a no-break space before the unit"
                violation = text.violation(found.end(1), message, found.end(2), NO_BREAK_SPACE)
                yield Violation(violation.place, message, violation.correction, level=Level.ADVICE)
            else:
                message = f"“{found[0]}” has no space before its unit; write {found[1]} {found[3]}"
                yield text.violation(found.end(1), message, found.end(1), NO_BREAK_SPACE)


RULE = Rule(
    "unit-space",
    Level.WARNING,
    "A unit stands after its number with a space, 5 km; that a line should not break there is advice.",
    find,
    is_corrected=True,
)
