"""Keep the items of entries by a digest of what each entry says, so that the next build converts only the others.

Lines are counted from the entry's own, so that an entry which others push down the file is not converted again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import astuple, replace
from typing import Any

from fleuron.csl.sources.entry.bib_entry import BibEntry, BibFinding

Item = dict[str, Any]


class KeptItems:
    """The items of earlier builds, to which those of this build are added."""

    def __init__(self, items: Mapping[str, str] | None = None) -> None:
        # By digest: an item and the findings about it, as JSON, so that nobody changes what is kept.
        self.items: dict[str, str] = dict(items or {})
        self.used: set[str] = set()
        self.has_new = False

    def find(self, entry: BibEntry, findings: Iterable[BibFinding]) -> tuple[Item, list[BibFinding]] | None:
        """Return the item of an entry with what it inherits, and all findings about it; None if it is not known.

        ``findings`` are those about its text and what it inherits.
        """
        digest = digest_of(entry, findings)
        if digest not in self.items:
            return None
        self.used.add(digest)
        item, found = json.loads(self.items[digest])
        return item, [moved(BibFinding(*row), entry.line or 0) for row in found]

    def add(self, entry: BibEntry, findings: Iterable[BibFinding], item: Item, found: Iterable[BibFinding]) -> None:
        """Keep the item of an entry and all findings about it."""
        digest = digest_of(entry, findings)
        rows = [astuple(moved(finding, -(entry.line or 0))) for finding in found]
        self.items[digest] = json.dumps([item, rows], ensure_ascii=False)
        self.used.add(digest)
        self.has_new = True

    def as_json(self, program: str) -> bytes:
        """Return the items as JSON: those that this build has used, or all if it has used fewer than half.

        ``program`` names the version of the program, which may convert entries otherwise than another.
        """
        used = {digest: item for digest, item in self.items.items() if digest in self.used}
        kept = used if 2 * len(used) >= len(self.items) else self.items
        return json.dumps({"program": program, "items": kept}, ensure_ascii=False).encode()


def items_from_json(content: bytes, program: str) -> KeptItems:
    """Return the items of an earlier build by the same version of the program; none if they cannot be used."""
    with suppress(ValueError, LookupError, TypeError, RecursionError):
        record = json.loads(content)
        if record["program"] == program:
            return KeptItems({str(digest): str(item) for digest, item in dict(record["items"]).items()})
    return KeptItems()


def digest_of(entry: BibEntry, findings: Iterable[BibFinding]) -> str:
    """Return a digest of what the item of an entry depends on."""
    first = entry.line or 0
    fields = [
        (name, field.text, field.name, field.key, (field.line or 0) - first) for name, field in entry.fields.items()
    ]
    known = [astuple(moved(finding, -first)) for finding in findings]
    return hashlib.sha256(repr((entry.key, entry.type, fields, known)).encode()).hexdigest()


def moved(finding: BibFinding, lines: int) -> BibFinding:
    """Return a finding so many lines further down."""
    return finding if finding.line is None else replace(finding, line=finding.line + lines)
