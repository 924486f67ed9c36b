"""The reading of one entry: which of its fields have been used, and what was found on the way."""

from __future__ import annotations

from functools import partial

from fleuron.csl.sources.entry.bib_file import Entry
from fleuron.csl.sources.entry.findings import Finding
from fleuron.csl.sources.entry.localisation_keys import is_key, phrase
from fleuron.csl.sources.latex.reader import Report, decode, verbatim


class Reading:
    """Take fields out of an entry; those that nobody took can be told at the end, so that none is lost unseen."""

    def __init__(self, entry: Entry, findings: list[Finding]) -> None:
        self.entry = entry
        self.findings = findings
        self.taken: set[str] = set()

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
        self.taken.add(name)
        return field.text

    def text(self, name: str, title: bool = False) -> str:
        """Take a field as the rich text of CSL-JSON; braces keep the case in a title."""
        source = self.raw(name)
        return decode(source, self.reporter(name), title=title) if source else ""

    def words(self, name: str) -> str:
        """Take a field that may be a localisation key of biblatex, as words."""
        source = self.raw(name)
        return phrase(source) if is_key(source) else self.text(name)

    def code(self, name: str) -> str:
        """Take an identifier or an address."""
        return verbatim(self.raw(name))

    def report(self, name: str, message: str) -> None:
        """Note a finding about a field, where the field is written."""
        field = self.entry.fields.get(name)
        if field is None:
            self.findings.append(Finding(self.entry.key, name, self.entry.line, message))
        else:
            self.findings.append(Finding(field.key, field.name, field.line, message))

    def reporter(self, name: str) -> Report:
        """Return what reports faults of one field."""
        return partial(self.report, name)

    def untaken(self) -> list[str]:
        """List the fields that nothing has read."""
        return [name for name in self.entry.fields if name not in self.taken]
