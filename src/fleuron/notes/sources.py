"""Convert the entries of the .bib files to CSL-JSON items, and report what the cited ones lack."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.bibfile import BibData
from sphinxcontrib.bibtex.domain import BibtexDomain

from fleuron.csl.sources.bibtex import items_from_entries
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.notes.bibliography_files import line_of_entry
from fleuron.reporting import report

Item = Mapping[str, Any]
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


@dataclass
class BibliographyItems:
    """The CSL-JSON items of the .bib files that were read last, by key; ``converted_from`` is what was read."""

    items: dict[str, Item] = field(default_factory=dict)
    converted_from: BibData | None = None

    def items_of(self, env: BuildEnvironment) -> dict[str, Item]:
        """Return the items of an environment's bibliographies, converted once."""
        data = bibliography_data(env)
        if data is not self.converted_from:
            self.items, self.converted_from = dict(items_from_entries(data.data)[0]), data
        return self.items


def bibliography_data(env: BuildEnvironment) -> BibData:
    return cast(BibtexDomain, env.get_domain("cite")).bibdata


def item_digest(item: Item | None) -> str:
    """Return a digest of an item, so that a page is read again when a source it cites has changed."""
    text = json.dumps(item, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def missing_fields(item: Item) -> Iterator[str]:
    """Name the BibTeX fields without which a note does not lead to its source."""
    if not item.get("title") and not item.get("container-title"):
        yield BIBTEX_FIELDS["title"]
    required = REQUIRED_VARIABLES.get(str(item.get("type")), ())
    if required and not any(item.get(variable) for variable in required):
        yield BIBTEX_FIELDS.get(required[0], required[0])
    if not any(item.get(variable) for variable in DATE_VARIABLES):
        yield "date or year"


def report_incomplete_sources(env: BuildEnvironment, cited: Iterable[str], items: Mapping[str, Item]) -> None:
    """Report, at the line of its entry, what each cited source lacks."""
    entries = bibliography_data(env).data.entries
    known = [key for key in sorted(cited) if key in items]
    problems = {key: found for key in known if (found := list(source_problems(key, items[key], entries[key].fields)))}
    for path, file in bibliography_data(env).bibfiles.items():
        text = path.read_text("utf-8-sig", errors="replace") if problems else ""
        for key, found in problems.items():
            if key in file.keys:
                for diagnostic, values in found:
                    report(Finding(diagnostic, line_of_entry(text, key), values), path)


def source_problems(
    key: str, item: Item, entry_fields: Mapping[str, str]
) -> Iterator[tuple[Diagnostic, dict[str, str]]]:
    """Yield what is wrong with a source: fields that are missing, an address that must not become a link."""
    if fields := list(missing_fields(item)):
        yield Diagnostic.MISSING_FIELD, {"key": key, "fields": " and no ".join(fields)}
    if "url" in entry_fields and "URL" not in item:
        yield Diagnostic.FORBIDDEN_ADDRESS, {"address": entry_fields["url"]}
