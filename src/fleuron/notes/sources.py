"""The sources of a publication: its .bib files as CSL-JSON items, and what is wrong with those that are cited."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from pybtex import errors
from pybtex.database.input.bibtex import Parser
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime, is_bibdata_outdated
from sphinxcontrib.bibtex.domain import BibtexDomain

from fleuron.csl.sources.bibtex import items_from_entries
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.notes.bib_file_checks import line_of_repetition
from fleuron.reporting import report

Item = Mapping[str, Any]
# What a source of a type must have for its note to lead a reader anywhere; of several names one is enough.
WANTED = {
    "article-journal": ("container-title",),
    "chapter": ("container-title",),
    "paper-conference": ("container-title", "event-title"),
    "thesis": ("publisher",),
}
DATED = ("issued", "accessed", "original-date", "event-date", "status")
# BibTeX's names of what CSL calls otherwise, for an author reads those.
FIELDS = {"container-title": "journal or booktitle", "publisher": "school or institution", "title": "title"}


@dataclass
class Sources:
    """The items of the .bib files that were read last, by key; ``read`` tells what they were made of."""

    items: dict[str, Item] = field(default_factory=dict)
    read: BibData | None = None

    def of(self, env: BuildEnvironment) -> dict[str, Item]:
        """Return the items of an environment's bibliographies."""
        data = bibliography_data(env)
        if data is not self.read:
            self.items, self.read = dict(items_from_entries(data.data)[0]), data
        return self.items


def bibliography_data(env: BuildEnvironment) -> BibData:
    return cast(BibtexDomain, env.get_domain("cite")).bibdata


def digest(item: Item | None) -> str:
    """Return a digest of an item, so that a page is read again when a source it cites has changed."""
    text = json.dumps(item, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_bibliographies(app: Sphinx) -> None:
    """Read the .bib files in sphinxcontrib-bibtex's place, before it does.

    Its 2.7 stops at the first repeated key and drops all entries behind it; pybtex can go on, and
    keeps the first of two entries.
    """
    domain = cast(BibtexDomain, app.env.get_domain("cite"))
    paths = [Path(app.confdir, name).resolve() for name in app.config.bibtex_bibfiles or ()]
    if not is_bibdata_outdated(domain.bibdata, paths, app.config.bibtex_encoding) and not had_repetitions(domain):
        return
    parser, files = Parser(app.config.bibtex_encoding), {}
    known: dict[str, None] = {}
    repeated = False
    for path in paths:
        with errors.capture() as mistakes:
            parser.parse_file(str(path))
        for mistake in mistakes:
            repeated = True
            line = line_of_repetition(path.read_text("utf-8-sig"), str(mistake))
            report(Finding(Diagnostic.REPEATED_SOURCE, line, {"problem": mistake}), path)
        keys = dict.fromkeys(key for key in parser.data.entries if key not in known)
        known |= keys
        files[path] = BibFile(mtime=get_mtime(path), keys=keys)
    domain.data["bibdata"] = BibData(encoding=app.config.bibtex_encoding, bibfiles=files, data=parser.data)
    domain.data["fleuron_repeated"] = repeated


def had_repetitions(domain: BibtexDomain) -> bool:
    """Tell whether the files that were read last had repeated keys, which every build tells of."""
    return bool(domain.data.get("fleuron_repeated"))


def missing_fields(item: Item) -> Iterator[str]:
    """Name the fields without which a note does not lead to its source."""
    if not item.get("title") and not item.get("container-title"):
        yield FIELDS["title"]
    names = WANTED.get(str(item.get("type")), ())
    if names and not any(item.get(name) for name in names):
        yield FIELDS.get(names[0], names[0])
    if not any(item.get(name) for name in DATED):
        yield "date or year"


def report_missing(env: BuildEnvironment, cited: Iterable[str], items: Mapping[str, Item]) -> None:
    """Tell, where the entry stands, what cited sources lack."""
    entries = bibliography_data(env).data.entries
    known = [key for key in sorted(cited) if key in items]
    wanted = {key: found for key in known if (found := list(faults(key, items[key], entries[key].fields)))}
    for path, file in bibliography_data(env).bibfiles.items():
        text = path.read_text("utf-8-sig", errors="replace") if wanted else ""
        for key, found in wanted.items():
            if key in file.keys:
                for diagnostic, facts in found:
                    report(Finding(diagnostic, line_of_entry(text, key), facts), path)


def faults(key: str, item: Item, written: Mapping[str, str]) -> Iterator[tuple[Diagnostic, dict[str, str]]]:
    """Name what is wrong with a source that is cited: fields that are not there, an address that may be no link.

    ``written`` are the fields of its entry.
    """
    if fields := list(missing_fields(item)):
        yield Diagnostic.MISSING_FIELD, {"key": key, "fields": " and no ".join(fields)}
    if "url" in written and "URL" not in item:
        yield Diagnostic.FORBIDDEN_ADDRESS, {"address": written["url"]}


def line_of_entry(text: str, key: str) -> int:
    """Find the line (from 1) on which an entry of a .bib file begins."""
    for number, line in enumerate(text.splitlines(), 1):
        head = line.strip()
        if head.startswith("@") and "{" in head and head.partition("{")[2].split(",")[0].strip() == key:
            return number
    return 1
