"""Report high punctuation and guillemets of French without their space, and advise one that is not broken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources, Text
from fleuron.checks.violation import Level, Violation
from fleuron.publication.language_tags import primary_language

NARROW, WIDE = "\u202f", "\u00a0"
# A sign with a narrow space before it, or a colon or guillemet with a wide one; not 12:30, nor “http:”, nor “?!”.
BEFORE = re.compile(r"(?<=[\w»”)%…])(?P<space> ?)(?P<sign>[;!?](?![\w/])|:(?=\s|$)|»)")
AFTER = re.compile(r"(?P<sign>«)(?P<space> ?)(?=[^\s])")
# Switzerland and Canada set high punctuation without a space.
OTHER_USAGE = ("fr-ca", "fr-ch")


def find(sources: Sources) -> Iterator[Violation]:
    for text in sources.texts:
        language = text.language.lower()
        if primary_language(language) == "fr" and not language.startswith(OTHER_USAGE):
            yield from missing_spaces(text)


def missing_spaces(text: Text) -> Iterator[Violation]:
    for pattern, where in ((BEFORE, "before"), (AFTER, "after")):
        for found in text.matches(pattern):
            space = WIDE if found["sign"] in ":«»" else NARROW
            start, end = found.span("space")
            if found["space"]:
                message = f"a line may break {where} “{found['sign']}”; put a no-break space there"
            else:
                message = f"there is no space {where} “{found['sign']}”; put a no-break space there"
            violation = text.violation(start, message, end, space)
            level = Level.ADVICE if found["space"] else Level.WARNING
            yield Violation(violation.place, message, violation.correction, level=level)


RULE = Rule(
    "french-space",
    Level.WARNING,
    "In French, a no-break space stands before `;`, `:`, `!`, `?` and `»`, and after `«`; that a line should not "
    "break at that space is advice. Canadian and Swiss French are left alone.",
    find,
    is_corrected=True,
)
