"""Report several spaces between two words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation

# Not after the bar of verse, which is indented there.
SPACES = re.compile(r"(?<=[^\s|]) {2,}(?=\S)")


def find(sources: Sources) -> Iterator[Violation]:
    for text in sources.texts:
        for found in text.matches(SPACES):
            message = f"there are {len(found[0])} spaces between two words; write one"
            yield text.violation(found.start(), message, found.end(), " ")


RULE = Rule(
    "double-space",
    Level.WARNING,
    "One space stands between two words.",
    find,
    is_corrected=True,
)
