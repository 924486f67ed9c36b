"""Draw the texts of pictures as they are written in their script (patches WeasyPrint 70).

WeasyPrint draws each letter of an SVG's text by itself, from left to right: Arabic letters would neither join nor be
in their order, and marks would not be on their letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from weasyprint.svg import Node

# Combining marks, and the scripts whose letters join, or are in another order than they are read.
SHAPED = re.compile("[\u0300-\u036f\u0590-\u109f\u1780-\u18af\u1a20-\u1aaf\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc]")


class WholeText(str):
    """A text that is drawn as one letter."""

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def drawn_text(node: Node) -> str | None:
    """Return the text of an element."""
    text = node._etree_node.text
    return WholeText(text) if text and SHAPED.search(text) else text


def apply() -> None:
    """Patch WeasyPrint."""
    Node.text = property(drawn_text)
