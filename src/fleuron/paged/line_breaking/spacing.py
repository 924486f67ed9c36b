"""Divide what a line lacks of its measure, or has too much, among its spaces and letters."""

from __future__ import annotations

from dataclasses import dataclass

from fleuron.paged.line_breaking.total_fit import RELIEVED


@dataclass(frozen=True)
class Spacing:
    """What is added to each space of a line as it is seen, and between its letters; less than nothing if it shrinks."""

    words: float = 0.0
    letters: float = 0.0


def spacing_of(slack: float, spaces: int, letters: int, stretch: float, shrink: float, tracking: float) -> Spacing:
    """Return how a line is set whose measure is wider than it by ``slack``.

    Its letters are tracked, by at most ``tracking`` each, where its spaces would stretch too far or shrink more than
    they can; ``stretch`` and ``shrink`` are those of one space. ``letters`` are those of its words, less one for each
    space among them, which is as wide as if nothing were tracked.
    """
    if not spaces:
        return Spacing()
    words = slack / spaces
    if -shrink <= words <= RELIEVED * stretch or letters <= 0 or not tracking:
        return Spacing(words)
    kept = RELIEVED * stretch if words > 0 else -shrink
    tracked = max(-tracking, min(tracking, (slack - kept * spaces) / letters))
    return Spacing((slack - tracked * letters) / spaces, tracked)
