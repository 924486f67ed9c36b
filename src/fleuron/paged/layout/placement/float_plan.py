"""Decide where each figure or table of a page goes: to its foot, to the head of the next, or where it is called."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

# More of a page than this is left to no figure or table: it stands where it is called, as a large table does.
MOST_OF_PAGE = 0.72
# A length, in pixels, below which two heights are the same.
ALMOST_NOTHING = 0.01


def on_grid(height: float, step: float) -> float:
    """Return the height of the fewest lines of the grid, each ``step`` high, in which something has room."""
    return math.ceil((height - ALMOST_NOTHING) / step) * step


@dataclass
class FloatPlan:
    """Where the figures and tables of a sheet go, page after page; each is known by a key, and is placed once.

    ``step`` is the height of a line. ``waiting`` are those for the head of a later page, in order, with the heights
    that they need; ``feet`` are those at the foot of the page that is being set; ``unplaced`` those for which no page
    has room.
    """

    step: float
    waiting: dict[object, float] = field(default_factory=dict)
    feet: dict[object, float] = field(default_factory=dict)
    unplaced: set[object] = field(default_factory=set)

    def height_needed(self, height: float) -> float:
        """Return how much of a page a box needs: whole lines, with at least one empty between it and the text."""
        return on_grid(height + self.step, self.step)

    def call(self, key: object, height: float, space: float, page_height: float) -> float:
        """Place a box that is called where so much ``space`` is left; return what it takes of this page's foot.

        It comes after those that wait already. One too tall for any page is unplaced: the sheet must be set again.
        """
        needed = self.height_needed(height)
        if needed > MOST_OF_PAGE * page_height:
            self.unplaced.add(key)
            return 0
        taken = sum(self.feet.values())
        if not self.waiting and needed <= space + ALMOST_NOTHING and taken + needed <= MOST_OF_PAGE * page_height:
            self.feet[key] = needed
            return needed
        self.waiting[key] = needed
        return 0

    def withdraw(self, key: object) -> float:
        """Forget a box whose call is moved to the next page; return what it has taken of this page's foot."""
        self.waiting.pop(key, None)
        return self.feet.pop(key, 0)

    def begin_page(self, page_height: float) -> list[tuple[object, float]]:
        """Return those that have waited and have room at the head of a new page, each with its height there."""
        self.feet.clear()
        heads: list[tuple[object, float]] = []
        room = MOST_OF_PAGE * page_height
        for key, needed in list(self.waiting.items()):
            if needed > room:
                break
            room -= needed
            heads.append((key, needed))
            del self.waiting[key]
        return heads

    def end(self) -> set[object]:
        """Return those that no page has had room for, when the text has ended."""
        return self.unplaced | set(self.waiting)
