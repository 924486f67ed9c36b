"""Parse .bib files (extends pybtex's parser): entries with biblatex's field names and the line of each field."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from pybtex.database import BibliographyData
from pybtex.database.input.bibtex import LowLevelParser, SkipEntry, UndefinedMacro, month_names
from pybtex.scanner import PybtexSyntaxError
from pybtex.utils import CaseInsensitiveDict

from fleuron.csl.sources.entry.bib_entry import BibEntry, BibField, BibFinding

# Aliases of fields: those of BibTeX (biblatex manual, 2.2.5), then those of programs that write .bib files.
ALIASES = {
    **{"address": "location", "annote": "annotation", "archiveprefix": "eprinttype", "journal": "journaltitle"},
    **{
        "key": "sortkey",
        "pdf": "file",
        "primaryclass": "eprintclass",
        "school": "institution",
        "hyphenation": "langid",
    },
    **{"lastaccessed": "urldate", "lastchecked": "urldate", "accessdate": "urldate", "accessed": "urldate"},
    **{"keyword": "keywords", "bookauthors": "bookauthor", "lccn": "callnumber"},
}
SPACE = re.compile(r"[ \t\r\n\f\v]+")  # TeX's white space, which does not include no-break and ideographic spaces
START = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+\s*[{(]", re.MULTILINE)
COMMENT = re.compile(r"\s*comment\b\s*", re.IGNORECASE)


class _Parser(LowLevelParser):  # type: ignore[misc]  # pybtex has no types
    """Pybtex's parser, extended to record the line of each field and to continue with the next entry after an error."""

    def __init__(self, text: str, findings: list[BibFinding], path: str) -> None:
        super().__init__(text, macros=CaseInsensitiveDict(month_names), filename=path)
        self.findings = findings
        self.field_lines: list[int] = []
        self.field_line = 1
        self.line_starts = [0, *(match.end() for match in re.finditer("\r\n|\n|\r", text))]

    @cached_property
    def pairs(self) -> dict[int, int]:
        """The positions of matching braces."""
        return _pairs(self.text)

    def line_at(self, position: int) -> int:
        """Return the line (from 1) of a position."""
        return bisect_right(self.line_starts, position)

    def parse_command(self) -> Any:
        """Parse one entry; skip `@comment` with the group that follows it."""
        self.field_lines, self.field_line = [], self.lineno
        if comment := COMMENT.match(self.text, self.pos):
            self.move_to(self.pairs.get(comment.end(), comment.end()))
            raise SkipEntry
        return super().parse_command()

    def parse_field(self) -> None:
        """Parse one field, and record its line."""
        self.eat_whitespace()
        self.field_line = self.lineno
        super().parse_field()
        if self.current_field_name and self.current_value:
            self.field_lines.append(self.field_line)

    def move_to(self, position: int) -> None:
        """Continue at a position."""
        self.pos = position
        self.lineno = self.line_at(position)

    def handle_error(self, error: PybtexSyntaxError) -> None:
        """Report an error; after a syntax error, continue at the next entry."""
        key, field = self.current_entry_key or "", self.current_field_name or ""
        if isinstance(error, UndefinedMacro):
            name = error.args[0] if error.args else ""
            message = f"the macro {name} is not defined; define it with @string, or enclose the text in braces"
            self.findings.append(BibFinding(key, field, error.lineno, message))
            return
        following = START.search(self.text, self.command_start + 1)
        end = following.start() if following else len(self.text)
        line = self.field_line if end <= self.pos else error.lineno
        reason = str(error.args[0]) if error.args else "the entry cannot be read"
        reason = "a comma or the closing brace is missing" if reason == "'}' expected" else reason
        self.findings.append(
            BibFinding(key, field, line, f"syntax error: {reason}; the entry is read up to this point")
        )
        self.move_to(end)


def _pairs(text: str) -> dict[int, int]:
    """Return the position after the closing brace of each group, by the position of its opening brace."""
    open_braces: list[int] = []
    pairs = {}
    for brace in re.finditer("[{}]", text):
        if brace[0] == "{":
            open_braces.append(brace.start())
        elif open_braces:
            pairs[open_braces.pop()] = brace.end()
    return pairs


def parse_entries(text: str, findings: list[BibFinding], path: str = "") -> dict[str, BibEntry]:
    """Parse the text of a .bib file into entries by key, in order. Errors become findings, never exceptions."""
    parser = _Parser(text, findings, path)
    entries: dict[str, BibEntry] = {}
    known_keys: set[str] = set()
    for command, (key, *rest) in parser:
        if command.lower() in ("string", "preamble") or key is None:
            continue
        line = parser.line_at(parser.command_start)
        if key.casefold() in known_keys:
            findings.append(
                BibFinding(key, "", line, f"the key {key} is already used by another entry; the first entry is used")
            )
            continue
        known_keys.add(key.casefold())
        written = [(name, "".join(parts)) for name, parts in rest[0]]
        fields = ((name, value, at) for (name, value), at in zip(written, parser.field_lines, strict=True))
        entries[key] = BibEntry(key, command.lower(), by_biblatex_name(key, fields, findings), line)
    return entries


def by_biblatex_name(
    key: str, written: Iterable[tuple[str, str, int | None]], findings: list[BibFinding]
) -> dict[str, BibField]:
    """Return fields by biblatex's names; of two with the same name, the first is used."""
    fields: dict[str, BibField] = {}
    for written_name, value, line in written:
        lower_name = written_name.lower()
        name = ALIASES.get(lower_name, lower_name)
        text = SPACE.sub(" ", value).strip(" ")
        if name in fields:
            if fields[name].text != text:
                message = f"the field repeats {fields[name].name}, with another value; the first one is used"
                findings.append(BibFinding(key, lower_name, line, message))
        else:
            fields[name] = BibField(text, line, key, lower_name)
    return fields


def entries_of(data: BibliographyData, findings: list[BibFinding]) -> dict[str, BibEntry]:
    """Convert the entries of a pybtex database, in which authors and editors are split into persons."""
    entries = {}
    for key, entry in data.entries.items():
        fields = by_biblatex_name(key, _written(entry), findings)
        entries[key] = BibEntry(key, entry.type.lower(), fields)
    return entries


def _written(entry: Any) -> Iterator[tuple[str, str, int | None]]:
    """Yield name, text and line (None) of the fields of a pybtex entry, persons joined by "and"."""
    for name, value in entry.fields.items():
        yield name, str(value), None
    for role, persons in entry.persons.items():
        yield role, " and ".join(map(str, persons)), None
