"""Keep right-to-left words in a note from drawing the points and numbers around them along.

Without isolation, the year behind a Persian title is printed before it (Unicode UAX #9, 2.4).
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

# A run of Arabic or Hebrew script: letters, and what stands between two of them.
RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
RUN = re.compile(rf"[{RIGHT_TO_LEFT}](?:[^A-Za-zÀ-ɏЀ-ӿ]*[{RIGHT_TO_LEFT}])*")


def isolated(text: str) -> list[nodes.Node]:
    """Cut a text into nodes, with each right-to-left run in an inline node of its own."""
    parts: list[nodes.Node] = []
    end = 0
    for run in RUN.finditer(text):
        parts += [nodes.Text(text[end : run.start()]), nodes.inline("", run[0], classes=["isolated"])]
        end = run.end()
    return [*parts, nodes.Text(text[end:])] if parts else [nodes.Text(text)]


class IsolateScripts(SphinxPostTransform):
    """Isolate right-to-left runs in the notes."""

    default_priority = 900

    def run(self, **kwargs: Any) -> None:
        for note in self.document.findall(nodes.footnote):
            for text in list(note.findall(nodes.Text)):
                if RUN.search(text) and text.parent is not None and not is_marked(text):
                    text.parent.replace(text, isolated(text.astext()))


def is_marked(node: nodes.Node) -> bool:
    """Tell whether the author has marked the language of a text."""
    parent = node.parent
    while parent is not None:
        if any(name.startswith("language-") for name in parent.get("classes", ())):
            return True
        parent = parent.parent
    return False


def setup(app: Sphinx) -> None:
    app.add_post_transform(IsolateScripts)
