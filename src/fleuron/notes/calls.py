"""Calls of notes where they meet: within a note, and side by side."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform


class NestedNotes(SphinxPostTransform):
    """Put a note that only other notes call in brackets where it is called: a note has no foot of its own."""

    default_priority = 800

    def run(self, **kwargs: Any) -> None:
        notes = {name: note for note in self.document.findall(nodes.footnote) for name in note["ids"]}
        calls = list(self.document.findall(nodes.footnote_reference))
        called_in_text = {call["refid"] for call in calls if calling_note(call) is None and "refid" in call}
        for call in calls:
            note = notes.get(call.get("refid", ""))
            if note is None or calling_note(call) is None or call["refid"] in called_in_text:
                continue
            call.replace_self(nodes.inline("", "", nodes.Text(" ("), *wording(note), nodes.Text(")")))
            if note.parent is not None:
                note.parent.remove(note)


def calling_note(call: nodes.Node) -> nodes.footnote | None:
    """Return the note in which a call stands, or None where it stands in the text."""
    parent = call.parent
    while parent is not None and not isinstance(parent, nodes.footnote):
        parent = parent.parent
    return parent


def wording(note: nodes.footnote) -> list[nodes.Node]:
    """Return a note's words without its number and its last full stop."""
    words = [part.deepcopy() for block in note.findall(nodes.paragraph) for part in block.children]
    if words and isinstance(words[-1], nodes.Text):
        words[-1] = nodes.Text(words[-1].astext().rstrip().removesuffix("."))
    return words


class AdjacentCalls(SphinxPostTransform):
    """Part calls that stand side by side by a comma: 5 and 6 are not 56."""

    default_priority = NestedNotes.default_priority + 1

    def run(self, **kwargs: Any) -> None:
        for call in list(self.document.findall(nodes.footnote_reference)):
            if isinstance(call.next_node(descend=False, siblings=True), nodes.footnote_reference):
                call.parent.insert(call.parent.index(call) + 1, nodes.superscript("", ",", classes=["between-calls"]))


def setup(app: Sphinx) -> None:
    app.add_post_transform(NestedNotes)
    app.add_post_transform(AdjacentCalls)
