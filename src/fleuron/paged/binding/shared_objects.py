"""Store objects that several parts use, such as a font or a picture, only once in a bound PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Object, Stream

Step = str | int


@dataclass
class SharedObjects:
    """Lists the objects that pages use: which object refers to which, by what path, and the latter's digest.

    ``found`` has (holder, path, SHA-256) triples, the holder an indirect object and the path the keys and
    positions that lead from it to the reference.
    """

    found: list[tuple[Object, list[Step], str]] = field(default_factory=list)
    known: dict[tuple[int, int], str] = field(default_factory=dict)

    def digest(self, value: object, holder: Object, path: list[Step]) -> str:
        """Return the SHA-256 of a value and all that it refers to, in hexadecimal digits."""
        if isinstance(value, Object) and value.is_indirect:
            if value.objgen not in self.known:
                self.known[value.objgen] = "within itself"
                self.known[value.objgen] = self.content(value, value, [])
            self.found.append((holder, path, self.known[value.objgen]))
            return self.known[value.objgen]
        return self.content(value, holder, path)

    def content(self, value: object, holder: Object, path: list[Step]) -> str:
        """Return the digest of a value as such, and list what it refers to."""
        digest = hashlib.sha256(type(value).__name__.encode())
        if isinstance(value, Stream):
            digest.update(hashlib.sha256(value.read_raw_bytes()).digest())
        if isinstance(value, Dictionary | Stream | Array):
            for step in steps(value):
                digest.update(f"{step!r} {self.digest(value[step], holder, [*path, step])}\n".encode())
        else:
            digest.update(value.unparse() if isinstance(value, Object) else repr(value).encode())
        return digest.hexdigest()


def steps(value: Dictionary | Stream | Array) -> Iterator[Step]:
    """Yield the positions of an array, or the keys of a dictionary in their order."""
    if isinstance(value, Array):
        yield from range(len(value))
    else:
        yield from sorted(value.keys())


def replace_shared(listed: Object, known: MutableMapping[str, Object]) -> None:
    """Make a part, whose objects are [holder path digest …], refer to equal objects of earlier parts."""
    entries = list(listed)
    for holder, path, digest in zip(entries[::3], entries[1::3], entries[2::3], strict=True):
        *first, last = (step if isinstance(step, int) else str(step) for step in path)
        for step in first:
            holder = holder[step]
        brought = holder[last]
        kept = known.setdefault(str(digest), brought)
        if kept.objgen != brought.objgen:
            holder[last] = kept
