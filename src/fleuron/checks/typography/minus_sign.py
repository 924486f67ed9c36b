"""Report a hyphen before a number that stands for a minus sign."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation

# After a space or a bracket; a number with a degree, a per cent sign, a decimal part, or by itself.
MINUS = re.compile(r"(?:(?<=[\s(\[])|^)-(?=\d+(?:[.,]\d+)?(?:\s?(?:°|%)|[\s.,;:)\]]|$))")


def find(sources: Sources) -> Iterator[Violation]:
    for text in sources.texts:
        for found in text.matches(MINUS):
            at = found.start()
            yield text.violation(at, "a hyphen stands for a minus sign; write − (U+2212)", at + 1, "−")


RULE = Rule(
    "minus-sign",
    Level.WARNING,
    "A negative number has a minus sign, −5, and no hyphen.",
    find,
    is_corrected=True,
)
