"""Find out which texts were renamed or moved: most of the messages of their catalogues are in a new one."""

from __future__ import annotations

from collections.abc import Mapping

from fleuron.editions.merging.po_entries import PoFile


def renamed_texts(lost: Mapping[str, PoFile], new: Mapping[str, PoFile]) -> dict[str, str]:
    """Return the new name of each catalogue without text whose text was renamed.

    A text is taken for renamed if at least half of the messages of a catalogue without text are in a new one; of
    several the one with which it shares most.
    """
    shared = {
        (len(catalogue.by_key.keys() & template.by_key.keys()), old, name)
        for old, catalogue in lost.items()
        for name, template in new.items()
    }
    found: dict[str, str] = {}
    for number, old, name in sorted(shared, key=lambda pair: (-pair[0], pair[1:])):
        if number and 2 * number >= len(lost[old].by_key) and old not in found and name not in found.values():
            found[old] = name
    return found
