"""Find out, for each mark of a translation that the source lacks, which mark of the source it stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from fleuron.checks.sources import Mark


def counterparts(lost: Sequence[Mark], added: Sequence[Mark]) -> Mapping[Mark, Mark]:
    """Return a lost mark for each added one: the most similar one of its kind, or the only one that is left."""
    left = {mark.kind: [other for other in lost if other.kind == mark.kind] for mark in (*lost, *added)}
    meant: dict[Mark, Mark] = {}
    for mark in added:
        if near := get_close_matches(mark.value, [other.value for other in left[mark.kind]], n=1):
            meant[mark] = next(other for other in left[mark.kind] if other.value == near[0])
            left[mark.kind].remove(meant[mark])
    for mark in added:
        if mark not in meant and len(left[mark.kind]) == 1:
            meant[mark] = left[mark.kind].pop()
    return meant
