"""Report a hyphen between spaces that stands for a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fleuron.checks.language_usage import DASHES
from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation
from fleuron.publication.language_tags import primary_language

HYPHEN = re.compile(r"(?<=[^\W\d_])([»”’)]?[.,]?\s)-(?=\s+[^\W\d_«“‘(])")


def find(sources: Sources) -> Iterator[Violation]:
    for text in sources.texts:
        if dash := DASHES.get(primary_language(text.language)):
            for found in text.matches(HYPHEN):
                at = found.end(1)
                yield text.violation(at, f"the hyphen between spaces is a dash; write {dash}", at + 1, dash)


RULE = Rule(
    "spaced-hyphen",
    Level.WARNING,
    "A dash between words is an en dash (in Russian, Ukrainian and Belarusian an em dash), and no hyphen.",
    find,
    is_corrected=True,
)
