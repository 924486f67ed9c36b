"""Store the counts of stems by numbers: dictionaries of them take five times as much memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping


class StoredCounts(Mapping[str, Mapping[str, int]]):
    """The counts of stems by article; a dictionary of them is made when it is asked for.

    A stem keeps its number when no article has it any more.
    """

    def __init__(self) -> None:
        self.stems: list[str] = []
        self.numbers: dict[str, int] = {}
        self.articles: dict[str, tuple[array[int], array[int]]] = {}

    def __setitem__(self, name: str, counts: Mapping[str, int]) -> None:
        for stem in counts:
            if stem not in self.numbers:
                self.numbers[stem] = len(self.stems)
                self.stems.append(stem)
        self.articles[name] = array("I", map(self.numbers.__getitem__, counts)), array("I", counts.values())

    def __getitem__(self, name: str) -> Mapping[str, int]:
        numbers, counts = self.articles[name]
        return dict(zip(map(self.stems.__getitem__, numbers), counts, strict=True))

    def __delitem__(self, name: str) -> None:
        del self.articles[name]

    def __contains__(self, name: object) -> bool:
        return name in self.articles

    def __iter__(self) -> Iterator[str]:
        return iter(self.articles)

    def __len__(self) -> int:
        return len(self.articles)
