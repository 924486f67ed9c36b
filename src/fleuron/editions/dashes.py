"""Keep a dash that stands between spaces on the line of the word before it.

No line begins with a dash; authors and translators need not type the space that sees to it.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

SPACE = re.compile(r" (?=[–—](?:\s|$))")
NO_BREAK_SPACE = "\u00a0"
# Where every character is meant as it stands.
VERBATIM = (nodes.literal, nodes.FixedTextElement, nodes.math, nodes.raw)


def with_kept_dashes(text: str) -> str:
    """Make each space before a dash one at which no line breaks."""
    return SPACE.sub(NO_BREAK_SPACE, text)


class KeepDashes(SphinxPostTransform):
    """Do so in all the text of a document."""

    default_priority = 890

    def run(self, **kwargs: Any) -> None:
        for text in list(self.document.findall(nodes.Text)):
            parent = text.parent
            if isinstance(parent, nodes.Element) and not isinstance(parent, VERBATIM) and SPACE.search(text.astext()):
                parent.replace(text, nodes.Text(with_kept_dashes(text.astext())))


def setup(app: Sphinx) -> None:
    app.add_post_transform(KeepDashes)
