"""Put a no-break space before each dash between spaces, so that no line begins with a dash."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

SPACE = re.compile(r" (?=[–—](?:\s|$))")
NO_BREAK_SPACE = "\u00a0"
# Text in which no character may change.
VERBATIM = (nodes.literal, nodes.FixedTextElement, nodes.math, nodes.raw)


def with_no_break_spaces(text: str) -> str:
    """Return a text with a no-break space before each dash between spaces."""
    return SPACE.sub(NO_BREAK_SPACE, text)


class KeepDashes(SphinxPostTransform):
    """Put no-break spaces before the dashes of a document."""

    default_priority = 890

    def run(self, **kwargs: Any) -> None:
        for text in list(self.document.findall(nodes.Text)):
            parent = text.parent
            if isinstance(parent, nodes.Element) and not isinstance(parent, VERBATIM) and SPACE.search(text.astext()):
                parent.replace(text, nodes.Text(with_no_break_spaces(text.astext())))


def setup(app: Sphinx) -> None:
    app.add_post_transform(KeepDashes)
