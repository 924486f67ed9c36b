"""The notes of a document in reading order: numbers, and what each note cites (no Sphinx, no docutils)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fleuron.csl.rendering import positions
from fleuron.csl.rendering.context import Cite
from fleuron.notes.citation_syntax import Citation


@dataclass(frozen=True)
class Note:
    """A note with its number (from 1): the sources of each call in it, and whether the author worded it."""

    number: int
    calls: tuple[tuple[Citation, ...], ...]
    own: bool = False


def clusters(notes: Sequence[Note]) -> list[positions.Citation]:
    """Turn notes into what the CSL processor takes: one citation for each call.

    After a note in an author's own words comes one without any source, so that no ibid. points to
    it: a reader would not know to which of its words.
    """
    found: list[positions.Citation] = []
    for note in notes:
        found.extend(positions.Citation(tuple(map(cite, call)), note.number) for call in note.calls)
        if note.own:
            found.append(positions.Citation((), note.number))
    return found


def cite(citation: Citation) -> Cite:
    prefix = f"{citation.prefix} " if citation.prefix else ""
    suffix = citation.suffix
    if suffix and suffix[0].isalnum():
        suffix = f", {suffix}"
    return Cite(citation.key, citation.locator, citation.label or "page", prefix, suffix)
