"""What a translation does to the calls of a paragraph: moving them is a translator's right, losing one is not."""

from __future__ import annotations

from collections import Counter
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale
from sphinx.util.nodes import extract_messages

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.manuscript.source_positions import in_catalogue
from fleuron.notes.calls import citations_of, note_call
from fleuron.reporting import report

Called = Counter[str]
RECORD = "called"


def called_in(block: nodes.Element) -> Called:
    """Count what a block calls: sources by key, own notes as ``[^label]``."""
    called: Called = Counter()
    for call in block.findall(note_call):
        called.update([f"[^{call['label']}]"] if "label" in call else [each.key for each in citations_of(call)])
    return called


class RecordCalls(SphinxTransform):
    """Note on each block what it calls, before it is translated."""

    default_priority = Locale.default_priority - 5

    def apply(self, **kwargs: Any) -> None:
        for block, message in extract_messages(self.document):
            if isinstance(block, nodes.TextElement):
                block[RECORD], block["message"] = dict(called_in(block)), message


class CompareCalls(SphinxTransform):
    """Tell of sources that a translation has lost or added."""

    default_priority = Locale.default_priority + 1

    def apply(self, **kwargs: Any) -> None:
        for block in list(self.document.findall(nodes.TextElement)):
            if RECORD not in block:
                continue
            before = Counter(block.attributes.pop(RECORD))
            after = called_in(block)
            if block.get("translated") and before != after:
                self.tell(block, before - after, after - before)

    def tell(self, block: nodes.TextElement, lost: Called, added: Called) -> None:
        parts = [f"leaves out {listed(lost)}"] if lost else []
        parts += [f"adds {listed(added)}"] if added else []
        facts = {"change": " and ".join(parts)}
        found = in_catalogue(self.env, self.env.current_document.docname, str(block.get("message", "")))
        path, line = found or (self.document["source"], block.line or 1)
        report(Finding(Diagnostic.CHANGED_CALLS, line, facts), path)


def listed(called: Called) -> str:
    return ", ".join(f"“{each}”" for each in sorted(called.elements()))


class ForgetMessages(SphinxTransform):
    """Take the messages off the blocks when the notes are set; no page needs them."""

    default_priority = 700

    def apply(self, **kwargs: Any) -> None:
        for block in self.document.findall(nodes.TextElement):
            block.attributes.pop("message", None)


def setup(app: Sphinx) -> None:
    for transform in (RecordCalls, CompareCalls, ForgetMessages):
        app.add_transform(transform)
