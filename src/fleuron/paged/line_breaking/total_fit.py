"""Choose the ends of justified lines: those whose demerits are fewest for the paragraph as a whole.

As Knuth and Plass do, with three differences. A line that would be too loose or too tight is tracked a little, at a
price. No more than two lines in a row end within a word. And there is always a result: where no line fits, one that is
too wide or too loose is taken, which costs more than all else.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fleuron.paged.line_breaking.items import Item, LegalEnd, legal_ends

# The demerits of a line: of each, before they are squared; of two in a row that end within a word; of one whose
# letters are set apart, and one whose letters are set closer; of two whose spaces differ much; of a last line that is
# too short.
LINE, HYPHENS, TRACKED, SQUEEZED, UNEVEN, RUNT = 10.0, 100000.0, 6000.0, 50000.0, 5000.0, 400000.0
# Those of a line that ends within a word, and in languages whose words are long: they would end many lines otherwise.
HYPHEN, OF_LONG_WORDS = 60000.0, {"de": 200000.0, "ru": 300000.0}
# What the demerits of a comfortably stretched line are, and of one that has shrunk as far as it can, before they are
# squared.
LOOSE, TIGHT = 100.0, 200.0
# A line that is wider than the measure; one that is looser than any comfortable one.
TOO_WIDE, TOO_LOOSE = 1e12, 1e7
# The most lines in a row that end within a word.
LADDER = 2
# How far the spaces stretch before a line is tracked, and at most; in their comfortable stretch.
RELIEVED, LOOSEST = 1.3, 1.85
# Spaces of two lines that differ by more than this, in their comfortable stretch, are uneven.
EVEN = 1.0
# How far beyond the measure, as a part of it, a line may come that is still to be tried.
BEYOND = 0.08
# A difference of widths that is none.
NEARLY = 0.01


@dataclass(frozen=True)
class Measure:
    """How wide lines are; ``indent`` is that of the first.

    ``tracking`` is the most that may be added between two letters, or taken away; ``runt`` is how wide the last line
    is to be; ``hyphen`` are the demerits of a line that ends within a word; ``is_full`` tells whether the last line
    is justified.
    """

    width: float
    indent: float = 0.0
    tracking: float = 0.0
    runt: float = 0.0
    hyphen: float = HYPHEN
    is_full: bool = False


def price_of_hyphen(language: str) -> float:
    """Return the demerits of a line that ends within a word of a language."""
    return OF_LONG_WORDS.get(language.partition("-")[0].lower(), HYPHEN)


class Path(NamedTuple):
    """The best way to a place where a line ends: its demerits, the stretch of its last line, and where that begins."""

    demerits: float
    ratio: float
    before: tuple[int, int] | None


class Choice(NamedTuple):
    """The items at which lines end, at last the number of all; how far a line stretches; whether none is too wide."""

    ends: tuple[int, ...]
    loosest: float
    fits: bool


def choose_ends(items: Sequence[Item], measure: Measure) -> Choice:
    """Choose where the lines of a paragraph end."""
    ends = legal_ends(items)
    bases = [end.base for end in ends]
    # The best path to each end, by the number of its lines in a row that end within a word.
    paths: list[dict[int, Path]] = [{} for _ in ends]
    for start, ladder, path in starts(paths):
        for place, demerits, ratio in lines_from(ends, bases, start, measure, may_flag=ladder < LADDER):
            flagged = ends[place].flagged
            ladder_there = ladder + 1 if flagged else 0
            total = path.demerits + demerits
            if flagged and ladder:
                total += HYPHENS
            if abs(ratio - path.ratio) > EVEN and start >= 0:
                total += UNEVEN
            best = paths[place].get(ladder_there)
            if best is None or total < best.demerits:
                paths[place][ladder_there] = Path(total, ratio, (start, ladder))
    return traced(ends, paths)


def starts(paths: Sequence[dict[int, Path]]) -> Iterator[tuple[int, int, Path]]:
    """Yield the paths to all places where a line can begin, in their order: first the paragraph's beginning, -1."""
    yield -1, 0, Path(0.0, 0.0, None)
    for place, found in enumerate(paths[:-1]):
        for ladder, path in found.items():
            yield place, ladder, path


def traced(ends: Sequence[LegalEnd], paths: Sequence[dict[int, Path]]) -> Choice:
    """Follow the best path back from the end of a paragraph."""
    last = path = min(paths[-1].values(), key=lambda path: path.demerits)
    chosen, loosest = [ends[-1].item], path.ratio
    while path.before is not None and path.before[0] >= 0:
        place, ladder = path.before
        chosen.append(ends[place].item)
        path = paths[place][ladder]
        loosest = max(loosest, path.ratio)
    return Choice(tuple(chosen[::-1]), loosest, last.demerits < TOO_WIDE)


def lines_from(
    ends: Sequence[LegalEnd], bases: Sequence[float], start: int, measure: Measure, *, may_flag: bool
) -> Iterator[tuple[int, float, float]]:
    """Yield where a line may end that begins after an end, with its demerits and its ratio of stretch.

    Where none fits, the widest that does not fill the measure, and else the narrowest that is too wide. Only if
    ``may_flag``, a line may end within a word.
    """
    first = start + 1
    width, stretch, shrink, letters, room = 0.0, 0.0, 0.0, 0, measure.width - measure.indent
    if start >= 0:
        after, room = ends[start].after, measure.width
        width, stretch, shrink, letters = after.width, after.stretch, after.shrink, after.letters
    place = min(bisect_left(bases, width + room * (1 + BEYOND), lo=first), len(ends) - 1)
    found = False
    narrowest = -1
    while place >= first:
        end = ends[place]
        if end.flagged and not may_flag:
            place -= 1
            continue
        before = end.before
        slack = room - (before.width - width)
        rated = rate(
            slack,
            before.stretch - stretch,
            before.shrink - shrink,
            (before.letters - letters) * measure.tracking,
            place == len(ends) - 1 and not measure.is_full,
        )
        if rated is None:
            narrowest = place
        else:
            demerits, ratio = rated
            if demerits >= TOO_LOOSE and found:
                return
            if place == len(ends) - 1 and before.width - width < measure.runt and start >= 0:
                demerits += RUNT
                if ends[start].flagged:
                    demerits += RUNT
            yield place, demerits + end.price + (measure.hyphen if end.flagged else 0.0), ratio
            if demerits >= TOO_LOOSE:
                return
            found = True
        place -= 1
    if not found:
        if narrowest < 0:
            narrowest = next(place for place in range(first, len(ends)) if not ends[place].flagged)
        yield narrowest, TOO_WIDE, 0.0


def rate(slack: float, stretch: float, shrink: float, tracking: float, is_last: bool) -> tuple[float, float] | None:
    """Return the demerits of a line and its ratio of stretch, or None if it is too wide.

    ``slack`` is what the measure has more than the line; ``tracking`` is what its letters can give.
    """
    tracked = 0.0
    if slack >= 0 or slack > -NEARLY:
        if is_last:
            return 0.0, 0.0
        if stretch <= 0:
            return (LINE if slack < NEARLY else TOO_LOOSE * (2 + slack)), 0.0
        ratio = slack / stretch
        if ratio > RELIEVED and tracking:
            ratio = max(RELIEVED, (slack - tracking) / stretch)
            tracked = TRACKED
    else:
        if shrink <= 0 and not tracking:
            return None
        ratio = slack / shrink if shrink > 0 else -2.0
        if ratio < -1:
            if slack + tracking < -shrink:
                return None
            ratio, tracked = -1.0, SQUEEZED
    badness = LINE + (LOOSE if ratio > 0 else TIGHT) * abs(ratio) ** 3
    demerits = badness * badness + tracked
    return (demerits if ratio <= LOOSEST else TOO_LOOSE * ratio), ratio
