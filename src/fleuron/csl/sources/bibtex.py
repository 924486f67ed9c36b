"""Read BibTeX and biblatex bibliographies into CSL-JSON items: whole files, or only the entries that are cited."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from fleuron.csl.sources.entry.bib_entry import BibEntry, BibFinding, FieldReader
from fleuron.csl.sources.entry.bib_file import MONTHS, BibIndex, BibText, EntryPlace
from fleuron.csl.sources.entry.inheritance import inherit, parents_of
from fleuron.csl.sources.entry.item import Item, item_from_entry
from fleuron.csl.sources.kept_items import KeptItems


@dataclass
class BibSource:
    """A .bib file: its name, its text and its index."""

    name: str
    text: BibText
    index: BibIndex
    macros: dict[str, str] = field(default_factory=dict)


class Bibliography(Mapping[str, Item]):
    """The CSL-JSON items of some .bib files by key, in order; an entry is read and converted when it is asked for.

    Of two entries with one key, the first is used. `@xdata` entries are not items. A macro may be defined in any of the
    files; one that a file defines itself takes precedence. ``kept`` has the items of earlier builds.
    """

    def __init__(self, sources: Sequence[BibSource], kept: KeptItems | None = None) -> None:
        self.sources = sources
        self.kept = kept or KeptItems()
        self.places: dict[str, tuple[BibSource, EntryPlace]] = {}
        self.keys_by_name: dict[str, str] = {}
        self.repeated: list[tuple[BibSource, BibFinding]] = []
        self.converted: dict[str, tuple[Item, list[BibFinding]]] = {}
        self.entries_read: dict[str, tuple[BibEntry, list[BibFinding]]] = {}
        # By key in lower case: entries with what they inherit, and the findings of each and of those it inherits from.
        self.resolved: dict[str, BibEntry] = {}
        self.findings: dict[str, list[BibFinding]] = {}
        shared = dict(MONTHS)
        for source in sources:
            source.text.read_strings(source.index, shared)
        for source in sources:
            source.macros = dict(shared)
            source.text.read_strings(source.index, source.macros)
            for place in source.index.entries:
                self.add(source, place)

    def add(self, source: BibSource, place: EntryPlace) -> None:
        """Add an entry, unless another file has its key already."""
        if place.key.casefold() in self.keys_by_name:
            message = f"the key {place.key} is already used by another entry; the first entry is used"
            self.repeated.append((source, BibFinding(place.key, "", place.line, message, "repeated")))
        else:
            self.keys_by_name[place.key.casefold()] = place.key
            self.places[place.key] = source, place

    @cached_property
    def digest(self) -> str:
        """A digest of the names and texts of all files."""
        found = hashlib.sha256()
        for source in self.sources:
            found.update(f"{source.name}\0{len(source.text.text)}\0{source.text.text}".encode())
        return found.hexdigest()

    def __contains__(self, key: object) -> bool:
        return key in self.places and self.places[str(key)][1].type != "xdata"

    def __iter__(self) -> Iterator[str]:
        return (key for key, (_source, place) in self.places.items() if place.type != "xdata")

    def __len__(self) -> int:
        return sum(1 for _key in self)

    def __getitem__(self, key: str) -> Item:
        if key not in self:
            raise KeyError(key)
        return self.convert(key)[0]

    def entry(self, key: str) -> BibEntry:
        """Return an entry as it is written, without what it inherits."""
        return self.read(key)[0]

    def findings_of(self, key: str) -> list[BibFinding]:
        """Return what is wrong with an entry or with those from which it inherits, or lost of them.

        The key of a finding is that of the entry in which its cause is written.
        """
        return self.convert(key)[1]

    def read(self, key: str) -> tuple[BibEntry, list[BibFinding]]:
        """Read an entry, once; return it and findings about its text."""
        if key not in self.entries_read:
            source, place = self.places[key]
            findings: list[BibFinding] = []
            self.entries_read[key] = source.text.read_entry(place, source.macros, findings), findings
        return self.entries_read[key]

    def convert(self, key: str) -> tuple[Item, list[BibFinding]]:
        """Convert an entry, once; return its item and all findings about it."""
        if key not in self.converted:
            self.resolve(key)
            entry, findings = self.resolved[key.casefold()], self.findings[key.casefold()]
            known = self.kept.find(entry, findings)
            if known is None:
                found = list(findings)
                known = item_from_entry(FieldReader(entry, found)), list(dict.fromkeys(found))
                self.kept.add(entry, findings, *known)
            self.converted[key] = known
        return self.converted[key]

    def resolve(self, key: str) -> None:
        """Resolve what an entry inherits, and what those inherit from which it does: each entry once."""
        family: dict[str, BibEntry] = {}
        waiting = [key]
        while waiting:
            name = waiting.pop()
            if name not in family and name.casefold() not in self.resolved:
                family[name] = self.entry(name)
                parents = (self.keys_by_name.get(parent) for parent in parents_of(family[name]))
                waiting += [parent for parent in parents if parent is not None]
        before = len(self.resolved)
        found: list[BibFinding] = []
        inherit(family, found, self.resolved)
        own: dict[str, list[BibFinding]] = {name.casefold(): list(self.read(name)[1]) for name in family}
        for finding in found:
            own[finding.key.casefold()].append(finding)
        added = [*islice(reversed(self.resolved), len(self.resolved) - before)]
        for name in reversed(added):  # parents before their children
            sources = parents_of(self.entry(self.keys_by_name[name]))
            inherited = [finding for parent in sources for finding in self.findings.get(parent, ())]
            self.findings[name] = list(dict.fromkeys([*inherited, *own[name]]))


def read_bibliography(text: str, path: str = "") -> tuple[dict[str, Item], list[BibFinding]]:
    """Read the text of a .bib file; return CSL-JSON items by key, in order, and findings about errors and losses.

    Never raises: a syntax error is a finding, and reading continues with the next entry. `@xdata` entries do not become
    items. ``path`` is the name of the file; findings have only the line.
    """
    source = BibText(text)
    index = source.index()
    bibliography = Bibliography([BibSource(path, source, index)])
    items = dict(bibliography)
    findings = [*index.findings, *(finding for key in items for finding in bibliography.findings_of(key))]
    return items, list(dict.fromkeys(findings))
