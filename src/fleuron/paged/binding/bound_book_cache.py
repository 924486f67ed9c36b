"""Standing type: books that were bound by the last build from the same parts stay as they are.

What was bound of what is put down in a file; a book is taken from its folder again only where its bytes are
those that were put there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fleuron.paged.binding.bind import bind
from fleuron.paged.book_parts import Book, Part

FORMAT = "fleuron books 1"


@dataclass(frozen=True)
class Stand:
    """Where a book stands, in its folder, and the SHA-256 of its content."""

    name: str
    content: str


class Standing:
    """The books below a folder; ``record`` is the file that tells what each was bound of, ``engine`` by what."""

    def __init__(self, folder: Path, record: Path, engine: str) -> None:
        self.folder = folder
        self.record = record
        self.engine = engine
        self.stands = read_stands(record)
        self.asked: dict[str, str] = {}

    def bind(self, parts: Sequence[Part], book: Book) -> bytes:
        """Return a bound book, from its place if it was bound of the same before."""
        made_of = digest_of(parts, book, self.engine)
        content = self.standing(made_of) or bind(parts, book)
        self.asked[sha256(content)] = made_of
        return content

    def standing(self, made_of: str) -> bytes:
        """Return the book that was bound of this, or nothing."""
        stand = self.stands.get(made_of)
        try:
            content = (self.folder / stand.name).read_bytes() if stand else b""
        except OSError:
            return b""
        return content if stand and sha256(content) == stand.content else b""

    def put_down(self, books: Mapping[str, bytes]) -> None:
        """Put down under which names books stand now that were bound in this build; what others stand is kept."""
        kept = {made_of: stand for made_of, stand in self.stands.items() if stand.name not in books}
        now = {name: sha256(content) for name, content in books.items()}
        self.stands = kept | {self.asked[content]: Stand(name, content) for name, content in now.items()}
        listed = {made_of: [stand.name, stand.content] for made_of, stand in sorted(self.stands.items())}
        self.record.write_text(json.dumps({"format": FORMAT, "books": listed}, indent=1) + "\n", "utf-8")


def read_stands(record: Path) -> dict[str, Stand]:
    """Read where books stand, by what they were bound of; a record that cannot be read tells of none."""
    try:
        written = json.loads(record.read_text("utf-8"))
        if written["format"] != FORMAT:
            return {}
        return {made_of: Stand(*map(str, stand)) for made_of, stand in written["books"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def digest_of(parts: Sequence[Part], book: Book, engine: str) -> str:
    """Return the SHA-256 of all that a bound book depends on."""
    found = hashlib.sha256(repr((engine, replace(book, links={}), sorted(book.links.items()))).encode())
    for part in parts:
        facts = (part.name, part.first_folio, part.numbering, part.recto, part.prefix, sha256(part.pdf))
        found.update(repr(facts).encode())
    return found.hexdigest()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
