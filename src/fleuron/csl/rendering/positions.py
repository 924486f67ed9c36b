"""Compute the positions of cites: first, subsequent, ibid, near-note (CSL 1.0.2, “Locators”, “position”)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fleuron.csl.rendering.context import Cite, Position


@dataclass(frozen=True, slots=True)
class Citation:
    """The cites of one citation, in note ``note`` (from 1) or in the text (0)."""

    cites: tuple[Cite, ...]
    note: int = 0


def positions(citations: Sequence[Citation], near: int = 5) -> list[tuple[Position, ...]]:
    """Return the positions of the cites of each citation; citations are in document order.

    ``near`` is how many notes back a source counts as cited nearby (`near-note-distance`). A cite is “ibid” if it
    follows a cite of the same source in its citation, or if it is the first cite and the preceding citation, in the
    same or the preceding note, cites this source only.
    """
    found: list[tuple[Position, ...]] = []
    first_notes: dict[str, int] = {}
    last_notes: dict[str, int] = {}
    before: Citation | None = None
    for citation in citations:
        here: list[Position] = []
        for number, cite in enumerate(citation.cites):
            last = previous(citation, number, before)
            here.append(position(cite, last, citation.note, first_notes, last_notes, near))
            if cite.id not in first_notes:
                first_notes[cite.id] = citation.note
            last_notes[cite.id] = citation.note
        found.append(tuple(here))
        before = citation
    return found


def previous(citation: Citation, number: int, before: Citation | None) -> Cite | None:
    """Return the cite to which “ibid.” would refer, or None if that would be unclear."""
    if number:
        return citation.cites[number - 1]
    if before is None or not before.cites or citation.note - before.note not in (0, 1):
        return None
    return before.cites[-1] if len({cite.id for cite in before.cites}) == 1 else None


def position(
    cite: Cite, last: Cite | None, note: int, first_notes: dict[str, int], last_notes: dict[str, int], near: int
) -> Position:
    """Return the position of a cite from the preceding cite and from the notes in which its source was cited."""
    if cite.id not in first_notes:
        return Position("first", False, 0, note)
    first = first_notes[cite.id]
    nearby = note - last_notes[cite.id] <= near
    return Position(repetition(cite, last), nearby, first, note)


def repetition(cite: Cite, last: Cite | None) -> str:
    """Return the name of the position of a cite whose source was cited before (CSL 1.0.2, “Locators”)."""
    if last is None or last.id != cite.id:
        return "subsequent"
    if not last.place:
        return "ibid-with-locator" if cite.place else "ibid"
    if not cite.place:
        return "subsequent"
    return "ibid" if cite.place == last.place else "ibid-with-locator"
