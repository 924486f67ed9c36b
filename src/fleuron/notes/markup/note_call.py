"""The node of a note's call, before the notes are numbered."""

from __future__ import annotations

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
