"""Read a catalogue (.po file): its translations with their lines, and what is wrong with it as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser

# Errors of Babel for a file that it cannot read.
UNREADABLE = (PoFileError, ValueError, LookupError)


@dataclass(frozen=True)
class Translation:
    """What a translator wrote for a message; ``line`` is that of its ``msgstr``, from 1."""

    text: str
    line: int
    is_fuzzy: bool = False


@dataclass(frozen=True)
class CatalogueContent:
    """The translations of a catalogue by message, also the empty ones; for a message that is there twice, the first.

    ``repeated`` are those messages, by the line where they are repeated. ``translator`` is the last one, as the header
    names her; "" without a header.
    """

    translations: Mapping[str, Translation]
    repeated: Mapping[int, str]
    has_header: bool
    translator: str


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
    """Read a catalogue as UTF-8, with or without a byte order mark; raise one of UNREADABLE if it is not valid."""
    return content_of(str(path), path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def content_of(path: str, _changed: int) -> CatalogueContent:
    lines = Path(path).read_bytes().decode("utf-8-sig").splitlines()
    catalogue = LenientCatalog()
    PoFileParser(catalogue, ignore_obsolete=True, abort_invalid=True).parse(lines)
    translations = {
        message.id: Translation(str(message.string), line_of_translation(lines, message.lineno or 1), message.fuzzy)
        for message in catalogue
        if isinstance(message.id, str) and message.id and message.context is None
    }
    translator = str(catalogue.last_translator) if catalogue.has_header else ""
    return CatalogueContent(translations, catalogue.repeated, catalogue.has_header, translator)


def line_of_translation(lines: list[str], start: int) -> int:
    """Return the line of the ``msgstr`` of a message that begins at a line."""
    for number in range(max(start, 1), len(lines) + 1):
        if lines[number - 1].lstrip().startswith("msgstr"):
            return number
    return start
