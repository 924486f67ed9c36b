"""Find the message that is most similar to a new one: what an author has changed in it is mostly little."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

# The least part of their letters that two messages have in common, as in msgmerge of gettext.
LEAST = 0.6
# How many letters are compared at once; words alone would not do in languages that write none.
LETTERS = 3


def parts_of(message: str) -> Counter[str]:
    """Return each three letters in a row of a message, without case and marks of space, with their number."""
    text = f" {' '.join(message.casefold().split())} "
    return Counter(text[start : start + LETTERS] for start in range(max(len(text) - LETTERS + 1, 1)))


class SimilarMessages:
    """Messages that are found by others which are similar."""

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages = list(dict.fromkeys(messages))
        self.parts = [parts_of(message) for message in self.messages]
        self.sizes = [parts.total() for parts in self.parts]
        self.places: dict[str, list[int]] = defaultdict(list)
        for number, parts in enumerate(self.parts):
            for part in parts:
                self.places[part].append(number)

    def nearest(self, message: str) -> str | None:
        """Return the most similar message, the first of several; None if none is similar (Dice's coefficient)."""
        wanted = parts_of(message)
        shared: Counter[int] = Counter()
        for part, count in wanted.items():
            for number in self.places.get(part, ()):
                shared[number] += min(count, self.parts[number][part])
        size = wanted.total()
        likeness = {number: 2 * common / (size + self.sizes[number]) for number, common in shared.items()}
        best = max(sorted(likeness), key=lambda number: likeness[number], default=None)
        return self.messages[best] if best is not None and likeness[best] >= LEAST else None
