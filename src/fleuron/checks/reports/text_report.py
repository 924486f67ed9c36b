"""Write violations as lines of text, `file:line:column: level: message [rule]`, with their number at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fleuron.checks.violation import Level, Violation

SINGULAR = {Level.ERROR: "error", Level.WARNING: "warning", Level.ADVICE: "piece of advice"}
PLURAL = {Level.ERROR: "errors", Level.WARNING: "warnings", Level.ADVICE: "pieces of advice"}


def text_report(violations: Sequence[Violation]) -> str:
    """Return a line for each violation, and one with their number."""
    return "".join(f"{line_of(violation)}\n" for violation in violations) + f"{summary(violations)}\n"


def line_of(violation: Violation) -> str:
    place = violation.place
    column = f":{place.column}" if place.column else ""
    return f"{place.path}:{place.line}{column}: {violation.level.value}: {violation.message} [{violation.rule}]"


def summary(violations: Sequence[Violation]) -> str:
    """Say how many violations there are of each level, and how many of them --fix corrects."""
    counts = Counter(violation.level for violation in violations)
    parts = [f"{counts[level]:,} {number_of(level, counts[level])}" for level in Level if counts[level]]
    if not parts:
        return "nothing to correct"
    corrected = sum(violation.correction is not None for violation in violations)
    return ", ".join(parts) + (f"; fleuron check --fix corrects {corrected:,}" if corrected else "")


def number_of(level: Level, count: int) -> str:
    return SINGULAR[level] if count == 1 else PLURAL[level]
