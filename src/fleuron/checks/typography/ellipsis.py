"""Report dots that are not an ellipsis: two, four or more within a sentence, with spaces, or typed and not read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation

TWO_DOTS = re.compile(r"(?<=\w)\.\.(?=\s|$|[”»’)])")
SPACED = re.compile(r"\.(?: \.){2,}")
TYPED = re.compile(r"(?<!\.)\.\.\.(?!\.)")


def find(sources: Sources) -> Iterator[Violation]:
    patterns = (SPACED, TWO_DOTS) if sources.has_smart_quotes else (SPACED, TWO_DOTS, TYPED)
    for text in sources.texts:
        for pattern in patterns:
            for found in text.matches(pattern):
                new = None if pattern is TWO_DOTS else "…"  # two dots may be a full stop typed twice
                advice = "write one full stop, or …" if pattern is TWO_DOTS else "write …"
                yield text.violation(found.start(), f"“{found[0]}” is not an ellipsis; {advice}", found.end(), new)


RULE = Rule(
    "ellipsis",
    Level.WARNING,
    "An ellipsis is one sign, …; three typed dots become one when a text is read.",
    find,
    is_corrected=True,
)
