"""Advise a no-break space after the short prepositions and conjunctions of Russian."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation
from fleuron.publication.language_tags import primary_language

WORD = re.compile(r"(?<![\w-])([вкосуиа]|во|ко|со|об|от|до|по|за|на|не|ни|из)( )(?=\w)", re.IGNORECASE)


def find(sources: Sources) -> Iterator[Violation]:
    for text in sources.texts:
        if primary_language(text.language) == "ru":
            for found in text.matches(WORD):
                message = f"a line may end with “{found[1]}”; put a no-break space after it"
                yield text.violation(found.start(2), message, found.end(2), "\u00a0")


RULE = Rule(
    "short-word-space",
    Level.ADVICE,
    "In Russian, a line should not end with a preposition or conjunction of one or two letters.",
    find,
    is_corrected=True,
)
