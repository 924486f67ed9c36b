"""Parse note calls (`{footcite}`, `[^label]`) into nodes that Sphinx's translation moves without a warning.

Sphinx 9.0 compares footnote references before and after translation, warns when a translator puts
them in another order, and takes away those that the source does not have (sphinx.transforms.i18n,
`update_autofootnote_references`; Sphinx #14143 corrected this for cross-references alone). Our own
nodes it leaves alone; `translated_calls` checks them.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import partial

from docutils import nodes
from markdown_it import MarkdownIt
from myst_parser.config.main import MdParserConfig, TopmatterReadError, merge_file_level, read_topmatter
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.sphinx_ import MystParser
from myst_parser.warnings_ import MystWarnings, create_warning
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinxcontrib.bibtex.foot_domain import BibtexFootDomain

from fleuron.adopted import is_left_to_sphinx, keeps_footnotes
from fleuron.notes.markup import amounts, block_attributes, directive_fences, list_numbers, template_tags
from fleuron.notes.markup.citation_syntax import parse_citation
from fleuron.notes.markup.note_call import note_call
from fleuron.notes.markup.pandoc_syntax import NoteRenderer, add_rules
from fleuron.sphinx_versions import application_of

# Whether a document keeps its footnotes, while it is read.
KEEPS_FOOTNOTES = "fleuron_keeps_footnotes"
# Rules that read otherwise what MyST reads in its own way.
RULES_OF_TEXTS = ["own_note", "amount", "list_numbers", "directive_fence"]
# The roles that print the names of the authors in the text, before the call.
TEXTUAL = frozenset({"t", "ts", "ct", "cts"})


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
    """Parse MyST with our own calls for its `[^label]`, and with pandoc's `[@key, p. 12]` and `^[words]`."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        # As MyST 5.2 does, which has no hook for rules.
        config: MdParserConfig = document.settings.env.myst_config
        with suppress(TopmatterReadError):  # which the renderer reports
            if topmatter := read_topmatter(inputstring):
                config = merge_file_level(config, topmatter, partial(report_front_matter, document))
        parser = self.markdown_parser(config)
        leave_to_project(parser, document)
        parser.options["document"] = document
        self.render(parser, inputstring)
        replace_own_references(document)

    def render(self, parser: MarkdownIt, text: str) -> None:
        """Parse a text and add its nodes to the document of the parser's options."""
        parser.render(text)

    @staticmethod
    def markdown_parser(config: MdParserConfig) -> MarkdownIt:
        """Make MyST's parser with our rules; translations are parsed with it too."""
        parser = create_md_parser(config, NoteRenderer)
        add_our_rules(parser)
        return parser


def add_our_rules(parser: MarkdownIt) -> None:
    add_rules(parser)
    directive_fences.add_rule(parser)
    template_tags.add_rule(parser)
    block_attributes.add_rule(parser)
    amounts.add_rule(parser)
    list_numbers.add_rule(parser)
    # markdown-it-py 4.0 leaves out what is nested deeper, without a word; what Python cannot read is reported.
    parser.options["maxNesting"] = sys.maxsize


def leave_to_project(parser: MarkdownIt, document: nodes.document) -> None:
    """Leave the pages of another project as MyST reads them, but for notes."""
    if is_left_to_sphinx(application_of(document.settings.env)):
        parser.disable(RULES_OF_TEXTS, ignoreInvalid=True)  # the rule “amount” exists only with dollarmath


def report_front_matter(document: nodes.document, subtype: MystWarnings, message: str) -> None:
    """Report a mistake in the settings of MyST in a file's front matter."""
    create_warning(document, message, subtype, line=1, append_to=document)


def replace_own_references(document: nodes.document) -> None:
    """Replace the footnote references of a text or a translated message, unless the whole text keeps its footnotes.

    What the first text that is parsed of a document says holds for its messages.
    """
    current = document.settings.env.current_document
    if KEEPS_FOOTNOTES not in current:
        current[KEEPS_FOOTNOTES] = has_kept_footnotes(document)
    if current[KEEPS_FOOTNOTES]:
        # `NoteRenderer` has taken the labels from docutils, which numbers other notes after those.
        for note in document.footnotes:
            for label in note["names"]:
                document.nameids.setdefault(label, note["ids"][0])
                document.nametypes.setdefault(label, True)
    else:
        replace_footnote_references(document)


def has_kept_footnotes(document: nodes.document) -> bool:
    """Return whether docutils makes the footnotes of a document: one of another project, with no call of ours yet."""
    return keeps_footnotes(application_of(document.settings.env)) and not any(document.findall(note_call))


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


def remove_note_places(document: nodes.document) -> None:
    """Remove the places of notes that no note was put at."""
    for place in list(document.findall(note_place)):
        place.parent.remove(place)


def label_unlabelled_notes(document: nodes.document) -> None:
    """Label the notes of reStructuredText without a label, `[#]_` and `[*]_`: the first call is of the first note."""
    for kind in (1, "*"):
        calls = [
            reference
            for reference in document.findall(nodes.footnote_reference)
            if reference.get("auto") == kind and "refname" not in reference
        ]
        notes = [note for note in document.findall(nodes.footnote) if note.get("auto") == kind and not note["names"]]
        for number, (call, note) in enumerate(zip(calls, notes, strict=False), 1):
            call["refname"] = f"{kind}#{number}"
            note["names"] = [call["refname"]]


def setup(app: Sphinx) -> None:
    app.add_node(note_call)
    app.add_node(note_place)
    app.add_role("footcite", NoteRole(), override=True)
    for name in BibtexFootDomain._role_names:
        app.add_role_to_domain("footcite", name, NoteRole(), override=True)
    app.add_directive("footbibliography", NotePlaceDirective, override=True)
