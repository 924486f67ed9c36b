"""Find the message that is most similar to a new one: what an author has changed in it is mostly little."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

# The least part of their letters that two messages have in common, as in msgmerge of gettext.
LEAST = 0.6
# By how many of its rarest parts a message is looked for, and how many of those found are compared as a whole.
RAREST, COMPARED = 24, 10
# How many letters are compared at once; words alone would not do in languages that write none.
LETTERS = 3


def parts_of(message: str) -> Counter[str]:
    """Return each three letters in a row of a message, without case and marks of space, with their number."""
    text = f" {' '.join(message.casefold().split())} "
    return Counter(text[start : start + LETTERS] for start in range(max(len(text) - LETTERS + 1, 1)))


class SimilarMessages:
    """Messages that are found by others which are similar.

    The time of a search grows with how many messages have the same rare parts, and not with that of all.
    """

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages = list(dict.fromkeys(messages))
        self.places: dict[str, list[int]] = defaultdict(list)
        for number, message in enumerate(self.messages):
            for part in parts_of(message):
                self.places[part].append(number)

    def nearest(self, message: str) -> str | None:
        """Return the most similar message, the first of several; None if none is similar."""
        wanted = parts_of(message)
        rarest = sorted(wanted.keys() & self.places.keys(), key=lambda part: (len(self.places[part]), part))[:RAREST]
        found = Counter(number for part in rarest for number in self.places[part])
        compared = sorted(found, key=lambda number: (-found[number], number))[:COMPARED]
        likeness = {number: likeness_of(wanted, parts_of(self.messages[number])) for number in sorted(compared)}
        best = max(likeness, key=lambda number: likeness[number], default=None)
        return self.messages[best] if best is not None and likeness[best] >= LEAST else None


def likeness_of(first: Counter[str], second: Counter[str]) -> float:
    """Return which part of their parts two messages have in common, from 0 to 1 (Dice's coefficient)."""
    return 2 * (first & second).total() / (first.total() + second.total())
