"""The node of a note's call, before the notes are numbered, and what is put in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from docutils import nodes

from fleuron.notes.markup.citation_syntax import ParsedCite


class note_call(nodes.Inline, nodes.TextElement):  # noqa: N801 (docutils spells its nodes so)
    """A call without its number yet: of sources (``cites``), or of an author's own note (``label``).

    An own note that stands in the text itself has ``own_words``, which are the children of its call; it is a text to
    docutils too, so that a place in it (an entry of the index) does not belong to a block.
    ``problems`` are those of its text (`CitationProblem`); they are reported when it is known who wrote it:
    an author or, in a catalogue, a translator.
    """

    def astext(self) -> str:
        """Return no text: the words of an own note are no part of the text that calls it."""
        return ""


def cites_of(call: note_call) -> list[ParsedCite]:
    return cast(list[ParsedCite], call.get("cites", []))


def enclosing_note(call: nodes.Node) -> nodes.footnote | None:
    """Return the note that contains a call, or None if it is in the text."""
    parent = call.parent
    while parent is not None and not isinstance(parent, nodes.footnote):
        parent = parent.parent
    return parent


def strip_space_before(call: note_call) -> None:
    """Remove the space before a call, which follows its word directly."""
    index = call.parent.index(call)
    before = call.parent[index - 1] if index else None
    if isinstance(before, nodes.Text):
        # By its index: docutils finds a text by its characters, and may find another one.
        kept = before.astext().rstrip()
        call.parent[index - 1 : index] = [nodes.Text(kept)] if kept else []


def replace_call(call: note_call, parts: Sequence[nodes.Node]) -> None:
    """Replace a call by nodes, without the ids that Sphinx gave it."""
    call.parent.replace(call, list(parts))
