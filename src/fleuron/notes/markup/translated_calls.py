"""Report note calls that a translation loses or adds; moving them is allowed."""

from __future__ import annotations

from collections import Counter
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale
from sphinx.util.nodes import extract_messages

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.manuscript.source_positions import position_in_catalogue
from fleuron.notes.markup.calls import cites_of, note_call
from fleuron.reporting import report

Calls = Counter[str]
# The attribute of a block with the calls of its source text.
SOURCE_CALLS = "calls-of-source"


def count_calls(block: nodes.Element) -> Calls:
    """Count what a block calls: sources by key, an author's own notes as ``[^label]``."""
    counted: Calls = Counter()
    for call in block.findall(note_call):
        counted.update([f"[^{call['label']}]"] if "label" in call else [cite.key for cite in cites_of(call)])
    return counted


class RecordCalls(SphinxTransform):
    """Record on each block what it calls, before it is translated."""

    default_priority = Locale.default_priority - 5

    def apply(self, **kwargs: Any) -> None:
        for block, message in extract_messages(self.document):
            if isinstance(block, nodes.TextElement):
                block[SOURCE_CALLS], block["message"] = dict(count_calls(block)), message


class CompareCalls(SphinxTransform):
    """Report the calls that a translation has lost or added."""

    default_priority = Locale.default_priority + 1

    def apply(self, **kwargs: Any) -> None:
        for block in list(self.document.findall(nodes.TextElement)):
            if SOURCE_CALLS not in block:
                continue
            before = Counter(block.attributes.pop(SOURCE_CALLS))
            after = count_calls(block)
            if block.get("translated") and before != after:
                self.report_change(block, before - after, after - before)

    def report_change(self, block: nodes.TextElement, lost: Calls, added: Calls) -> None:
        changes = [f"leaves out {quoted(lost)}"] if lost else []
        changes += [f"adds {quoted(added)}"] if added else []
        position = position_in_catalogue(self.env, self.env.current_document.docname, str(block.get("message", "")))
        path, line = position or (self.document["source"], block.line or 1)
        report(Finding(Diagnostic.CHANGED_CALLS, line, {"change": " and ".join(changes)}), path)


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
