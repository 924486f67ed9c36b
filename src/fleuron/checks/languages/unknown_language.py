"""Report marks that do not name a language."""

from __future__ import annotations

from collections.abc import Iterator

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation
from fleuron.diagnostics import Diagnostic
from fleuron.publication.language_tags import code_of_name, is_language


def find(sources: Sources) -> Iterator[Violation]:
    for document in sources.files:
        for mark in document.language_marks:
            if not is_language(mark.tag):
                code = code_of_name(mark.tag)
                hint = f"did you mean “language-{code}”?" if code else "write a language code, as in “language-fa”"
                values = {"tag": mark.tag, "suggestion": f"; {hint}"}
                yield Violation(mark.place, Diagnostic.UNKNOWN_LANGUAGE.text(values))


RULE = Rule(
    "unknown-language",
    Level.WARNING,
    "A mark of language, `[متن]{.language-fa}`, has the code of a language.",
    find,
)
