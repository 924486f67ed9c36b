"""Report note calls that a translation loses or adds; moving them is allowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale
from sphinx.util.nodes import extract_messages

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.diagnostics.similar_names import did_you_mean
from fleuron.editions.edition_project import is_read_as_source
from fleuron.editions.untranslated import OLDER
from fleuron.editions.whole_files.pairing import Pairing
from fleuron.editions.whole_files.records import WholeFile
from fleuron.manuscript.records import whole_file_of
from fleuron.manuscript.source_positions import has_catalogue, line_of, position_in_catalogue
from fleuron.manuscript.translated.messages import restore_source
from fleuron.manuscript.whole_files.outlines import CALLS, numbered_by_section, sections_in
from fleuron.notes.cited_sources import notes_domain
from fleuron.notes.markup.calls import has_kept_footnotes, replace_footnote_references
from fleuron.notes.markup.note_call import cites_of, note_call
from fleuron.notes.sources import Item
from fleuron.reporting import report

Calls = Counter[str]
# The attribute of a block with the calls of its source text.
SOURCE_CALLS = "calls-of-source"


def count_calls(block: nodes.Element) -> Calls:
    """Count what a block calls: sources by key, an author's own notes as ``[^label]``."""
    counted: Calls = Counter()
    for call in block.findall(note_call):
        if "label" in call:
            counted.update([f"[^{call['label']}]"])
        elif "own_words" in call:
            counted.update(["^[…]"])
        counted.update(cite.key for cite in cites_of(call))
    return counted


class RecordCalls(SphinxTransform):
    """Record on each block what it calls, before it is translated."""

    default_priority = Locale.default_priority - 5

    def apply(self, **kwargs: Any) -> None:
        if has_catalogue(self.env, self.env.current_document.docname):
            for block, message in extract_messages(self.document):
                if isinstance(block, nodes.TextElement):
                    block[SOURCE_CALLS], block["message"] = dict(count_calls(block)), message
        if is_read_as_source(self.env, self.env.current_document.docname):
            self.document[CALLS] = list(map(dict, calls_of_sections(self.document)))


def calls_of_sections(document: nodes.document) -> list[Calls]:
    """Count what each section of a document calls, outside of notes; an author's own notes may have other labels."""
    counted = [Calls() for _section in sections_in(document)] or [Calls()]
    found: list[nodes.Element] = [call for call in document.findall(note_call) if not is_in_note(call)]
    for number, call in numbered_by_section(document, found):
        keys = count_calls(call)
        counted[number].update({"[^…]" if key.startswith("[^") else key: keys[key] for key in keys})
    return counted


def is_in_note(node: nodes.Node | None) -> bool:
    while node is not None and not isinstance(node, nodes.footnote):
        node = node.parent
    return node is not None


class CompareCalls(SphinxTransform):
    """Report the calls that a translation has lost or added; one that calls an unknown source is not used."""

    default_priority = Locale.default_priority + 1

    def apply(self, **kwargs: Any) -> None:
        if not has_kept_footnotes(self.document):
            replace_footnote_references(self.document)
        whole = whole_file_of(self.env, self.env.current_document.docname)
        if whole is not None and whole.pairing is not None:
            self.compare_sections(whole, whole.pairing)
        for block in list(self.document.findall(nodes.TextElement)):
            if SOURCE_CALLS not in block:
                continue
            before = Counter(block.attributes.pop(SOURCE_CALLS))
            after = count_calls(block)
            if not block.get("translated") or before == after:
                continue
            if block.get(OLDER) and restore_source(block):
                problem = "the older translation has not the notes of its source"
                self.report(block, Diagnostic.UNUSED_TRANSLATION, problem=problem)
                continue
            unknown = [key for key in after - before if not key.startswith(("[^", "^[")) and key not in self.sources()]
            if unknown and restore_source(block):
                problem = "; ".join(
                    f"there is no source “{key}” in the bibliography{did_you_mean(key, self.sources())}"
                    for key in sorted(unknown)
                )
                self.report(block, Diagnostic.UNUSED_TRANSLATION, problem=problem)
            else:
                self.report_change(block, before - after, after - before)

    def compare_sections(self, whole: WholeFile, pairing: Pairing) -> None:
        """Report the sections of a whole-file translation that call other notes than those that they follow."""
        sections = sections_in(self.document)
        for number, after in enumerate(calls_of_sections(self.document)[: len(pairing.counterparts)]):
            source = pairing.counterparts[number]
            if source is None or number in pairing.stale or source >= len(whole.outline.calls):
                continue
            before = Calls(whole.outline.calls[source])
            if before != after:
                line = line_of(sections[number][0]) if number and number < len(sections) else 1
                values = {"change": change_of(before - after, after - before)}
                report(Finding(Diagnostic.CHANGED_CALLS, line, values), self.document["source"])

    def sources(self) -> Mapping[str, Item]:
        return notes_domain(self.env).items

    def report_change(self, block: nodes.TextElement, lost: Calls, added: Calls) -> None:
        self.report(block, Diagnostic.CHANGED_CALLS, change=change_of(lost, added))

    def report(self, block: nodes.TextElement, diagnostic: Diagnostic, **values: str) -> None:
        """Report what is wrong with the translation of a block, at its line of the catalogue."""
        position = position_in_catalogue(self.env, self.env.current_document.docname, str(block.get("message", "")))
        path, line = position or (self.document["source"], block.line or 1)
        report(Finding(diagnostic, line, values), path)


def change_of(lost: Calls, added: Calls) -> str:
    """Say which calls a translation has lost, and which it has added."""
    changes = [f"leaves out {quoted(lost)}"] if lost else []
    changes += [f"adds {quoted(added)}"] if added else []
    return " and ".join(changes)


def quoted(calls: Calls) -> str:
    return ", ".join(f"“{call}”" for call in sorted(calls.elements()))


class RemoveMessages(SphinxTransform):
    """Remove the messages from the blocks when the notes are in place; no page needs them."""

    default_priority = 700

    def apply(self, **kwargs: Any) -> None:
        for block in self.document.findall(nodes.TextElement):
            block.attributes.pop("message", None)


def setup(app: Sphinx) -> None:
    for transform in (RecordCalls, CompareCalls, RemoveMessages):
        app.add_transform(transform)
