"""Choose the ends of lines that are not justified: even at their right, and where the sense allows it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from fleuron.paged.line_breaking.bonds import BOND
from fleuron.paged.line_breaking.items import Ends, Item, legal_ends
from fleuron.paged.line_breaking.total_fit import NEARLY, RUNT, TOO_WIDE, Choice, Measure

# The demerits of a line that leaves all of the measure empty: others leave a part, which is squared.
EMPTY = 10000.0
# A line within a word; one more line of a text that is balanced.
WITHIN_WORD, MORE = 2500.0, 1e6
# How much of the measure a line of a text that is not balanced leaves empty, if another can be chosen.
UNFILLED = 0.3


def choose_ragged_ends(items: Sequence[Item], measure: Measure, *, is_balanced: bool) -> Choice:
    """Choose where lines end; a balanced text has as few lines as can be, and the last is as wide as the others."""
    ends = legal_ends(items)
    # The demerits of the best path to each end, and where its last line begins.
    best: list[tuple[float, int] | None] = [None] * len(ends.items)
    for start in range(-1, len(ends.items) - 1):
        reached = (0.0, -1) if start < 0 else best[start]
        if reached is None:
            continue
        for place, demerits in lines_from(ends, start, measure, is_balanced):
            total = reached[0] + demerits
            known = best[place]
            if known is None or total < known[0]:
                best[place] = (total, start)
    chosen, place = [], len(ends.items) - 1
    total = (best[place] or (TOO_WIDE, -1))[0]
    while place >= 0:
        chosen.append(ends.items[place])
        place = (best[place] or (0.0, -1))[1]
    return Choice(tuple(chosen[::-1]), 0.0, total < TOO_WIDE)


def lines_from(ends: Ends, start: int, measure: Measure, is_balanced: bool) -> Iterator[tuple[int, float]]:
    """Yield where a line may end that begins after an end, with its demerits."""
    before = 0.0 if start < 0 else ends.next_widths[start]
    room = measure.width - (measure.indent if start < 0 else 0.0)
    last = len(ends.items) - 1
    widest = min(bisect_right(ends.bases, before + room + NEARLY, lo=start + 1), last)
    found = any_fits = False
    for place in range(widest, start, -1):
        width = ends.widths[place] - before
        if width > room + NEARLY:
            continue
        empty = max(room - width, 0.0) / room if room > 0 else 0.0
        if empty > UNFILLED and found and not is_balanced:
            return
        demerits = EMPTY * empty * empty if is_balanced or place < last else 0.0
        if place == last and start >= 0 and width < measure.runt:
            demerits += RUNT
        any_fits = True
        found = found or ends.prices[place] < BOND
        demerits += ends.prices[place] + (WITHIN_WORD if ends.flags[place] else 0.0)
        yield place, demerits + (MORE if is_balanced else 0.0)
    if not any_fits:
        yield start + 1, TOO_WIDE
