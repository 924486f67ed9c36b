"""Read the glossary of a language (glossary.po): which forms translate a term.

Several forms are written with bars between them, “dipnot | dip notu”, or as the plurals of an entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message

from fleuron.checks.reading.catalogue import violation_of
from fleuron.checks.sources import Glossary, GlossaryTerm
from fleuron.checks.violation import Place
from fleuron.diagnostics import Diagnostic
from fleuron.editions.catalogue_checks import check_catalogue, doubts_about
from fleuron.editions.catalogue_reader import LINE_END, line_of_translation, parse_valid_entries

GLOSSARY = "glossary.po"


def read_glossary(file: Path, path: str, language: str) -> Glossary:
    """Read a glossary; ``path`` is its path from the publication's folder."""
    if fault := check_catalogue(file):
        return Glossary(path, language, problems=(violation_of(fault, path),))
    doubts = (doubt for doubt in doubts_about(file) if doubt.diagnostic is not Diagnostic.NO_HEADER)
    lines = LINE_END.split(file.read_bytes().decode("utf-8-sig"))
    catalogue, _faults = parse_valid_entries(lines)
    terms = []
    for message in catalogue:
        forms = tuple(forms_of(message))
        if message.id and forms and not message.fuzzy:
            term = message.id if isinstance(message.id, str) else message.id[0]
            place = Place(path, line_of_translation(lines, message.lineno or 1))
            terms.append(GlossaryTerm(term.strip(), forms, place))
    return Glossary(path, language, tuple(terms), tuple(violation_of(doubt, path) for doubt in doubts))


def forms_of(message: Message) -> Iterator[str]:
    """Yield the forms of a term, each once."""
    written = [message.string] if isinstance(message.string, str) else list(message.string or ())
    yield from dict.fromkeys(form.strip() for text in written for form in text.split("|") if form.strip())
