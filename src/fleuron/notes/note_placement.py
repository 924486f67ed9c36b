"""Where the notes of a document stand: where its author wants them, or at its end."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from fleuron.notes.calls import note_call, note_place


def place(document: nodes.document, footnotes: Sequence[tuple[note_call, nodes.footnote]]) -> None:
    """Put each note at the first place for notes behind its call, or at the end of the document."""
    order = {id(node): number for number, node in enumerate(document.findall())}
    places = list(document.findall(note_place))
    kept: dict[int, list[nodes.footnote]] = {}
    for call, footnote in footnotes:
        at = order[id(call)]
        chosen = next((number for number, each in enumerate(places) if order[id(each)] > at), len(places) - 1)
        kept.setdefault(chosen if places else -1, []).append(footnote)
    for number, each in enumerate(places):
        each.replace_self(kept.get(number, []))
    document.extend(kept.get(-1, []))


def detach(element: nodes.Element) -> None:
    """Take an element out of its tree; docutils 0.22 leaves it its parent."""
    if element.parent is not None:
        element.parent.remove(element)
        element.parent = None
