"""An entry of a .bib file: its fields with their lines, what was found wrong in it, and the reader of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from fleuron.csl.sources.entry.localisation_keys import is_key, phrase
from fleuron.csl.sources.latex.reader import Report, decode, verbatim


@dataclass(frozen=True, slots=True)
class BibField:
    """What is written in a field, on which line, and in the entry of which key: an inherited one stands in another.

    ``name`` is the one that the author used, which may be another than biblatex's.
    """

    text: str
    line: int | None
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class BibEntry:
    """An entry: its type in small letters, its fields by biblatex's names in small letters, and its line."""

    key: str
    type: str
    fields: Mapping[str, BibField]
    line: int | None = None


@dataclass(frozen=True, slots=True)
class BibFinding:
    """A fault or a loss in an entry.

    ``field`` is empty where the entry itself is meant; ``line`` counts from 1 and is None where it is not known.
    """

    key: str
    field: str
    line: int | None
    message: str


class FieldReader:
    """Take fields out of an entry; those that nobody took can be told at the end, so that none is lost unseen."""

    def __init__(self, entry: BibEntry, findings: list[BibFinding]) -> None:
        self.entry = entry
        self.findings = findings
        self.used: set[str] = set()

    def has(self, *names: str) -> bool:
        """Tell whether one of these fields is there, without taking it."""
        return any(name in self.entry.fields and self.entry.fields[name].text for name in names)

    def inherits(self, name: str) -> bool:
        """Tell whether a field stands in another entry."""
        return name in self.entry.fields and self.entry.fields[name].key != self.entry.key

    def raw(self, name: str) -> str:
        """Take a field as it is written; "" if it is missing."""
        field = self.entry.fields.get(name)
        if field is None:
            return ""
        self.used.add(name)
        return field.text

    def text(self, name: str, title: bool = False) -> str:
        """Take a field as the rich text of CSL-JSON; braces keep the case in a title."""
        source = self.raw(name)
        return decode(source, self.reporter_for(name), title=title) if source else ""

    def phrase(self, name: str) -> str:
        """Take a field that may be a localisation key of biblatex, as words."""
        source = self.raw(name)
        return phrase(source) if is_key(source) else self.text(name)

    def identifier(self, name: str) -> str:
        """Take an identifier or an address."""
        return verbatim(self.raw(name))

    def report(self, name: str, message: str) -> None:
        """Note a finding about a field, where the field is written."""
        field = self.entry.fields.get(name)
        if field is None:
            self.findings.append(BibFinding(self.entry.key, name, self.entry.line, message))
        else:
            self.findings.append(BibFinding(field.key, field.name, field.line, message))

    def reporter_for(self, name: str) -> Report:
        """Return what reports faults of one field."""
        return partial(self.report, name)

    def unused_fields(self) -> list[str]:
        """List the fields that nothing has read."""
        return [name for name in self.entry.fields if name not in self.used]
