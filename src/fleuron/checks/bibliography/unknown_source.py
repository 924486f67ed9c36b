"""Report citations of sources that no .bib file has."""

from __future__ import annotations

from collections.abc import Iterator

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation
from fleuron.diagnostics import Diagnostic
from fleuron.diagnostics.similar_names import suggestion


def find(sources: Sources) -> Iterator[Violation]:
    for text, call in sources.calls:
        for cite in call.cites:
            if cite.key not in sources.bibliography:
                values = {"key": cite.key, "suggestion": suggestion(cite.key, sources.bibliography)}
                yield text.violation(call.start, Diagnostic.UNKNOWN_SOURCE.text(values))


RULE = Rule(
    "unknown-source",
    Level.ERROR,
    "Each key that a text cites is in a .bib file.",
    find,
)
