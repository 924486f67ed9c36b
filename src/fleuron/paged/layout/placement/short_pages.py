"""Decide which pages of an article are a line shorter, so that a later one is full, or the last has lines enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# The fewest lines of a last page, and the most lines of any other that are empty.
FEWEST_LINES, MOST_FREE = 5, 2
# Where a line with its note lacks a part of a line: by how much the notes may be lower, and nearer to the text.
LOWER, NEARER = 0.4, 0.3


def lines_held_back(free: Sequence[int], last_lines: int, short: Mapping[int, float]) -> dict[int, float]:
    """Return by how many lines pages are to be shorter, by their numbers from 1; the same where nothing would help.

    ``free`` are the lines that each page could have had more of, ``last_lines`` those that the last has, and
    ``short`` is what was returned before. Each page before one that has too few gives a line, the nearest first; the
    first gives none, on which the title is. Where these are not enough for the last page, it is left as it is. A page
    to which none can give is a little longer instead.
    """
    found = dict(short)
    for number, lines in enumerate(free[:-1], 1):
        if lines > MOST_FREE and (chosen := givers(free, number, found)[: lines - MOST_FREE]):
            return found | shorter(free, chosen)
        if lines > MOST_FREE and number not in short:
            return found | {number: -LOWER - NEARER}
    wanted = FEWEST_LINES - last_lines
    chosen = givers(free, len(free), found)[: max(wanted, 0)]
    return found | shorter(free, chosen) if len(chosen) == wanted else found


def gaps(free: Sequence[int], last_lines: int) -> tuple[int, int]:
    """Return how bad the pages of an article are: how many lines are empty or missing that should not be, and pages."""
    empty = sum(max(lines - MOST_FREE, 0) for lines in free[:-1])
    return empty + max(FEWEST_LINES - last_lines, 0), len(free)


def givers(free: Sequence[int], page: int, short: Mapping[int, float]) -> list[int]:
    """Return the pages before one that can give it a line: those that are full enough, and have given none."""
    return [number for number in range(page - 1, 1, -1) if number not in short and free[number - 1] <= MOST_FREE]


def shorter(free: Sequence[int], pages: Sequence[int]) -> dict[int, int]:
    """Return by how many lines pages are to be shorter, so that each gives one: the lines that it lacks are none."""
    return {number: free[number - 1] + 1 for number in pages}
