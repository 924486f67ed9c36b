"""Entries and fields of a .bib file, findings about them, and `FieldReader`, which decodes the fields of one entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from fleuron.csl.sources.entry.localisation_keys import is_key, phrase
from fleuron.csl.sources.latex.reader import Report, decode, verbatim


@dataclass(frozen=True, slots=True)
class BibField:
    """A field: its source text, its line, and the key of the entry in which it is written.

    An inherited field is written in another entry. ``name`` is the name that the author used, which may differ from
    biblatex's.
    """

    text: str
    line: int | None
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class BibEntry:
    """An entry: its key, its type in lower case, its fields by biblatex's names in lower case, and its line."""

    key: str
    type: str
    fields: Mapping[str, BibField]
    line: int | None = None


@dataclass(frozen=True, slots=True)
class BibFinding:
    """An error in an entry, or something in it that CSL cannot express.

    ``field`` is empty if the finding is about the entry itself; ``line`` counts from 1 and is None if it is not known.
    ``kind`` is "syntax" for a syntax error, "repeated" for a repeated key or field, and "loss" for all else.
    """

    key: str
    field: str
    line: int | None
    message: str
    kind: Literal["syntax", "repeated", "loss"] = "loss"


class FieldReader:
    """Decode the fields of an entry, and record which of them are used, so that unused ones can be reported."""

    def __init__(self, entry: BibEntry, findings: list[BibFinding]) -> None:
        self.entry = entry
        self.findings = findings
        self.used: set[str] = set()

    def has(self, *names: str) -> bool:
        """Return whether the entry has one of these fields with content; this does not count as using it."""
        return any(name in self.entry.fields and self.entry.fields[name].text for name in names)

    def inherits(self, name: str) -> bool:
        """Return whether a field is inherited from another entry."""
        return name in self.entry.fields and self.entry.fields[name].key != self.entry.key

    def raw(self, name: str) -> str:
        """Return the source text of a field, or "" if it is missing."""
        field = self.entry.fields.get(name)
        if field is None:
            return ""
        self.used.add(name)
        return field.text

    def text(self, name: str, title: bool = False) -> str:
        """Return a field as CSL-JSON rich text; with ``title``, braces protect the case."""
        source = self.raw(name)
        return decode(source, self.reporter_for(name), title=title) if source else ""

    def phrase(self, name: str) -> str:
        """Return the text of a field that may contain a localisation key of biblatex."""
        source = self.raw(name)
        return phrase(source) if is_key(source) else self.text(name)

    def identifier(self, name: str) -> str:
        """Return an identifier or address, in which LaTeX only escapes characters."""
        return verbatim(self.raw(name))

    def report(self, name: str, message: str) -> None:
        """Add a finding about a field, with the place where it is written."""
        field = self.entry.fields.get(name)
        if field is None:
            self.findings.append(BibFinding(self.entry.key, name, self.entry.line, message))
        else:
            self.findings.append(BibFinding(field.key, field.name, field.line, message))

    def reporter_for(self, name: str) -> Report:
        """Return a function that reports findings about one field."""
        return partial(self.report, name)

    def unused_fields(self) -> list[str]:
        """List the fields that have not been used."""
        return [name for name in self.entry.fields if name not in self.used]
