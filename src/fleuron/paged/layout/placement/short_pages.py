"""Decide which pages of an article are a line shorter, so that a later one is full, or the last has lines enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

# The fewest lines of a last page, and of text above biographies; the most lines of any other page that are empty.
FEWEST_LINES, FEWEST_ABOVE, MOST_FREE = 5, 2, 2
# Where a line with its note lacks a part of a line: by how much the notes may be lower, and nearer to the text.
LOWER, NEARER = 0.4, 0.3


def lines_lacking(lines: int, of_biographies: int) -> int:
    """Return how many lines the last page of an article has too few, given all of its lines and its biographies'.

    Biographies do not stand on a page alone, nor below a single line.
    """
    text = lines - of_biographies
    return max(FEWEST_LINES - lines, FEWEST_ABOVE - text if of_biographies else 0, 0)


def corrections(free: Sequence[int], lacking: int, short: Mapping[int, float]) -> Iterator[dict[int, float]]:
    """Yield what could make pages fuller: by how many lines some are to be shorter, by their numbers from 1.

    ``free`` are the lines that each page could have had more of, ``lacking`` those that the last has too few, and
    ``short`` is the correction that these pages have. Each page before one that has too few gives a line, the nearest
    first; the first gives none, on which the title is. Where these are not enough for the last page, none gives. Or a
    page is itself a little longer.
    """
    for number, lines in enumerate(free[:-1], 1):
        if lines > MOST_FREE:
            if chosen := givers(free, number, short)[: lines - MOST_FREE]:
                yield {**short, **shorter(free, chosen)}
            if number not in short:
                yield {**short, number: -LOWER - NEARER}
    chosen = givers(free, len(free), short)[:lacking]
    if lacking and len(chosen) == lacking:
        yield {**short, **shorter(free, chosen)}


def gaps(free: Sequence[int], lacking: int) -> tuple[int, int]:
    """Return how bad the pages of an article are: how many lines are empty or missing that should not be, and pages.

    Those that the last page lacks count twice: there would be next to nothing on it, or biographies alone.
    """
    empty = sum(max(lines - MOST_FREE, 0) for lines in free[:-1])
    return empty + 2 * lacking, len(free)


def givers(free: Sequence[int], page: int, short: Mapping[int, float]) -> list[int]:
    """Return the pages before one that can give it a line: those that are full enough, and have given none."""
    return [number for number in range(page - 1, 1, -1) if number not in short and free[number - 1] <= MOST_FREE]


def shorter(free: Sequence[int], pages: Sequence[int]) -> dict[int, int]:
    """Return by how many lines pages are to be shorter, so that each gives away one line more than it has free."""
    return {number: free[number - 1] + 1 for number in pages}
