"""Store the counts of stems as text: a dictionary of an article's 600 stems takes ten times as much memory."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


def as_text(counts: Mapping[str, int]) -> str:
    """Return counts as text: each stem, which has no white space, and its count."""
    return " ".join(f"{stem} {count}" for stem, count in counts.items())


def from_text(text: str) -> dict[str, int]:
    """Return the counts that a text stores; articles share the stems that they have in common."""
    words = text.split(" ") if text else []
    return dict(zip(map(sys.intern, words[::2]), map(int, words[1::2]), strict=True))


@dataclass(frozen=True)
class StoredCounts(Mapping[str, Mapping[str, int]]):
    """The counts of articles by name, each read when it is asked for."""

    texts: Mapping[str, str]

    def __getitem__(self, name: str) -> Mapping[str, int]:
        return from_text(self.texts[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)
