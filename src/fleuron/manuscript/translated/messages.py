"""Put the translations of a catalogue into a document, in place of Sphinx's own transform.

A translation is parsed as what its source is: a paragraph stays a paragraph, a formula a formula. One that cannot be
used (an unknown role, a reference to nothing) is reported at its line of the catalogue, and the source is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_parser.parsers.sphinx_ import MystParser
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.std import make_glossary_term, split_term_classifiers
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale, parse_noqa
from sphinx.util import get_filetype
from sphinx.util.index_entries import split_index_msg
from sphinx.util.nodes import LITERAL_TYPE_NODES, extract_messages, traverse_translatable_index

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.editions.edition_project import is_read_as_source
from fleuron.editions.translation_progress import text_message
from fleuron.editions.untranslated import OLDER
from fleuron.editions.whole_files.records import WholeFile
from fleuron.editions.whole_files.sections import TITLE_KEYS
from fleuron.editions.whole_files.states import is_untouched
from fleuron.manuscript.article_head import FROM_SOURCE
from fleuron.manuscript.file_access import is_inside
from fleuron.manuscript.records import publication_records
from fleuron.manuscript.source_positions import DocumentCatalogue, MessageTranslation, document_catalogue
from fleuron.manuscript.translated.formulas import FormulaCheck
from fleuron.manuscript.translated.message_parser import (
    BREAK_FOR_SPHINX,
    LINE_BREAK,
    SHOWN_BREAK,
    MessageParser,
    has_line_break,
    stray_markup,
    undefined_links,
)
from fleuron.manuscript.translated.restructured_text import translations_as_paragraphs
from fleuron.manuscript.translated.text_renderer import RESTRUCTURED
from fleuron.manuscript.whole_files.outlines import MESSAGES, numbered_by_section
from fleuron.publication.control_characters import control_character
from fleuron.reporting import report
from fleuron.sphinx_versions import application_of

# The file type of myst_nb, for notebooks and Markdown.
NOTEBOOK = "myst-nb"
# Blocks in which a line break may stand; any other is a line.
BLOCKS_WITH_BREAKS = (nodes.paragraph, nodes.line, nodes.attribution)


# What an older translation must have as often as its source, beside the calls of notes.
MARKUP: Mapping[type[nodes.Node], str] = {
    nodes.image: "the pictures",
    nodes.math: "the formulas",
    nodes.reference: "the links",
    addnodes.pending_xref: "the references",
    addnodes.download_reference: "the files",
    nodes.literal: "the code",
}


class ShowLineBreaks(SphinxTransform):
    """Let the messages of a MyST document show where the author breaks lines; Sphinx 9.0 joins them without a sign."""

    default_priority = Locale.default_priority - 8

    def apply(self, **kwargs: Any) -> None:
        for block in self.document.findall(nodes.paragraph):
            if has_line_break(block):
                block.rawsource = LINE_BREAK.sub(BREAK_FOR_SPHINX.replace("\\", "\\\\"), block.rawsource)


class TranslateMessages(Locale):
    """Translate the messages of a document that MyST has parsed; Sphinx's transform those of another."""

    def apply(self, **kwargs: Any) -> None:
        name = self.env.current_document.docname
        self.records = publication_records(self.env)
        # Before translation, and without the pictures within a text.
        messages = [
            (message, node)
            for node, message in extract_messages(self.document)
            if not isinstance(node, LITERAL_TYPE_NODES) and not isinstance(node.parent, nodes.TextElement)
        ]
        # Attributes of the object, until `ForgetSources` records what is printed translated.
        self.document.translatable_messages = messages  # type: ignore[attr-defined]
        if name in self.records.whole_files:
            mark_translated(self.document, self.records.whole_files[name])
            return
        if is_read_as_source(self.env, name):
            return
        self.catalogue = document_catalogue(self.env, name)
        self.document.message_catalogue = self.catalogue  # type: ignore[attr-defined]
        if get_filetype(self.config.source_suffix, self.document["source"]) in (*MystParser.supported, NOTEBOOK):
            self.rejected = self.records.rejected.get(name, set())
            self.parser = MessageParser(self.document, application_of(self.env).registry.get_source_parser("markdown"))
            self.formulas = FormulaCheck(self.document, self.config)
            for node, message in extract_messages(self.document):
                self.translate(node, message)
            self.translate_index_entries()
        else:
            with translations_as_paragraphs():
                super().apply(**kwargs)

    def translate(self, node: nodes.Element, message: str) -> None:
        """Put the translation of a message into its node, if there is one."""
        translation = self.catalogue.find(message)
        if translation and (found := control_character(translation.text)):
            problem = Diagnostic.CONTROL_CHARACTER.text({"code": found[0]})
            report(Finding(Diagnostic.UNUSED_TRANSLATION, translation.line, {"problem": problem}), translation.path)
            translation = None
        if isinstance(node, addnodes.translatable):
            if translation is not None:
                node.apply_translated_message(message, translation.text)
                # One node has several messages, such as the caption and the titles of a table of contents.
                node.__dict__.setdefault("translated_messages", set()).add(message)
            return
        node["translated"] = False
        if translation is None or (translation.path, translation.line) in self.rejected:
            return
        if isinstance(node, LITERAL_TYPE_NODES):
            if translation.is_stale or not self.replace_literal(node, translation):
                return
        elif isinstance(node, nodes.meta):
            node["content"] = translation.text
        elif isinstance(node, nodes.image):
            node["alt"] = translation.text
        elif translation.text != message:
            self.translate_text(node, message, translation)
            return
        node["translated"] = True

    def replace_literal(self, node: nodes.Element, translation: MessageTranslation) -> bool:
        """Replace the text of a formula or of code; return False if the formula cannot be converted."""
        text = translation.text
        if isinstance(node, nodes.math_block):
            text = without_dollars(text)
            if problems := list(self.formulas.problems_of(text, block=True)):
                self.report(problems, translation)
                return False
        node.children = []
        node.append(nodes.Text(text))
        node.rawsource = text
        return True

    def report(self, problems: Iterable[str], translation: MessageTranslation) -> None:
        for problem in problems:
            report(Finding(Diagnostic.UNUSED_TRANSLATION, translation.line, {"problem": problem}), translation.path)

    def translate_text(self, node: nodes.Element, message: str, translation: MessageTranslation) -> None:
        """Replace the content of a block by its translation, or report why that cannot be used."""
        text = parse_noqa(translation.text)[0]
        if SHOWN_BREAK in message and has_line_break(node):
            text = text.replace(SHOWN_BREAK, "\\\n")
        path, line = translation.path, translation.line
        is_term = isinstance(node, nodes.term) and bool(node["ids"]) and in_glossary(node)
        term, classifier = split_term_classifiers(text) if is_term else (text, None)
        if node.get(RESTRUCTURED):
            patch, problems = self.parser.parse_restructured(term or "", path, line)
        else:
            patch, problems = self.parser.parse(term or "", path, line, not isinstance(node, BLOCKS_WITH_BREAKS))
        problems += [f"“{link}” is a link whose label is not defined" for link in undefined_links(patch, message)]
        problems += [f"“{mark}” stands alone, as text" for mark in stray_markup(patch, text, message)]
        problems += [*self.unknown_notes(patch), *self.unknown_files(node, patch), *self.formulas.problems(patch)]
        added = [
            xref for xref in references(patch, self.document) if target_of(xref) not in targets(node, self.document)
        ]
        if isinstance(node, nodes.title):
            terms = self.translated_terms(node)
            problems += [
                f"the heading does not refer to “{xref['reftarget']}” in the source"
                for xref in added
                if xref["reftarget"] not in terms
            ]
        if translation.is_stale:
            problems += [f"the older translation has not {what} of its source" for what in lost_markup(node, patch)]
        if problems:
            self.report(problems, translation)
            return
        if added:
            # Whether they exist is known when all documents are read.
            unchecked = self.records.unchecked.setdefault(self.env.current_document.docname, [])
            unchecked += [(path, line, xref.deepcopy()) for xref in added]
        if is_term:
            for identifier in node["ids"]:
                made = make_glossary_term(
                    self.env, patch.children, classifier, str(path), line, identifier, self.document
                )
                patch = nodes.paragraph("", "", *made.children)
        if translation.is_stale:
            node[OLDER] = True
        register_ids(patch, self.document)
        # An attribute of the object, until the calls of notes have been compared.
        node.source_children = node.children  # type: ignore[attr-defined]
        node.children = []
        node.extend(patch.children)
        node["translated"] = True

    def translated_terms(self, node: nodes.Element) -> set[str]:
        """Return the terms of a glossary that a block refers to, as they are translated."""
        terms = (target for _domain, kind, target in targets(node, self.document) if kind == "term")
        return {found.text for term in terms if (found := self.catalogue.find(term))}

    def unknown_notes(self, patch: nodes.Element) -> Iterator[str]:
        """Yield what is wrong with the calls of notes that the document does not have."""
        labels = {name for note in self.document.findall(nodes.footnote) for name in note["names"]}
        for call in patch.findall(nodes.footnote_reference):
            if "refname" in call and call["refname"] not in labels:  # of `[#]_`, which reStructuredText alone has, none
                yield f"there is no note “[^{call['refname']}]:”"

    def unknown_files(self, node: nodes.Element, patch: nodes.Element) -> Iterator[str]:
        """Yield what is wrong with the files that only the translation shows or offers."""
        for file in set(files_of(patch)) - set(files_of(node)):
            path = Path(self.env.relfn2path(file)[1])
            if "://" in file or not (is_inside(self.env, path) and path.is_file()):
                yield f"there is no file “{file}” in the publication’s folder"

    def translate_index_entries(self) -> None:
        """Translate the entries of ``{index}`` directives; those in a paragraph are in its message."""
        for node, entries in traverse_translatable_index(self.document):
            translated = []
            for kind, value, target, main, key in entries:
                parts = [(self.catalogue.find(part), part) for part in split_index_msg(kind, value)]
                words = [found.text if found else part for found, part in parts]
                translated.append((kind, "; ".join(words), target, main, key))
            node["raw_entries"], node["entries"] = entries, translated


def mark_translated(document: nodes.document, whole: WholeFile) -> None:
    """Mark the blocks of a whole-file translation, but those whose words are the source's, as translated."""
    title, sources = document.next_node(nodes.title), {message.digest for message in whole.outline.messages}
    titled = whole.head is not None and bool(getattr(whole.head, "title", "") or getattr(whole.head, "name", ""))
    for node, message in extract_messages(document):
        if isinstance(node, addnodes.toctree):
            node.__dict__.setdefault("translated_messages", set()).add(message)
        else:
            is_of_source = node.get(FROM_SOURCE) or is_untouched(text_message(message), sources)
            if node is title and titled:
                is_of_source = whole.keys.isdisjoint(TITLE_KEYS)
            node["translated"] = not is_of_source


def without_dollars(text: str) -> str:
    """Return a displayed formula without the dollar signs that a translator may have written around it."""
    text = text.strip()
    return text[2:-2].strip() if text.startswith("$$") and text.endswith("$$") and len(text) > 4 else text


def in_glossary(node: nodes.Node | None) -> bool:
    while node is not None and not isinstance(node, addnodes.glossary):
        node = node.parent
    return node is not None


def files_of(block: nodes.Element) -> Iterator[str]:
    """Yield the files that a block shows or offers."""
    for image in block.findall(nodes.image):
        if not str(image["uri"]).startswith("data:"):
            yield image["uri"]
    for download in block.findall(addnodes.download_reference):
        yield download["reftarget"]


Target = tuple[str, str, str]


def references(block: nodes.Element, document: nodes.document) -> Iterator[addnodes.pending_xref]:
    """Yield the references of a block that Sphinx or MyST resolves later, without those to headings of its document."""
    yield from block.findall(addnodes.pending_xref)
    here = {*document.nameids, *getattr(document, "myst_slugs", {})}
    for link in block.findall(nodes.reference):
        if link.get("id_link") and (target := link["refuri"].removeprefix("#")) not in here:
            attributes = {"refdomain": None, "reftype": "myst", "reftarget": target, "refexplicit": True}
            yield addnodes.pending_xref("", nodes.inline("", "-"), **attributes)


def target_of(xref: addnodes.pending_xref) -> Target:
    return str(xref.get("refdomain")), xref["reftype"], xref["reftarget"]


def targets(block: nodes.Element, document: nodes.document) -> set[Target]:
    return {target_of(xref) for xref in references(block, document)}


def lost_markup(node: nodes.Element, patch: nodes.Element) -> Iterator[str]:
    """Yield what a translation lacks of its source that is not text: pictures, formulas, links, code."""
    for kind, what in MARKUP.items():
        if len(list(patch.findall(kind))) < len(list(node.findall(kind))):
            yield what


def register_ids(patch: nodes.Element, document: nodes.document) -> None:
    """Let a document know the elements with ids of a translation, which was parsed apart from it."""
    for element in patch.findall(nodes.Element):
        for identifier in element["ids"]:
            document.ids[identifier] = element


def restore_source(block: nodes.TextElement) -> bool:
    """Undo the translation of a block; return whether its source was still kept."""
    kept: list[nodes.Node] | None = block.__dict__.pop("source_children", None)
    if kept is None:
        return False
    block.children = []
    block.extend(kept)
    block["translated"] = False
    block.attributes.pop(OLDER, None)
    return True


def is_translated(node: nodes.Element, message: str) -> bool:
    """Return whether a message of a node is printed translated."""
    return bool(node.get("translated")) or message in node.__dict__.get("translated_messages", ())


class ForgetSources(SphinxTransform):
    """Record which messages are printed translated, and forget the sources of translated blocks."""

    default_priority = Locale.default_priority + 5

    def apply(self, **kwargs: Any) -> None:
        messages: list[tuple[str, nodes.Element]] = self.document.__dict__.pop("translatable_messages", [])
        catalogue: DocumentCatalogue = self.document.__dict__.pop("message_catalogue", DocumentCatalogue({}))
        records, name = publication_records(self.env), self.env.current_document.docname
        numbers = {id(node): number for number, node in numbered_by_section(self.document, [n for _, n in messages])}
        found = [replace(text_message(message), section=numbers[id(node)]) for message, node in messages]
        if is_read_as_source(self.env, name):
            self.document[MESSAGES] = found
        elif whole := records.whole_files.get(name):
            records.messages[name] = list(whole.messages())
        else:
            records.messages[name] = [
                (text, catalogue.state(message, is_printed=is_translated(node, message)))
                for text, (message, node) in zip(found, messages, strict=True)
            ]
        for _message, node in messages:
            node.__dict__.pop("translated_messages", None)
        for block in self.document.findall(nodes.TextElement):
            block.__dict__.pop("source_children", None)


def setup(app: Sphinx) -> None:
    transforms = app.registry.get_transforms()
    transforms[transforms.index(Locale)] = TranslateMessages
    app.add_transform(ShowLineBreaks)
    app.add_transform(ForgetSources)
