"""Mark what a catalogue leaves in the language of the source.

A reader's voice, and a hyphenation, must not take English words for Turkish ones
(WCAG 2.2, 3.1.2 Language of Parts).
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale
from sphinx.util.nodes import extract_messages

from fleuron.config import languages_of


class MarkUntranslated(SphinxTransform):
    """Give each block that has no translation the class from which docutils makes ``lang``."""

    default_priority = Locale.default_priority + 2

    def apply(self, **kwargs: Any) -> None:
        source = languages_of(self.config)[0]
        if self.config.language.replace("_", "-") == source:
            return
        for node, message in extract_messages(self.document):
            if not node.get("translated") and isinstance(node, nodes.TextElement) and message.strip():
                node["classes"].append(f"language-{source}")


def setup(app: Sphinx) -> None:
    app.add_transform(MarkUntranslated)
