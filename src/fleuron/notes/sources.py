"""Find the CSL-JSON items of cited sources, and report what they lack and what of their entries is lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.domain import BibtexDomain

from fleuron.csl.sources.bibtex import Bibliography
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.notes.bibliography_files import SourceDatabase
from fleuron.reporting import report

Item = Mapping[str, Any]
# What is wrong with a source, with the key of the entry in which it is written.
Problem = tuple[str, Finding]
# What a source of a type must have for its note to lead a reader anywhere; of several variables one is enough.
REQUIRED_VARIABLES = {
    "article-journal": ("container-title",),
    "chapter": ("container-title",),
    "paper-conference": ("container-title", "event-title"),
    "thesis": ("publisher",),
}
DATE_VARIABLES = ("issued", "accessed", "original-date", "event-date", "status")
# The BibTeX fields of these variables, for authors write BibTeX.
BIBTEX_FIELDS = {"container-title": "journal or booktitle", "publisher": "school or institution", "title": "title"}


def bibliography_of(env: BuildEnvironment) -> Bibliography:
    """Return the sources of an environment's .bib files; each is converted when it is asked for."""
    data = cast(BibtexDomain, env.get_domain("cite")).bibdata.data
    return data.bibliography if isinstance(data, SourceDatabase) else Bibliography([])


def item_digest(item: Item | None) -> str:
    """Return a digest of an item, so that a page is read again when a source it cites has changed."""
    text = json.dumps(item, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def missing_fields(item: Item) -> Iterator[str]:
    """Name the BibTeX fields without which a note does not lead to its source; its place in an archive does."""
    if item.get("archive") and item.get("archive_location"):
        return
    if not item.get("title") and not item.get("container-title"):
        yield BIBTEX_FIELDS["title"]
    required = REQUIRED_VARIABLES.get(str(item.get("type")), ())
    if required and not any(item.get(variable) for variable in required):
        yield BIBTEX_FIELDS.get(required[0], required[0])
    if not any(item.get(variable) for variable in DATE_VARIABLES):
        yield "date or year"


def report_source_problems(problems: Mapping[str, Sequence[Problem]], bibliography: Bibliography) -> None:
    """Report, at the lines of its entry, what each cited source lacks, and what of it is lost."""
    reported: set[Any] = set()
    for found in problems.values():
        for entry_key, finding in sorted(found, key=lambda problem: problem[1].line):
            values = finding.diagnostic, finding.line, tuple(sorted(finding.values.items()))
            if values not in reported:
                reported.add(values)
                report(finding, Path(bibliography.places[entry_key][0].name))


def source_problems(key: str, bibliography: Bibliography) -> Iterator[Problem]:
    """Yield what is wrong with a source: fields that are missing, an address that must not become a link, losses.

    Each with the key of the entry in which it is written, which may be one from which the source inherits.
    """
    item, entry_fields = bibliography[key], bibliography.entry(key).fields
    line = bibliography.places[key][1].line
    if fields := list(missing_fields(item)):
        yield key, Finding(Diagnostic.MISSING_FIELD, line, {"key": key, "fields": " and no ".join(fields)})
    if "url" in entry_fields and "URL" not in item:
        yield key, Finding(Diagnostic.FORBIDDEN_ADDRESS, line, {"address": entry_fields["url"].text})
    for found in bibliography.findings_of(key):
        if found.kind == "loss" and not (found.field == "url" and "URL" not in item):
            field = f"field “{found.field}”: " if found.field else ""
            values = {"key": found.key, "field": field, "problem": found.message}
            yield found.key, Finding(Diagnostic.SOURCE_LOSS, found.line or line, values)
