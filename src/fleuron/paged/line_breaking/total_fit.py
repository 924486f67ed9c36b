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

from fleuron.paged.line_breaking.items import Ends, Item, legal_ends

# The demerits of a line: of each, before they are squared; of two in a row that end within a word; of one whose
# letters are set apart, and one whose letters are set closer; of two whose spaces differ much; of a last line that is
# too short.
LINE, HYPHENS, TRACKED, SQUEEZED, UNEVEN, RUNT = 10.0, 100000.0, 6000.0, 20000.0, 5000.0, 400000.0
# Those of a line that ends within a word, and in languages whose words are long: they would end many lines otherwise.
HYPHEN, OF_LONG_WORDS = 60000.0, {"de": 450000.0, "ru": 1000000.0}
# What the demerits of a comfortably stretched line are, and of one that has shrunk as far as it can, before they are
# squared.
LOOSE, TIGHT = 100.0, 200.0
# A line that is wider than the measure; one that is looser than any comfortable one.
TOO_WIDE, TOO_LOOSE = 1e12, 1e7
# A line whose spaces are holes, from what stretch: one that parts what belongs together is better.
HOLLOW, HOLES = 4e9, 2.9
# The most lines in a row that end within a word.
LADDER = 2
# How far the spaces stretch before a line is tracked, and at most; in their comfortable stretch.
RELIEVED, LOOSEST = 1.3, 1.85
# Spaces of two lines that differ by more than this, in their comfortable stretch, are uneven.
EVEN = 1.0
# How far beyond the measure, as a part of it, a line may come that is still to be tried.
BEYOND = 0.08
# A difference of widths that counts as zero.
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
    """The items at which lines end, at last the number of all; how far a line stretches; whether none is too wide.

    ``is_runt`` tells whether the last line is too short.
    """

    ends: tuple[int, ...]
    loosest: float
    fits: bool
    is_runt: bool = False


def choose_ends(items: Sequence[Item], measure: Measure) -> Choice:
    """Choose where the lines of a paragraph end."""
    ends = legal_ends(items)
    # The best path to each end, by the number of its lines in a row that end within a word.
    paths: list[dict[int, Path]] = [{} for _ in ends.items]
    for start, ladder, path in starts(paths):
        for place, demerits, ratio in lines_from(ends, start, measure, may_flag=ladder < LADDER):
            flagged = ends.flags[place]
            ladder_there = ladder + 1 if flagged else 0
            total = path.demerits + demerits
            if flagged and ladder:
                total += HYPHENS
            if abs(ratio - path.ratio) > EVEN and start >= 0:
                total += UNEVEN
            best = paths[place].get(ladder_there)
            if best is None or total < best.demerits:
                paths[place][ladder_there] = Path(total, ratio, (start, ladder))
    return traced(ends, paths, measure.runt)


def starts(paths: Sequence[dict[int, Path]]) -> Iterator[tuple[int, int, Path]]:
    """Yield the paths to all places where a line can begin, in their order: first the paragraph's beginning, -1."""
    yield -1, 0, Path(0.0, 0.0, None)
    for place, found in enumerate(paths[:-1]):
        for ladder, path in found.items():
            yield place, ladder, path


def traced(ends: Ends, paths: Sequence[dict[int, Path]], runt: float) -> Choice:
    """Follow the best path back from the end of a paragraph, whose last line is to be as wide as ``runt``."""
    last = path = min(paths[-1].values(), key=lambda path: path.demerits)
    start = last.before[0] if last.before else -1
    is_runt = start >= 0 and ends.widths[-1] - ends.next_widths[start] < runt
    chosen, loosest = [ends.items[-1]], path.ratio
    while path.before is not None and path.before[0] >= 0:
        place, ladder = path.before
        chosen.append(ends.items[place])
        path = paths[place][ladder]
        loosest = max(loosest, path.ratio)
    return Choice(tuple(chosen[::-1]), loosest, last.demerits < TOO_WIDE, is_runt)


def lines_from(ends: Ends, start: int, measure: Measure, *, may_flag: bool) -> Iterator[tuple[int, float, float]]:
    """Yield where a line may end that begins after an end, with its demerits and its ratio of stretch.

    Where none fits, the widest that does not fill the measure, and else the narrowest that is too wide. Only if
    ``may_flag``, a line may end within a word.
    """
    width, stretch, shrink, letters, room = 0.0, 0.0, 0.0, 0, measure.width - measure.indent
    if start >= 0:
        width, stretch, shrink = ends.next_widths[start], ends.next_stretches[start], ends.next_shrinks[start]
        letters, room = ends.next_letters[start], measure.width
    last = len(ends.items) - 1
    found, any_fits, narrowest = False, False, -1
    place = min(bisect_left(ends.bases, width + room * (1 + BEYOND), lo=start + 1), last)
    while place > start:
        if ends.flags[place] and not may_flag:
            place -= 1
            continue
        natural = ends.widths[place] - width
        tracking = max(0, ends.letters[place] - letters) * measure.tracking
        is_last = place == last and not measure.is_full
        rated = rate(room - natural, ends.stretches[place] - stretch, ends.shrinks[place] - shrink, tracking, is_last)
        if rated is None:
            narrowest = place
        else:
            demerits, ratio = rated
            if demerits >= TOO_LOOSE and found:
                return
            if place == last and natural < measure.runt and start >= 0:
                demerits += 2 * RUNT if ends.flags[start] else RUNT
            yield place, demerits + ends.prices[place] + (measure.hyphen if ends.flags[place] else 0.0), ratio
            any_fits = True
            # An end that parts what belongs together is taken only if there is no other.
            found = found or ends.prices[place] < TOO_LOOSE
            if demerits >= TOO_LOOSE and found:
                return
        place -= 1
    if not any_fits:
        if narrowest < 0:
            narrowest = next(place for place in range(start + 1, last + 1) if not ends.flags[place])
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
    if ratio > LOOSEST:
        demerits = TOO_LOOSE * ratio if ratio <= HOLES else HOLLOW * ratio / HOLES
    return demerits, ratio
