"""Report citations that cannot be read, and locators with unknown abbreviations."""

from __future__ import annotations

from collections.abc import Iterator

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation
from fleuron.diagnostics import Diagnostic


def find(sources: Sources) -> Iterator[Violation]:
    for text, call in sources.calls:
        for problem in call.problems:
            values = {"citation": problem.text, "advice": problem.advice}
            yield text.violation(call.start, Diagnostic.BAD_CITATION.text(values))


RULE = Rule(
    "unreadable-citation",
    Level.WARNING,
    "A citation has keys with commas between them, and locators with an abbreviation that is known: "
    "`` {footcite}`rashid2000{p. 12}` ``.",
    find,
)
