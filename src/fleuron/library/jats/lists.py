"""Lists in JATS: `list`, and `def-list` for terms, fields and options with what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from lxml import etree

from fleuron.library.jats.elements import element, filled

if TYPE_CHECKING:
    from fleuron.library.jats.blocks import Blocks

# The kinds of `list` for the numbers that docutils counts in.
NUMBERS = {
    **{"arabic": "order", "loweralpha": "alpha-lower", "upperalpha": "alpha-upper"},
    **{"lowerroman": "roman-lower", "upperroman": "roman-upper"},
}
MEANINGS = (nodes.definition, nodes.field_body, nodes.description)


def elements_in(node: nodes.Element) -> list[nodes.Element]:
    return [child for child in node.children if isinstance(child, nodes.Element)]


def list_of(node: nodes.Element, blocks: Blocks) -> list[etree._Element]:
    """Set a `list`; one without items is none."""
    numbered = isinstance(node, nodes.enumerated_list)
    made = element("list", list_type=NUMBERS.get(node.get("enumtype", ""), "order") if numbered else "bullet")
    start = int(node.get("start", 1))
    for number, item in enumerate(elements_in(node), start):
        # JATS has no other way to say that a list begins with another number than 1.
        label = [element("label", f"{number}.")] if numbered and start != 1 else []
        said = blocks.paragraphs(item.children, "list", "def-list") or [element("p")]
        made.append(element("list-item", *label, *said))
        blocks.mark(made[-1], item)
    return [made] if len(made) else []


def definitions_of(node: nodes.Element, blocks: Blocks) -> etree._Element:
    """Set a `def-list`."""
    made = element("def-list")
    for item in elements_in(node):
        for part in elements_in(item):
            define(part, made, blocks)
        if len(made):
            blocks.mark(made[-1], item)
    return made


def define(part: nodes.Element, made: etree._Element, blocks: Blocks) -> None:
    """Set a term; or a classifier, which belongs to the term before it, or a meaning, to the last of its terms."""
    if isinstance(part, MEANINGS):
        if not len(made):
            made.append(element("def-item", element("term")))
        made[-1].append(element("def", *(blocks.paragraphs(part.children) or [element("p")])))
    elif isinstance(part, nodes.classifier) and len(made):
        name = element("named-content", *blocks.phrases(part.children), content_type="classifier")
        filled(made[-1][0], [" ", name])
    else:
        made.append(element("def-item", blocks.line("term", part)))
        blocks.mark(made[-1], part)
