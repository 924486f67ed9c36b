"""Put a formula between `$$` that stands in a paragraph between two paragraphs, as if it had lines of its own.

MyST 5.2 leaves it within the paragraph, where HTML has no room for it (`p`, HTML 4.4.1). In a heading, a caption or
emphasised words it is part of the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

FORMULA = re.compile(r"\$\$.+?\$\$", re.DOTALL)


class PlaceDisplayedFormulas(SphinxTransform):
    """Divide paragraphs at the formulas in them, before they are translated."""

    default_priority = 6

    def apply(self, **kwargs: Any) -> None:
        for formula in list(self.document.findall(nodes.math_block)):
            if isinstance(formula.parent, nodes.TextElement) and not isinstance(formula.parent, nodes.paragraph):
                source = formula.astext()
                formula.replace_self(nodes.math(source, source))
        for paragraph in list(self.document.findall(nodes.paragraph)):
            if any(isinstance(child, nodes.math_block) for child in paragraph.children):
                paragraph.replace_self(list(divided(paragraph)))


def divided(paragraph: nodes.paragraph) -> Iterator[nodes.Element]:
    """Yield the formulas of a paragraph, and the words between them as paragraphs; only the first has its ids."""
    count = sum(isinstance(child, nodes.math_block) for child in paragraph.children)
    sources = list(FORMULA.split(paragraph.rawsource))
    formulas = FORMULA.findall(paragraph.rawsource)
    is_known = len(formulas) == count
    line, number = paragraph.line or 0, 0
    words: list[nodes.Node] = []
    for child in [*paragraph.children, None]:
        if child is not None and not isinstance(child, nodes.math_block):
            words.append(child)
            continue
        source = sources[number] if is_known else "".join(word.astext() for word in words)
        if any(word.astext().strip() or not isinstance(word, nodes.Text) for word in words):
            part = paragraph.copy()
            part.extend(words)
            trim(part)
            part.rawsource = source.strip()
            part.line = line + len(source) - len(source.lstrip("\n")) if line else None
            paragraph["ids"], paragraph["names"] = [], []
            yield part
        words = []
        if isinstance(child, nodes.math_block):
            yield child
            line += source.count("\n") + (formulas[number].count("\n") if is_known and line else 0)
            number += 1


def trim(paragraph: nodes.paragraph) -> None:
    """Remove the white space at the beginning and at the end of a paragraph."""
    for place, strip in ((0, str.lstrip), (-1, str.rstrip)):
        text = paragraph[place]
        if isinstance(text, nodes.Text):
            paragraph.replace(text, nodes.Text(strip(str(text))))


def setup(app: Sphinx) -> None:
    app.add_transform(PlaceDisplayedFormulas)
