"""Store the counts of stems by numbers: dictionaries of them take five times as much memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping


class StoredCounts(Mapping[str, Mapping[str, int]]):
    """The counts of stems by article; a dictionary of them is made when it is asked for.

    A stem keeps its number when no article has it any more.
    """

    def __init__(self) -> None:
        self.stems: list[str] = []
        self.numbers: dict[str, int] = {}
        # How many articles have each stem, by its number.
        self.having = array("I")
        self.articles: dict[str, tuple[array[int], array[int]]] = {}

    def __setitem__(self, name: str, counts: Mapping[str, int]) -> None:
        if name in self.articles:
            del self[name]
        for stem in counts:
            if stem not in self.numbers:
                self.numbers[stem] = len(self.stems)
                self.stems.append(stem)
                self.having.append(0)
        self.articles[name] = array("I", map(self.numbers.__getitem__, counts)), array("I", counts.values())
        for number in self.articles[name][0]:
            self.having[number] += 1

    def __getitem__(self, name: str) -> Mapping[str, int]:
        numbers, counts = self.articles[name]
        return dict(zip(map(self.stems.__getitem__, numbers), counts, strict=True))

    def __delitem__(self, name: str) -> None:
        numbers, _counts = self.articles.pop(name)
        for number in numbers:
            self.having[number] -= 1

    def document_frequencies(self) -> dict[str, int]:
        """Return how many articles have each stem, without those that no article has."""
        return {stem: number for stem, number in zip(self.stems, self.having, strict=True) if number}

    def articles_with(self, stems: Iterable[str]) -> set[str]:
        """Return the articles that have one of these stems."""
        wanted = {self.numbers[stem] for stem in stems}
        return {name for name, (numbers, _) in self.articles.items() if wanted and not wanted.isdisjoint(numbers)}

    def __contains__(self, name: object) -> bool:
        return name in self.articles

    def __iter__(self) -> Iterator[str]:
        return iter(self.articles)

    def __len__(self) -> int:
        return len(self.articles)
