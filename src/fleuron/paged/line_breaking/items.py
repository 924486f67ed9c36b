"""Define what a paragraph is made of when its lines are chosen: boxes, glue and penalties, as Knuth and Plass do.

Donald E. Knuth and Michael F. Plass, “Breaking Paragraphs into Lines”, Software: Practice and Experience 11 (1981).
Lengths are of one unit throughout, whichever it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

# The price of a penalty at which no line may end.
FORBIDDEN = float("inf")


class Box(NamedTuple):
    """What is not broken: a part of a word, a picture. ``letters`` are those that may be tracked."""

    width: float
    letters: int = 0


class Glue(NamedTuple):
    """A space, with its width and by how much it may comfortably grow and at most shrink; a line may end before it."""

    width: float
    stretch: float
    shrink: float


class Penalty(NamedTuple):
    """A place where a line may end at a price, in demerits.

    ``width`` is added where it does: that of a hyphen, or less than nothing for a stop that stands in the margin.
    ``flagged`` ends are those within a word.
    """

    width: float = 0.0
    price: float = 0.0
    flagged: bool = False


Item = Box | Glue | Penalty


@dataclass(frozen=True)
class Sums:
    """What comes before a place in a paragraph: its width, by how much its spaces stretch and shrink, its letters."""

    width: float = 0.0
    stretch: float = 0.0
    shrink: float = 0.0
    letters: int = 0


@dataclass(frozen=True)
class LegalEnd:
    """A place where a line may end: the number of its item, and the sums before it and where the next line begins."""

    item: int
    before: Sums
    after: Sums
    base: float
    price: float = 0.0
    flagged: bool = False


def legal_ends(items: Sequence[Item]) -> list[LegalEnd]:
    """Return the places where lines may end, and at last the end of the paragraph."""
    befores = running_sums(items)
    found = []
    for number, item in enumerate(items):
        before = befores[number]
        if isinstance(item, Glue):
            if number and isinstance(items[number - 1], Box):
                found.append(LegalEnd(number, before, after_end(items, befores, number), before.width))
        elif isinstance(item, Penalty) and item.price < FORBIDDEN:
            width = before.width + item.width
            end = Sums(width, before.stretch, before.shrink, before.letters)
            after = after_end(items, befores, number)
            found.append(LegalEnd(number, end, after, before.width, item.price, item.flagged))
    last = befores[-1]
    found.append(LegalEnd(len(items), last, last, last.width))
    return found


def running_sums(items: Sequence[Item]) -> list[Sums]:
    """Return the sums before each item, and at last those of all."""
    width = stretch = shrink = 0.0
    letters = 0
    found = [Sums()]
    for item in items:
        if isinstance(item, Box):
            width += item.width
            letters += item.letters
        elif isinstance(item, Glue):
            width += item.width
            stretch += item.stretch
            shrink += item.shrink
        found.append(Sums(width, stretch, shrink, letters))
    return found


def after_end(items: Sequence[Item], befores: Sequence[Sums], number: int) -> Sums:
    """Return the sums before the next line: it begins with a box, and what comes before that is left out."""
    while number < len(items) and not isinstance(items[number], Box):
        number += 1
    return befores[number]
