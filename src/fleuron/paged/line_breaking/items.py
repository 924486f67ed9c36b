"""Define what a paragraph is made of when its lines are chosen: boxes, glue and penalties, as Knuth and Plass do.

Donald E. Knuth and Michael F. Plass, “Breaking Paragraphs into Lines”, Software: Practice and Experience 11 (1981).
Lengths are of one unit throughout, whichever it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

# The price of a penalty at which no line may end.
FORBIDDEN = float("inf")


class Box(NamedTuple):
    """What is not broken: a part of a word, a picture.

    ``letters`` are those that may be tracked; ``hung`` is what stands in the margin of a line that begins with it.
    """

    width: float
    letters: int = 0
    hung: float = 0.0


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


@dataclass
class Ends:
    """The places where lines may end, at last the end of the paragraph: for each, one entry of every list.

    These are the number of its item; the width before it, and with what the line has at its end; by how much the
    spaces before it stretch and shrink, and its letters, less one for each space among them, as tracking leaves
    spaces as they are; the same before the next line begins, which is with a box; and price and flag of the penalty.
    All are sums from the beginning of the paragraph.
    """

    items: list[int] = field(default_factory=list)
    bases: list[float] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    stretches: list[float] = field(default_factory=list)
    shrinks: list[float] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)
    next_letters: list[int] = field(default_factory=list)
    next_widths: list[float] = field(default_factory=list)
    next_stretches: list[float] = field(default_factory=list)
    next_shrinks: list[float] = field(default_factory=list)
    prices: list[float] = field(default_factory=list)
    flags: list[bool] = field(default_factory=list)


def legal_ends(items: Sequence[Item]) -> Ends:
    """Return the places where lines may end."""
    ends = Ends()
    width = stretch = shrink = 0.0
    letters = waiting = 0
    after_box = is_tracked = False

    def add(number: int, added: float, price: float, flagged: bool) -> None:
        ends.items.append(number)
        ends.bases.append(width)
        ends.widths.append(width + added)
        ends.stretches.append(stretch)
        ends.shrinks.append(shrink)
        ends.letters.append(letters)
        ends.prices.append(price)
        ends.flags.append(flagged)

    def begin(count: int, hung: float = 0.0) -> None:
        ends.next_widths.extend([width + hung] * count)
        ends.next_stretches.extend([stretch] * count)
        ends.next_shrinks.extend([shrink] * count)
        ends.next_letters.extend([letters] * count)

    for number, item in enumerate(items):
        if isinstance(item, Box):
            if waiting:
                begin(waiting, item.hung)
                waiting = 0
            width += item.width
            letters += item.letters
            is_tracked = item.letters > 0
            after_box = True
            continue
        if isinstance(item, Glue):
            if after_box:
                add(number, 0.0, 0.0, False)
                waiting += 1
            width += item.width
            stretch += item.stretch
            shrink += item.shrink
            letters -= is_tracked
        elif item.price < FORBIDDEN:
            add(number, item.width, item.price, item.flagged)
            waiting += 1
        after_box = False
    add(len(items), 0.0, 0.0, False)
    begin(waiting + 1)
    return ends
