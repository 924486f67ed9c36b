"""Parse .bib files: find all entries and errors in a file, and read single entries with the line of each field.

pybtex's parser is not used: it needs 5 s for a file of 10,000 entries, of which an article cites thirty; it stops at
macros that are not defined, at `@` in comments and at `@comment` without braces, which biber passes over.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from fleuron.csl.sources.entry.bib_entry import BibEntry, BibField, BibFinding
from fleuron.csl.sources.entry.field_names import ALIASES, did_you_mean

SPACE = re.compile(r"[ \t\r\n\f\v]+")  # TeX's white space, which does not include no-break and ideographic spaces
NAME = r"[^\s\"#%'(),={}0-9][^\s\"#%'(),={}]*+"
GAP = r"\s*+(?:%[^\n]*+\s*+)*+"  # white space and comments, between the parts of an entry
LINE_END = re.compile("\r\n|\n|\r")
START = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+\s*[{(]", re.MULTILINE)
# What is not an entry; as for biber, a `%` after white space begins a comment.
OUTSIDE = re.compile(r"(?:[^@%]++|(?<!\S)%[^\n]*+|(?<=\S)%)*+")
HEAD = re.compile(rf"@{GAP}(?P<type>{NAME})(?:{GAP}(?P<open>[{{(]))?")
BETWEEN = re.compile(GAP)
KEYS = {"}": re.compile(rf"{GAP}(?P<key>[^\s,}}]+)"), ")": re.compile(rf"{GAP}(?P<key>[^\s,]+)")}
GROUP = r"[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+"
# A field with its comma, whose value is one number, or one text with at most two levels of braces in it.
SIMPLE_FIELD = re.compile(
    rf"{GAP},{GAP}(?P<name>{NAME}){GAP}={GAP}"
    rf'(?:\{{(?P<braced>{GROUP})\}}|"(?P<quoted>[^"{{}}]*+)"|(?P<number>[0-9]++)){GAP}(?=[,}})])'
)
# The name of such a field, and an entry in braces that has only such fields.
SIMPLE_VALUE = rf'{GAP}={GAP}(?:\{{{GROUP}\}}|"[^"{{}}]*+"|[0-9]++){GAP}(?=[,}})])'
SIMPLE_NAME = re.compile(rf"{GAP},{GAP}({NAME}){SIMPLE_VALUE}")
SIMPLE_ENTRY = re.compile(rf"{GAP}(?P<key>[^\s,}}]++)(?:{GAP},{GAP}{NAME}{SIMPLE_VALUE})*+{GAP}(?:,{GAP})?\}}")
FIELD_NAME = re.compile(rf"(?P<name>{NAME}){GAP}(?P<equals>=?)")
NUMBER = re.compile("[0-9]+")
MACRO = re.compile(NAME)
MONTHS = {
    **{"jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May", "jun": "June"},
    **{"jul": "July", "aug": "August", "sep": "September", "oct": "October", "nov": "November", "dec": "December"},
}
SYNTAX_ERROR = "syntax error: {}; the entry is read up to this point"


class EntryPlace(NamedTuple):
    """Where an entry is: its key, its type in lower case, the offset of its `@`, and its line (from 1)."""

    key: str
    type: str
    offset: int
    line: int


@dataclass(frozen=True)
class BibIndex:
    """What a .bib file has: its entries in order, the offsets of its `@string`s, and findings about the file."""

    entries: tuple[EntryPlace, ...]
    strings: tuple[int, ...]
    findings: tuple[BibFinding, ...]


class BibSyntaxError(Exception):
    """A syntax error; ``at`` is its offset, ``field_at`` that of the field that is being read."""

    def __init__(self, message: str, at: int, field_at: int) -> None:
        super().__init__(message)
        self.at, self.field_at = at, field_at


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro in a value, and where it is."""

    name: str
    offset: int


Value = list[str | Macro]
WrittenField = tuple[str, Value, int]  # name, value, offset


class BibText:
    """The text of a .bib file, and the functions that parse it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def line_starts(self) -> list[int]:
        if "\r" in self.text:
            return [0, *(match.end() for match in LINE_END.finditer(self.text))]
        return [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))][:-1]

    def line_at(self, offset: int) -> int:
        """Return the line (from 1) of an offset."""
        return bisect_right(self.line_starts, offset)

    def line_in(self, place: EntryPlace, offset: int) -> int:
        """Return the line of an offset in an entry, without a look at the rest of the file."""
        return place.line + len(LINE_END.findall(self.text, place.offset, offset))

    @cached_property
    def pairs(self) -> dict[int, int]:
        """The offset after the closing brace of each group, by the offset of its opening brace."""
        open_braces: list[int] = []
        pairs = {}
        for brace in re.finditer("[{}]", self.text):
            if brace[0] == "{":
                open_braces.append(brace.start())
            elif open_braces:
                pairs[open_braces.pop()] = brace.end()
        return pairs

    def index(self) -> BibIndex:
        """Find all entries, and the errors in them. Never raises: after an error, the next entry is read."""
        entries: list[EntryPlace] = []
        strings: list[int] = []
        findings: list[BibFinding] = []
        known_keys: set[str] = set()
        at = 0
        while head := self.next_head(at):
            kind, at = head["type"].lower(), head.end()
            if kind == "comment":
                at = self.pairs.get(at - 1, at) if head["open"] == "{" else at
            elif not head["open"]:
                at = self.check_junk(head, findings)
            elif kind == "string":
                strings.append(head.start())
                at = self.after_string(head, findings)
            elif kind == "preamble":
                at = self.after_preamble(head, findings)
            else:
                place, at = self.index_entry(head, findings)
                if place is None:
                    continue
                if place.key.casefold() in known_keys:
                    message = f"the key {place.key} is already used by another entry; the first entry is used"
                    findings.append(BibFinding(place.key, "", place.line, message, "repeated"))
                else:
                    known_keys.add(place.key.casefold())
                    entries.append(place)
        return BibIndex(tuple(entries), tuple(strings), tuple(findings))

    def next_head(self, at: int) -> re.Match[str] | None:
        """Find the next `@type{`, or `@type` without a brace, from an offset outside of entries."""
        while True:
            outside = OUTSIDE.match(self.text, at)
            at = outside.end() if outside else at
            if at >= len(self.text):
                return None
            if head := HEAD.match(self.text, at):
                return head
            at += 1

    def check_junk(self, head: re.Match[str], findings: list[BibFinding]) -> int:
        """Report an entry without its opening brace; an `@` within a line is that of an address or of a comment."""
        line_start = self.text.rfind("\n", 0, head.start()) + 1
        if not self.text[line_start : head.start()].strip():
            message = f"syntax error: there is no opening brace after @{head['type']}; the entry is left out"
            findings.append(BibFinding("", "", self.line_at(head.start()), message, "syntax"))
        return head.start() + 1

    def after_string(self, head: re.Match[str], findings: list[BibFinding]) -> int:
        """Return the offset after an `@string`; report a syntax error in it."""
        try:
            return self.string_at(head)[2]
        except BibSyntaxError as error:
            return self.recover(head, "", "", error, findings)

    def string_at(self, head: re.Match[str]) -> tuple[str, Value, int]:
        """Return the name and value of an `@string`, and the offset after it."""
        at = self.skip(head.end())
        name, value, at = self.field(at)
        return name, value, self.close(at, head["open"], at)

    def after_preamble(self, head: re.Match[str], findings: list[BibFinding]) -> int:
        """Return the offset after a `@preamble`."""
        try:
            at = self.skip(head.end())
            return self.close(self.value(at, at)[1], head["open"], at)
        except BibSyntaxError as error:
            return self.recover(head, "", "", error, findings)

    def index_entry(self, head: re.Match[str], findings: list[BibFinding]) -> tuple[EntryPlace | None, int]:
        """Return the place of an entry, or None if it has no key, and the offset after it."""
        simple = SIMPLE_ENTRY.match(self.text, head.end()) if head["open"] == "{" else None
        if simple:
            names = SIMPLE_NAME.findall(self.text, simple.end("key"), simple.end())
            if len({name.lower() for name in names}) == len(names):
                line = self.line_at(head.start())
                return EntryPlace(simple["key"], head["type"].lower(), head.start(), line), simple.end()
        key, fields, at, error = self.entry_at(head)
        if error:
            at = self.recover(head, key, self.name_at(error.field_at), error, findings)
        if not key:
            return None, at
        place = EntryPlace(key, head["type"].lower(), head.start(), self.line_at(head.start()))
        if len({name.lower() for name, _value, _offset in fields}) < len(fields):
            self.report_repeated(key, fields, findings)
        return place, at

    def report_repeated(self, key: str, fields: list[WrittenField], findings: list[BibFinding]) -> None:
        """Report the fields of an entry that repeat another one with another value."""
        written = [(name, value_with_macros(value, {}), self.line_at(offset)) for name, value, offset in fields]
        by_biblatex_name(key, written, findings)

    def entry_at(self, head: re.Match[str]) -> tuple[str, list[WrittenField], int, BibSyntaxError | None]:
        """Return the key and fields of an entry up to the first error, the offset after them, and the error."""
        close = "}" if head["open"] == "{" else ")"
        found = KEYS[close].match(self.text, head.end())
        if not found or found["key"] == close:
            at = self.skip(head.end())
            return "", [], at, BibSyntaxError("the entry has no key", at, at)
        fields: list[WrittenField] = []
        at = found.end()
        try:
            while True:
                while simple := SIMPLE_FIELD.match(self.text, at):
                    kind = simple.lastgroup or "braced"
                    fields.append((simple["name"], [simple[kind]], simple.start("name")))
                    at = simple.end()
                at = self.skip(at)
                sign = self.text[at : at + 1]
                if sign == close:
                    return found["key"], fields, at + 1, None
                if sign != ",":
                    field_at = fields[-1][2] if fields else head.start()
                    raise BibSyntaxError("a comma or the closing brace is missing", at, field_at)
                at = self.skip(at + 1)
                if self.text[at : at + 1] not in (close, ","):
                    field_at = at
                    name, value, at = self.field(at)
                    fields.append((name, value, field_at))
        except BibSyntaxError as error:
            return found["key"], fields, at, error

    def field(self, at: int) -> tuple[str, Value, int]:
        """Read `name = value` at an offset; return name, value and the offset after them."""
        found = FIELD_NAME.match(self.text, at)
        if not found:
            raise BibSyntaxError("the name of a field is missing", at, at)
        if not found["equals"]:
            raise BibSyntaxError("'=' expected", found.end(), at)
        value, end = self.value(found.end(), at)
        return found["name"], value, end

    def value(self, at: int, field_at: int) -> tuple[Value, int]:
        """Read a value, whose parts are joined by `#`; return it and the offset after it."""
        parts: Value = []
        while True:
            at = self.skip(at)
            part, at = self.part(at, field_at)
            parts.append(part)
            following = self.skip(at)
            if self.text[following : following + 1] != "#":
                return parts, at
            at = following + 1

    def part(self, at: int, field_at: int) -> tuple[str | Macro, int]:
        """Read a text in braces or quotation marks, a number or a macro."""
        sign = self.text[at : at + 1]
        if sign == "{":
            end = self.pairs.get(at)
            if end is None:
                raise BibSyntaxError("a brace is not closed", len(self.text), field_at)
            return self.text[at + 1 : end - 1], end
        if sign == '"':
            end = self.end_of_quoted(at, field_at)
            return self.text[at + 1 : end - 1], end
        if number := NUMBER.match(self.text, at):
            return number[0], number.end()
        if macro := MACRO.match(self.text, at):
            return Macro(macro[0], at), macro.end()
        raise BibSyntaxError("the value of a field is missing", at, field_at)

    def end_of_quoted(self, at: int, field_at: int) -> int:
        """Return the offset after a text in quotation marks; a quotation mark in braces does not end it."""
        depth = 0
        for sign in re.compile(r'["{}]').finditer(self.text, at + 1):
            if sign[0] == '"' and not depth:
                return sign.end()
            depth += {"{": 1, "}": -1}.get(sign[0], 0)
            if depth < 0:
                raise BibSyntaxError("a quotation mark is not closed", sign.start(), field_at)
        raise BibSyntaxError("a quotation mark is not closed", len(self.text), field_at)

    def close(self, at: int, opening: str, field_at: int) -> int:
        """Return the offset after the closing brace of an `@string` or `@preamble`; a comma before it is allowed."""
        at = self.skip(at)
        at = self.skip(at + 1) if self.text[at : at + 1] == "," else at
        if self.text[at : at + 1] != ("}" if opening == "{" else ")"):
            raise BibSyntaxError("the closing brace is missing", at, field_at)
        return at + 1

    def skip(self, at: int) -> int:
        """Return the offset after white space and comments."""
        space = BETWEEN.match(self.text, at)
        return space.end() if space else at

    def name_at(self, at: int) -> str:
        """Return the name of the field at an offset, or "" if there is none."""
        found = FIELD_NAME.match(self.text, at)
        return found["name"] if found else ""

    def recover(
        self, head: re.Match[str], key: str, field: str, error: BibSyntaxError, findings: list[BibFinding]
    ) -> int:
        """Report a syntax error, and return the offset of the next entry.

        An error that reaches into the next entry lies in the field in which it was found.
        """
        following = START.search(self.text, head.start() + 1)
        end = following.start() if following else len(self.text)
        line = self.line_at(error.field_at if end <= error.at else error.at)
        findings.append(BibFinding(key, field, line, SYNTAX_ERROR.format(error), "syntax"))
        return end

    def read_entry(self, place: EntryPlace, macros: Mapping[str, str], findings: list[BibFinding]) -> BibEntry:
        """Read an entry; report macros that are not defined, and fields that repeat others."""
        head = HEAD.match(self.text, place.offset)
        fields = self.entry_at(head)[1] if head else []
        written = (
            (name, self.evaluate(value, macros, place, name, findings), self.line_in(place, offset))
            for name, value, offset in fields
        )
        return BibEntry(place.key, place.type, by_biblatex_name(place.key, written, findings), place.line)

    def read_strings(self, index: BibIndex, macros: MutableMapping[str, str]) -> None:
        """Add the macros that the file defines, by their names in lower case; the last definition counts."""
        for offset in index.strings:
            head = HEAD.match(self.text, offset)
            if head:
                try:
                    name, value, _end = self.string_at(head)
                except BibSyntaxError:
                    continue  # reported with the index
                macros[name.lower()] = value_with_macros(value, macros)

    def evaluate(
        self, value: Value, macros: Mapping[str, str], place: EntryPlace, field: str, findings: list[BibFinding]
    ) -> str:
        """Return the text of a value; a macro that is not defined stands for its own name, which a month often is."""
        for part in value:
            if isinstance(part, Macro) and part.name.lower() not in macros and "month" not in field.lower():
                near = did_you_mean(part.name, macros)
                message = f"the macro {part.name} is not defined, and its name is printed{near}"
                line = self.line_in(place, part.offset)
                findings.append(BibFinding(place.key, field.lower(), line, f"{message}; define it with @string"))
        return value_with_macros(value, macros)


def value_with_macros(value: Value, macros: Mapping[str, str]) -> str:
    """Return the text of a value; a macro that is not defined stands for its own name."""
    return "".join(part if isinstance(part, str) else macros.get(part.name.lower(), part.name) for part in value)


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
                findings.append(BibFinding(key, lower_name, line, message, "repeated"))
        else:
            fields[name] = BibField(text, line, key, lower_name)
    return fields
