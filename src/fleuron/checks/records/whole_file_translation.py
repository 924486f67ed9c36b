"""Report what a whole-file translation has otherwise than its source, and the sections that follow an older one."""

from __future__ import annotations

from collections.abc import Iterator

from fleuron.checks.reading.publication import text_of
from fleuron.checks.rule import Rule
from fleuron.checks.sources import Document, Sources
from fleuron.checks.violation import Level, Place, Violation
from fleuron.editions.whole_files.comparison import compared
from fleuron.editions.whole_files.front_matter import contradictions
from fleuron.editions.whole_files.sections import sections_of, sections_of_translation


def find(sources: Sources) -> Iterator[Violation]:
    by_name = {document.name: document for document in sources.documents}
    for translation in sources.translations:
        if source := by_name.get(translation.name):
            yield from problems(sources, translation, source)


def problems(sources: Sources, translation: Document, source: Document) -> Iterator[Violation]:
    """Yield what is wrong with a translation."""
    text, original = text_of(sources.root / translation.path), text_of(sources.root / source.path)
    pairing, findings = compared(text, translation.front_matter, original, source.path, translation.language)
    for finding in [*contradictions(translation.front_matter, source.front_matter, source.path), *findings]:
        level = Level.ERROR if finding.diagnostic.is_error else Level.WARNING
        yield Violation(Place(translation.path, finding.line), finding.text, level=level)
    if findings:
        return
    own, others = sections_of_translation(text, original), sections_of(original)
    for number in sorted(pairing.stale):
        counterpart = pairing.counterparts[number]
        where = "has it no longer" if counterpart is None else f"has changed it, line {others[counterpart].line}"
        heading = f"“{own[number].heading}”" if number else "the beginning"
        message = f"{heading} follows an older version: {source.path} {where}"
        yield Violation(Place(translation.path, own[number].line), message)
    for after, section in pairing.added:
        message = f"“{section.heading}” of {source.path}, line {section.line}, is not translated yet"
        yield Violation(Place(translation.path, own[after].line), message)


RULE = Rule(
    "whole-file-translation",
    Level.WARNING,
    "A whole-file translation has the sections of its source, contradicts no field of it that must be one, and follows "
    "it as it is now.",
    find,
)
