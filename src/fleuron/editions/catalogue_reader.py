"""Read a catalogue (.po file): its translations with their lines, and what is wrong with it as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser

# The end of a line; U+2028 and others, at which Python ends lines too, are letters of a message.
LINE_END = re.compile(r"\r\n|\n|\r")
# A line of a .po file: a keyword and a string, or the string's continuation.
LINE = re.compile(r'((msgctxt|msgid|msgid_plural|msgstr(\[\d+\])?)\s*)?"(\\.|[^"\\])*"')
# The field of a header that names all translators.
TRANSLATORS = re.compile(r'(?:msgstr\s*)?"X-Translators:\s*((?:[^"\\]|\\.)*?)\s*\\n"', re.IGNORECASE)
# Errors of Babel for a file that it cannot read, and of the system, as for a folder of that name.
UNREADABLE = (PoFileError, ValueError, LookupError, OSError)


@dataclass(frozen=True)
class Translation:
    """What a translator wrote for a message; ``line`` is that of its ``msgstr``, from 1."""

    text: str
    line: int
    is_fuzzy: bool = False


@dataclass(frozen=True)
class CatalogueContent:
    """The translations of a catalogue by message, also the empty ones; for a message that is there twice, the first.

    ``repeated`` are those messages, by the line where they are repeated. ``faults`` say why entries are left out, by
    line. ``translators`` are the header's lines on them: `X-Translators`, or else `Last-Translator`.
    """

    translations: Mapping[str, Translation]
    repeated: Mapping[int, str]
    faults: Mapping[int, str]
    has_header: bool
    translators: tuple[str, ...] = ()


class LenientCatalog(Catalog):
    """A catalogue of Babel that records which messages it gets twice, and whether it gets a header."""

    def __init__(self) -> None:
        super().__init__(charset="utf-8")
        self.repeated: dict[int, str] = {}
        self.has_header = False

    def __setitem__(self, message_id: str | tuple[str, ...] | list[str], message: Message) -> None:
        key = self._key_for(message_id, message.context)
        if not message_id:
            self.has_header = True
        elif key in self._messages:
            self.repeated[message.lineno or 1] = str(message_id)
            return  # Babel 2.17 would add its flags to those of the first
        super().__setitem__(message_id, message)


def read_catalogue(path: Path) -> CatalogueContent:
    """Read a catalogue as UTF-8, with or without a byte order mark, without the entries that are not valid.

    Raises one of UNREADABLE if nothing of it can be read.
    """
    return content_of(str(path), path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def content_of(path: str, _changed: int) -> CatalogueContent:
    lines = LINE_END.split(Path(path).read_bytes().decode("utf-8-sig"))
    catalogue, faults = parse_valid_entries(lines)
    translations = {
        message.id: Translation(str(message.string), line_of_translation(lines, message.lineno or 1), message.fuzzy)
        for message in catalogue
        if isinstance(message.id, str) and message.id and message.context is None
    }
    translators = header_translators(catalogue, lines) if catalogue.has_header else ()
    return CatalogueContent(translations, catalogue.repeated, faults, catalogue.has_header, translators)


def header_translators(catalogue: LenientCatalog, lines: Sequence[str]) -> tuple[str, ...]:
    """Return what the header says of translators; Babel reads no field that gettext does not know."""
    # The header ends at the first empty line after it.
    start = next((number for number, line in enumerate(lines) if line.startswith("msgstr")), 0)
    end = next((number for number in range(start, len(lines)) if not lines[number].strip()), len(lines))
    named = tuple(found[1] for line in lines[start:end] if (found := TRANSLATORS.match(line)))
    return named or (str(catalogue.last_translator),)


def parse_valid_entries(lines: Sequence[str]) -> tuple[LenientCatalog, dict[int, str]]:
    """Parse the entries of a catalogue that are valid; return why the others are not, by line.

    Raises one of UNREADABLE if there are others, and no valid one, nor a header.
    """
    kept = list(lines)
    faults: dict[int, str] = {}
    keyword = ""
    for number, line in enumerate(map(str.strip, lines), 1):
        problem = fault_of_line(line)
        if line.startswith("msg"):
            before, keyword = keyword, line.split()[0]
            problem = problem or ("the entry has two translations" if keyword == before == "msgstr" else "")
        if problem and kept[number - 1]:
            faults[number] = problem
            leave_out_entry(kept, number)
    while True:
        catalogue = LenientCatalog()
        try:
            PoFileParser(catalogue, ignore_obsolete=True, abort_invalid=True).parse(kept)
        except PoFileError as error:
            number, problem = max(error.lineno + 1, 1), str(error).split(" on ")[0]
        except (ValueError, LookupError, OverflowError) as error:  # of the header's fields
            number, problem = 1, str(error)
        else:
            if faults and not len(catalogue) and not catalogue.has_header:
                raise ValueError(next(iter(faults.values())))
            return catalogue, faults
        number = next((at for at in range(number, len(kept) + 1) if kept[at - 1].strip()), number)
        faults[number] = problem
        if not leave_out_entry(kept, number):
            raise ValueError(problem)


def leave_out_entry(lines: list[str], number: int) -> bool:
    """Empty the lines of the entry with a line; return whether any of them had a text."""
    first = number
    while first > 1 and lines[first - 2].strip() and not begins_entry(lines, first):
        first -= 1
    last = number
    while last < len(lines) and lines[last].strip() and not begins_entry(lines, last + 1):
        last += 1
    emptied = any(line.strip() for line in lines[first - 1 : last])
    lines[first - 1 : last] = [""] * (last - first + 1)
    return emptied


def begins_entry(lines: list[str], number: int) -> bool:
    """Return whether an entry begins at a line: a comment, a context or a message after a translation."""
    before, line = lines[number - 2].lstrip(), lines[number - 1].lstrip()
    return line.startswith(("#", "msgctxt", "msgid ")) and before.startswith(("msgstr", '"'))


def fault_of_line(line: str) -> str:
    """Return what is wrong with a line of a catalogue by itself, which Babel does not check; or ""."""
    if not line or line.startswith("#") or LINE.fullmatch(line):
        return ""
    return "this line is neither a comment nor a text in quotation marks, with or without a keyword before it"


def line_of_translation(lines: list[str], start: int) -> int:
    """Return the line of the ``msgstr`` of a message that begins at a line."""
    for number in range(max(start, 1), len(lines) + 1):
        if lines[number - 1].lstrip().startswith("msgstr"):
            return number
    return start
