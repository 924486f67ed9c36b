"""Read a .po file as entries that keep their lines, and write it: what is not changed is as it was, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cached_property

from babel.messages.pofile import denormalize

# Where a line of a .po file ends; U+2028 and others, at which Python ends lines too, are letters of a message.
LINE_END = re.compile(r"\r\n|\n|\r")
KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s*(?=\")")
OBSOLETE = re.compile(r"#~ ?")
FUZZY = "fuzzy"


class Kind(IntEnum):
    """What a line of an entry is, in the order in which gettext writes them."""

    COMMENT = 0  # of a translator
    EXTRACTED = 1
    REFERENCE = 2
    FLAGS = 3
    PREVIOUS = 4
    CONTEXT = 5
    MESSAGE = 6
    PLURAL = 7
    TRANSLATION = 8


COMMENTS = {".": Kind.EXTRACTED, ":": Kind.REFERENCE, ",": Kind.FLAGS, "|": Kind.PREVIOUS}
KEYWORDS = {"msgctxt": Kind.CONTEXT, "msgid": Kind.MESSAGE, "msgid_plural": Kind.PLURAL, "msgstr": Kind.TRANSLATION}


@dataclass(frozen=True)
class Line:
    """A line of an entry, without its end and without the mark of obsolete entries; ``form`` is that of a plural.

    ``written`` is the line as it was read, and "" for a new one.
    """

    kind: Kind
    text: str
    form: int = 0
    written: str = ""


@dataclass(frozen=True)
class Entry:
    """A message with its translation, or comments alone; ``gap`` empty lines stand before it, ``number`` is its line.

    An obsolete entry (``#~``) has no message in the sources; ``was_obsolete`` says whether it was one when it was read.
    """

    lines: tuple[Line, ...]
    is_obsolete: bool = False
    gap: int = 1
    number: int = 1
    was_obsolete: bool = False

    @cached_property
    def message(self) -> str | None:
        """The message; "" for the header, None for comments that stand alone."""
        return self.string(Kind.MESSAGE)

    @cached_property
    def context(self) -> str | None:
        return self.string(Kind.CONTEXT)

    @property
    def key(self) -> tuple[str | None, str]:
        """What an entry is known by in its catalogue."""
        return self.context, self.message or ""

    @cached_property
    def translation(self) -> str:
        """The translation; of one with plural forms the first."""
        return self.string(Kind.TRANSLATION) or ""

    @cached_property
    def is_translated(self) -> bool:
        """Whether any of the forms has a translation."""
        forms = {line.form for line in self.lines if line.kind is Kind.TRANSLATION}
        return any((self.string(Kind.TRANSLATION, form) or "").strip() for form in forms)

    @cached_property
    def previous(self) -> str | None:
        """The message that a fuzzy translation was made for; None if that is not recorded."""
        quoted = [line.text[2:].strip() for line in self.lines if line.kind is Kind.PREVIOUS]
        starts = [number for number, text in enumerate(quoted) if text.startswith("msgid ")]
        if not starts:
            return None
        following = quoted[starts[0] + 1 :]
        end = next((number for number, text in enumerate(following) if not text.startswith('"')), len(following))
        return unquoted([quoted[starts[0]].removeprefix("msgid"), *following[:end]])

    @cached_property
    def flags(self) -> tuple[str, ...]:
        lists = (line.text[2:].split(",") for line in self.lines if line.kind is Kind.FLAGS)
        return tuple(flag.strip() for flags in lists for flag in flags if flag.strip())

    @property
    def is_fuzzy(self) -> bool:
        return FUZZY in self.flags

    @cached_property
    def translation_line(self) -> int:
        """The line of the translation, from 1."""
        kinds = [line.kind for line in self.lines]
        return self.number + (kinds.index(Kind.TRANSLATION) if Kind.TRANSLATION in kinds else 0)

    def string(self, kind: Kind, form: int = 0) -> str | None:
        """Return the string of a keyword; None if the entry does not have it."""
        found = [line.text for line in self.lines if line.kind is kind and line.form == form]
        found = [text for text in found if text.strip()]
        return unquoted([KEYWORD.sub("", found[0].strip(), count=1), *found[1:]]) if found else None

    def texts(self, kind: Kind) -> tuple[str, ...]:
        """Return the lines of a kind."""
        return tuple(line.text for line in self.lines if line.kind is kind)

    def with_lines(self, kind: Kind, texts: Sequence[str]) -> Entry:
        """Return the entry with other lines of a kind, where those were, or where gettext writes them."""
        kinds = [line.kind for line in self.lines]
        later = (number for number, found in enumerate(kinds) if found > kind)
        place = kinds.index(kind) if kind in kinds else next(later, len(kinds))
        before = [line for line in self.lines[:place] if line.kind is not kind]
        after = [line for line in self.lines[place:] if line.kind is not kind]
        return replace(self, lines=(*before, *(Line(kind, text) for text in texts), *after))

    def with_flags(self, flags: Sequence[str]) -> Entry:
        """Return the entry with other flags; as it is if it has these."""
        if tuple(flags) == self.flags:
            return self
        return self.with_lines(Kind.FLAGS, [f"#, {', '.join(flags)}"] if flags else [])

    def written(self) -> Iterator[str]:
        """Yield the lines as they stand in a file."""
        for line in self.lines:
            if line.written and self.is_obsolete == self.was_obsolete:
                yield line.written
            elif not self.is_obsolete or line.kind < Kind.PREVIOUS or not line.text.strip():
                yield line.text
            else:
                yield f"#~{line.text[1:]}" if line.kind is Kind.PREVIOUS else f"#~ {line.text}"


def unquoted(lines: Sequence[str]) -> str:
    """Return the string that quoted lines have."""
    return "".join(denormalize(text) for line in lines if len(text := line.strip()) > 1)


@dataclass(frozen=True)
class PoFile:
    """The entries of a .po file, its line end, and how many empty lines are at its end."""

    entries: tuple[Entry, ...]
    line_end: str = "\n"
    tail: int = 0

    @property
    def header(self) -> Entry | None:
        return next((entry for entry in self.entries if entry.message == "" and not entry.is_obsolete), None)

    @property
    def messages(self) -> tuple[Entry, ...]:
        """The entries of messages, without the header and the obsolete ones."""
        return tuple(entry for entry in self.entries if entry.message and not entry.is_obsolete)

    @property
    def obsolete(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.is_obsolete)

    @cached_property
    def by_key(self) -> Mapping[tuple[str | None, str], Entry]:
        """The entries of messages by their keys; of several the first."""
        return {entry.key: entry for entry in reversed(self.messages)}

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """The fields of the header, by their names in small letters."""
        lines = (self.header.translation if self.header else "").splitlines()
        pairs = (line.partition(":") for line in lines if ":" in line)
        return {name.strip().lower(): value.strip() for name, _colon, value in pairs}

    def text(self) -> str:
        """Return the file's text."""
        lines: list[str] = []
        for entry in self.entries:
            lines += [""] * entry.gap
            lines += entry.written()
        return self.line_end.join([*lines, *[""] * self.tail, ""])


@dataclass
class EntryReader:
    """Gathers the lines of a .po file into entries."""

    entries: list[Entry] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    number: int = 1
    gap: int = 0
    empty: int = 0
    is_obsolete: bool = False

    def read(self, lines: Sequence[str]) -> None:
        for number, text in enumerate(lines, 1):
            if not text.strip():
                self.empty += 1
                continue
            line, is_obsolete = line_of(text, self.lines[-1] if self.lines else None)
            line = replace(line, written=text)
            if self.begins_entry(line):
                self.finish()
            if not self.lines:
                self.number, self.gap, self.empty = number, self.empty, 0
            # Empty lines within an entry, such as below the comment at the beginning of a file.
            self.lines += [Line(self.lines[-1].kind, "", self.lines[-1].form)] * self.empty if self.lines else []
            self.empty = 0
            self.lines.append(line)
            self.is_obsolete = self.is_obsolete or is_obsolete
        self.finish()

    def begins_entry(self, line: Line) -> bool:
        """Return whether a line begins the next entry: it follows a translation and is not another plural form."""
        if not self.lines or self.lines[-1].kind is not Kind.TRANSLATION:
            return False
        return line.kind is not Kind.TRANSLATION

    def finish(self) -> None:
        if self.lines:
            entry = Entry(tuple(self.lines), self.is_obsolete, self.gap, self.number, self.is_obsolete)
            self.entries.append(entry)
        self.lines, self.is_obsolete = [], False


def line_of(text: str, before: Line | None) -> tuple[Line, bool]:
    """Return a line with its kind, and whether it is marked as obsolete; a string continues what stands before it."""
    marked = OBSOLETE.match(text)
    if marked and text[2:3] != "|":
        text = text[marked.end() :]
    elif marked:
        return Line(Kind.PREVIOUS, f"#{text[2:]}"), True
    if keyword := KEYWORD.match(text.lstrip()):
        return Line(KEYWORDS[keyword[1]], text, int(keyword[2] or 0)), bool(marked)
    if text.lstrip().startswith("#"):
        return Line(COMMENTS.get(text.lstrip()[1:2], Kind.COMMENT), text.lstrip()), bool(marked)
    if before:
        return Line(before.kind, text, before.form), bool(marked)
    return Line(Kind.COMMENT, text), bool(marked)


def read_entries(content: bytes) -> PoFile:
    """Read the entries of a .po file in UTF-8; a byte order mark, which msgfmt refuses, is left out.

    Raises UnicodeDecodeError. What is not valid is kept as it is.
    """
    text = content.decode("utf-8-sig")
    first = LINE_END.search(text)
    lines = LINE_END.split(text)
    if not lines[-1]:
        lines.pop()
    reader = EntryReader()
    reader.read(lines)
    return PoFile(tuple(reader.entries), first[0] if first else "\n", reader.empty)
