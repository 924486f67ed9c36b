"""Reuse the PDFs that the last build bound from the same parts, instead of binding them again.

A record beside the doctrees lists what each PDF was bound from. A PDF is reused only if its bytes are
still those that the last build wrote.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fleuron.paged.binding.bind import bind
from fleuron.paged.binding.bound_document import BoundDocument, PreparedPart

FORMAT = "fleuron books 1"


@dataclass(frozen=True)
class CachedDocument:
    """A PDF's name, relative to the folder of all, and the SHA-256 of its content."""

    name: str
    content: str


class BoundDocumentCache:
    """The PDFs below a folder.

    ``record`` is the file that lists what each was bound from; ``programs`` names, with versions, what binds them.
    """

    def __init__(self, folder: Path, record: Path, programs: str) -> None:
        self.folder = folder
        self.record = record
        self.programs = programs
        self.documents = read_record(record)
        self.keys: dict[str, str] = {}

    def bind(self, parts: Sequence[PreparedPart], description: BoundDocument) -> bytes:
        """Return a bound PDF, reused if the last build bound it from the same."""
        key = key_of(parts, description, self.programs)
        content = self.get(key) or bind(parts, description)
        self.keys[sha256(content)] = key
        return content

    def get(self, key: str) -> bytes:
        """Return the PDF that was bound from what the key stands for, or nothing."""
        document = self.documents.get(key)
        try:
            content = (self.folder / document.name).read_bytes() if document else b""
        except OSError:
            return b""
        return content if document and sha256(content) == document.content else b""

    def save_record(self, written: Mapping[str, bytes]) -> None:
        """Record the PDFs that this build has written, by name; entries of others are kept."""
        kept = {key: document for key, document in self.documents.items() if document.name not in written}
        digests = {name: sha256(content) for name, content in written.items()}
        self.documents = kept | {self.keys[digest]: CachedDocument(name, digest) for name, digest in digests.items()}
        listed = {key: [document.name, document.content] for key, document in sorted(self.documents.items())}
        self.record.write_text(json.dumps({"format": FORMAT, "books": listed}, indent=1) + "\n", "utf-8")


def read_record(record: Path) -> dict[str, CachedDocument]:
    """Read which PDFs there are, by key; a record that cannot be read counts as empty."""
    try:
        written = json.loads(record.read_text("utf-8"))
        if written["format"] != FORMAT:
            return {}
        return {key: CachedDocument(*map(str, entry)) for key, entry in written["books"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}


def key_of(parts: Sequence[PreparedPart], description: BoundDocument, programs: str) -> str:
    """Return the SHA-256 of all that a bound PDF depends on."""
    links = sorted(description.links.items())
    found = hashlib.sha256(repr((programs, replace(description, links={}), links)).encode())
    for part in parts:
        fields = (part.name, part.first_folio, part.numbering, part.recto, part.prefix, sha256(part.pdf))
        found.update(repr(fields).encode())
    return found.hexdigest()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
