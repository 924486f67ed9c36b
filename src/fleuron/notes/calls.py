"""Calls of notes before the notes are set: nodes that Sphinx's translation moves about without a word.

Sphinx 9.0 compares footnote references before and after translation, warns when a translator puts
them in another order, and takes away those that the source does not have (sphinx.transforms.i18n,
`update_autofootnote_references`; Sphinx #14143 mended this for cross-references alone). Calls of
our own are none of its business: we look after them ourselves.
"""

from __future__ import annotations

from typing import cast

from docutils import nodes
from myst_parser.parsers.sphinx_ import MystParser
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinxcontrib.bibtex.foot_domain import BibtexFootDomain

from fleuron.notes.citation_syntax import Citation, read_call

# The roles that name the authors in the text, and set the note behind them.
TEXTUAL = frozenset({"t", "ts", "ct", "cts"})


class note_call(nodes.Inline, nodes.Element):  # noqa: N801 (docutils spells its nodes so)
    """A call that waits for its number: of sources (``citations``), or of an author's own note (``label``).

    ``slips`` are what is wrong with its words, to be told when it is known who wrote them: an
    author or, in a catalogue, a translator.
    """


class note_place(nodes.General, nodes.Element):  # noqa: N801
    """Where an author wants the notes before it to stand."""


class NoteRole(SphinxRole):
    """Note a citation; what it says is looked up when all is translated."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        citations, slips = read_call(self.text)
        textual = self.name.partition(":")[2] in TEXTUAL
        call = note_call(self.rawtext, citations=citations, slips=slips, textual=textual)
        call.source, call.line = self.get_source_info()
        return [call], []


class NotePlace(SphinxDirective):
    """Mark the place of the notes, as `{footbibliography}` does."""

    def run(self) -> list[nodes.Node]:
        return [note_place()]


class CallingParser(MystParser):
    """Parse MyST, and make calls of our own of its `[^label]`."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        super().parse(inputstring, document)
        take_calls(document)


def take_calls(document: nodes.document) -> None:
    """Replace footnote references by calls, in the tree and in docutils' lists of them."""
    for reference in list(document.findall(nodes.footnote_reference)):
        label = reference.get("refname")
        if label:
            call = note_call(reference.rawsource, label=label)
            call.source, call.line = reference.source, reference.line
            reference.replace_self(call)
            for listed in (document.refnames, document.footnote_refs):
                listed.pop(label, None)
    document.autofootnote_refs = [each for each in document.autofootnote_refs if each.parent is not None]


def name_nameless(document: nodes.document) -> None:
    """Name the notes of reStructuredText that have no label, `[#]_`: the first call is that of the first note."""
    calls = [
        each for each in document.findall(nodes.footnote_reference) if each.get("auto") == 1 and "refname" not in each
    ]
    notes = [each for each in document.findall(nodes.footnote) if each.get("auto") == 1 and not each["names"]]
    for number, (call, note) in enumerate(zip(calls, notes, strict=False), 1):
        call["refname"] = f"#{number}"
        note["names"] = [call["refname"]]


def citations_of(call: note_call) -> list[Citation]:
    return cast(list[Citation], call.get("citations", []))


def setup(app: Sphinx) -> None:
    app.add_source_parser(CallingParser, override=True)
    app.add_node(note_call)
    app.add_node(note_place)
    app.add_role("footcite", NoteRole(), override=True)
    for name in BibtexFootDomain._role_names:
        app.add_role_to_domain("footcite", name, NoteRole(), override=True)
    app.add_directive("footbibliography", NotePlace, override=True)
