"""Report calls of notes that are not written, and notes that nothing calls."""

from __future__ import annotations

from collections.abc import Iterator

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation
from fleuron.diagnostics import Diagnostic
from fleuron.diagnostics.similar_names import did_you_mean


def find(sources: Sources) -> Iterator[Violation]:
    for document in sources.files:
        called = {call.label for _text, call in document.calls if call.label}
        for text, call in document.calls:
            if call.label and call.label not in document.notes:
                values = {"label": call.label, "suggestion": did_you_mean(call.label, document.notes)}
                yield text.violation(call.start, Diagnostic.UNKNOWN_NOTE.text(values))
        for label, place in document.notes.items():
            if label not in called:
                yield Violation(place, Diagnostic.UNCALLED_NOTE.text({"label": label}))


RULE = Rule(
    "unknown-note",
    Level.ERROR,
    "Each note that is called, `[^remark]`, is written, and each that is written is called.",
    find,
)
