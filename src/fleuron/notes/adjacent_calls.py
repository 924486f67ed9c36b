"""Calls of notes that stand side by side."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform


class AdjacentCalls(SphinxPostTransform):
    """Part calls that stand side by side by a comma: 5 and 6 are not 56."""

    default_priority = 801

    def run(self, **kwargs: Any) -> None:
        for call in list(self.document.findall(nodes.footnote_reference)):
            if isinstance(call.next_node(descend=False, siblings=True), nodes.footnote_reference):
                call.parent.insert(call.parent.index(call) + 1, nodes.superscript("", ",", classes=["between-calls"]))


def setup(app: Sphinx) -> None:
    app.add_post_transform(AdjacentCalls)
