"""Read BibTeX and biblatex bibliographies into CSL-JSON items."""

from __future__ import annotations

from typing import Any

from pybtex.database import BibliographyData

from fleuron.csl.sources.entry.bib_entry import BibEntry, BibFinding, FieldReader
from fleuron.csl.sources.entry.bib_file import entries_of, parse_entries
from fleuron.csl.sources.entry.inheritance import inherit
from fleuron.csl.sources.entry.item import Item, item_from_entry


def read_bibliography(text: str, path: str = "") -> tuple[dict[str, Item], list[BibFinding]]:
    """Read the text of a .bib file; return CSL-JSON items by key, in order, and findings about errors and losses.

    Never raises: a syntax error is a finding, and reading continues with the next entry. `@xdata` entries do not become
    items. ``path`` is passed to the parser; findings have only the line.
    """
    findings: list[BibFinding] = []
    return _items(parse_entries(text, findings, path), findings)


def items_from_entries(data: BibliographyData) -> tuple[dict[str, Item], list[BibFinding]]:
    """Return the items of a database that pybtex has read, and findings, which then have no line."""
    findings: list[BibFinding] = []
    return _items(entries_of(data, findings), findings)


def _items(entries: dict[str, BibEntry], findings: list[BibFinding]) -> tuple[dict[str, Item], list[BibFinding]]:
    """Resolve inheritance, and convert all entries except `@xdata` to items."""
    whole = inherit(entries, findings)
    items: dict[str, dict[str, Any]] = {
        key: item_from_entry(FieldReader(entry, findings)) for key, entry in whole.items() if entry.type != "xdata"
    }
    return items, list(dict.fromkeys(findings))
