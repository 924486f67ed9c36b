"""Report a hyphen between two numbers of a range, where the language has a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fleuron.checks.language_usage import EN_DASH_RANGES
from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation
from fleuron.publication.language_tags import primary_language

# Years or pages; not 2026-11-23, 978-3-16, a telephone number or “9001-2015”, whose second number is the smaller one.
RANGE = re.compile(r"(?<![\w.,:/+-])(\d{1,4})-(\d{1,4})(?![\w/]|-\d|[.,]\d)")


def find(sources: Sources) -> Iterator[Violation]:
    for text in sources.texts:
        if primary_language(text.language) in EN_DASH_RANGES:
            for found in text.matches(RANGE):
                if is_range(found[1], found[2]):
                    message = f"“{found[0]}” is a range; write {found[1]}–{found[2]}, with an en dash"
                    yield text.violation(found.end(1), message, found.end(1) + 1, "–")


def is_range(first: str, last: str) -> bool:
    """Return whether two numbers are a range, whose last one may be shortened (1914-18)."""
    full = first[: len(first) - len(last)] + last if len(last) < len(first) else last
    return int(first) < int(full)


RULE = Rule(
    "range-hyphen",
    Level.WARNING,
    "A range of numbers has an en dash, 1914–1918, in English, Russian, Ukrainian, Belarusian and German.",
    find,
    is_corrected=True,
)
