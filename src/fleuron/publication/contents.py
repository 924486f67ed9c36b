"""The contents of a publication: parts, documents, their sections, and addresses on the web, as authors list them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class ContentsEntry:
    """An entry of the contents: a document, a section of one, an address on the web, or a part.

    A part has only a title and entries. ``anchor`` is the id of a section in its document; ``number`` is that of a
    numbered table of contents, with the dot after it: ``2.1.`` ``language`` (BCP 47) is that of the title, or "" if it
    is the edition's.
    """

    title: str
    document: str = ""
    anchor: str = ""
    address: str = ""
    number: str = ""
    language: str = ""
    entries: tuple[ContentsEntry, ...] = ()

    @property
    def is_part(self) -> bool:
        return not self.document and not self.address

    @property
    def is_section(self) -> bool:
        return bool(self.anchor)

    @property
    def numbered_title(self) -> str:
        """The title, after the number if there is one."""
        return f"{self.number} {self.title}" if self.number else self.title


def all_entries(entries: Iterable[ContentsEntry]) -> Iterator[ContentsEntry]:
    """Yield entries and all those below them, in order."""
    for entry in entries:
        yield entry
        yield from all_entries(entry.entries)


def without_sections(entries: Iterable[ContentsEntry]) -> tuple[ContentsEntry, ...]:
    """Return entries without the sections of documents."""
    return tuple(replace(each, entries=without_sections(each.entries)) for each in entries if not each.is_section)
