"""Parse note calls (`{footcite}`, `[^label]`) into nodes that Sphinx's translation moves without a warning.

Sphinx 9.0 compares footnote references before and after translation, warns when a translator puts
them in another order, and takes away those that the source does not have (sphinx.transforms.i18n,
`update_autofootnote_references`; Sphinx #14143 corrected this for cross-references alone). Our own
nodes it leaves alone; `translated_calls` checks them.
"""

from __future__ import annotations

from typing import cast

from docutils import nodes
from myst_parser.parsers.sphinx_ import MystParser
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinxcontrib.bibtex.foot_domain import BibtexFootDomain

from fleuron.notes.markup.citation_syntax import ParsedCite, parse_citation

# The roles that print the names of the authors in the text, before the call.
TEXTUAL = frozenset({"t", "ts", "ct", "cts"})


class note_call(nodes.Inline, nodes.Element):  # noqa: N801 (docutils spells its nodes so)
    """A call without its number yet: of sources (``cites``), or of an author's own note (``label``).

    ``problems`` are those of its text (`CitationProblem`); they are reported when it is known who wrote it:
    an author or, in a catalogue, a translator.
    """


class note_place(nodes.General, nodes.Element):  # noqa: N801
    """Where an author wants the notes before it to be placed."""


class NoteRole(SphinxRole):
    """Make a call of a `{footcite}` role; its sources are looked up after translation."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        cites, problems = parse_citation(self.text)
        textual = self.name.partition(":")[2] in TEXTUAL
        call = note_call(self.rawtext, cites=cites, problems=problems, textual=textual)
        call.source, call.line = self.get_source_info()
        return [call], []


class NotePlaceDirective(SphinxDirective):
    """Mark the place of the notes: `{footbibliography}`."""

    def run(self) -> list[nodes.Node]:
        return [note_place()]


class NoteCallParser(MystParser):
    """Parse MyST, with our own calls for its `[^label]`."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        super().parse(inputstring, document)
        replace_footnote_references(document)


def replace_footnote_references(document: nodes.document) -> None:
    """Replace docutils' footnote references by calls, in the tree and in docutils' lists of them."""
    for reference in list(document.findall(nodes.footnote_reference)):
        label = reference.get("refname")
        if label:
            call = note_call(reference.rawsource, label=label)
            call.source, call.line = reference.source, reference.line
            reference.replace_self(call)
            for references in (document.refnames, document.footnote_refs):
                references.pop(label, None)
    document.autofootnote_refs = [reference for reference in document.autofootnote_refs if reference.parent is not None]


def label_unlabelled_notes(document: nodes.document) -> None:
    """Label the notes of reStructuredText that have no label, `[#]_`: the first call is that of the first note."""
    calls = [
        reference
        for reference in document.findall(nodes.footnote_reference)
        if reference.get("auto") == 1 and "refname" not in reference
    ]
    notes = [note for note in document.findall(nodes.footnote) if note.get("auto") == 1 and not note["names"]]
    for number, (call, note) in enumerate(zip(calls, notes, strict=False), 1):
        call["refname"] = f"#{number}"
        note["names"] = [call["refname"]]


def cites_of(call: note_call) -> list[ParsedCite]:
    return cast(list[ParsedCite], call.get("cites", []))


def use_note_call_parser(app: Sphinx, _config: Config) -> None:
    """Read MyST files with our parser, in a project that loads myst_parser, before or after this extension."""
    if "myst_parser" in app.extensions:
        app.add_source_parser(NoteCallParser, override=True)


def setup(app: Sphinx) -> None:
    app.connect("config-inited", use_note_call_parser)
    app.add_node(note_call)
    app.add_node(note_place)
    app.add_role("footcite", NoteRole(), override=True)
    for name in BibtexFootDomain._role_names:
        app.add_role_to_domain("footcite", name, NoteRole(), override=True)
    app.add_directive("footbibliography", NotePlaceDirective, override=True)
