"""Have what several parts carry, a font or a picture, once in a book."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Object, Stream

Step = str | int


@dataclass
class Wares:
    """Lists the objects that pages draw on: which object refers to which, by what way, and what the latter is.

    ``found`` has (holder, way, SHA-256) triples, the holder an indirect object and the way the keys and
    places that lead from it to the reference.
    """

    found: list[tuple[Object, list[Step], str]] = field(default_factory=list)
    known: dict[tuple[int, int], str] = field(default_factory=dict)

    def digest(self, value: object, holder: Object, way: list[Step]) -> str:
        """Take the SHA-256 of a value and all that it refers to, in hexadecimal digits."""
        if isinstance(value, Object) and value.is_indirect:
            if value.objgen not in self.known:
                self.known[value.objgen] = "within itself"
                self.known[value.objgen] = self.content(value, value, [])
            self.found.append((holder, way, self.known[value.objgen]))
            return self.known[value.objgen]
        return self.content(value, holder, way)

    def content(self, value: object, holder: Object, way: list[Step]) -> str:
        digest = hashlib.sha256(type(value).__name__.encode())
        if isinstance(value, Stream):
            digest.update(hashlib.sha256(value.read_raw_bytes()).digest())
        if isinstance(value, Dictionary | Stream | Array):
            for step in steps(value):
                digest.update(f"{step!r} {self.digest(value[step], holder, [*way, step])}\n".encode())
        else:
            digest.update(value.unparse() if isinstance(value, Object) else repr(value).encode())
        return digest.hexdigest()


def steps(value: Dictionary | Stream | Array) -> Iterator[Step]:
    if isinstance(value, Array):
        yield from range(len(value))
    else:
        yield from sorted(value.keys())


def share(wares: Object, shared: MutableMapping[str, Object]) -> None:
    """Have a part, whose wares are [holder way digest …], refer to what an earlier part has brought."""
    entries = list(wares)
    for holder, way, digest in zip(entries[::3], entries[1::3], entries[2::3], strict=True):
        *first, last = (step if isinstance(step, int) else str(step) for step in way)
        for step in first:
            holder = holder[step]
        brought = holder[last]
        kept = shared.setdefault(str(digest), brought)
        if kept.objgen != brought.objgen:
            holder[last] = kept
