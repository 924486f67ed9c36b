"""Place the notes of a document where its author wants them or at its end, and separate adjacent note calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from fleuron.notes.markup.calls import KEEPS_FOOTNOTES, note_place
from fleuron.notes.markup.note_call import note_call
from fleuron.sphinx_versions import application_of

# The formats whose writers put the numbers of notes in brackets.
IN_BRACKETS = ("text", "man", "texinfo")


def place_notes(document: nodes.document, notes: Sequence[tuple[note_call, nodes.footnote]]) -> None:
    """Put each note at the first `{footbibliography}` after its call, or at the end of the document."""
    order = {id(node): number for number, node in enumerate(document.findall())}
    places = list(document.findall(note_place))
    notes_by_place: dict[int, list[nodes.footnote]] = {}
    for call, note in notes:
        position = order[id(call)]
        following = (number for number, place in enumerate(places) if order[id(place)] > position)
        number = next(following, len(places) - 1)
        notes_by_place.setdefault(number if places else -1, []).append(note)
    for number, place in enumerate(places):
        place.replace_self(notes_by_place.get(number, []))
    document.extend(notes_by_place.get(-1, []))


def detach(element: nodes.Element) -> None:
    """Take an element out of its tree; docutils 0.22 does not reset its parent."""
    if element.parent is not None:
        element.parent.remove(element)
        element.parent = None


class SeparateAdjacentCalls(SphinxPostTransform):
    """Put a comma between note calls that stand side by side: 5 and 6 would read as 56."""

    default_priority = 801

    def run(self, **kwargs: Any) -> None:
        if application_of(self.env).builder.format in IN_BRACKETS or KEEPS_FOOTNOTES in self.document:
            return
        for call in list(self.document.findall(nodes.footnote_reference)):
            if isinstance(call.next_node(descend=False, siblings=True), nodes.footnote_reference):
                call.parent.insert(call.parent.index(call) + 1, nodes.superscript("", ",", classes=["between-calls"]))


def setup(app: Sphinx) -> None:
    app.add_post_transform(SeparateAdjacentCalls)
