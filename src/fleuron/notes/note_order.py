"""Turn the numbered notes of a document into citations for the CSL processor (no Sphinx, no docutils)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fleuron.csl.rendering.context import Cite
from fleuron.csl.rendering.positions import Citation
from fleuron.notes.citation_syntax import ParsedCite


@dataclass(frozen=True)
class NumberedNote:
    """A note with its number (from 1), the cites of each call in it, and whether the author wrote its text."""

    number: int
    calls: tuple[tuple[ParsedCite, ...], ...]
    has_own_text: bool = False


def csl_citations(notes: Sequence[NumberedNote]) -> list[Citation]:
    """Return one CSL citation for each call of the notes, in order.

    A note of the author's own text is followed by a citation without any source, so that no ibid. refers to
    it: a reader would not know to which of its sources.
    """
    citations: list[Citation] = []
    for note in notes:
        citations.extend(Citation(tuple(map(csl_cite, call)), note.number) for call in note.calls)
        if note.has_own_text:
            citations.append(Citation((), note.number))
    return citations


def csl_cite(cite: ParsedCite) -> Cite:
    """Return a cite with the space and the comma that its prefix and suffix need."""
    prefix = f"{cite.prefix} " if cite.prefix else ""
    suffix = cite.suffix
    if suffix and suffix[0].isalnum():
        suffix = f", {suffix}"
    return Cite(cite.key, cite.locator, cite.label or "page", prefix, suffix)
