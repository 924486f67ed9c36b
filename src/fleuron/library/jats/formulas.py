"""Convert formulas to JATS: LaTeX as the author wrote it (`tex-math`), and MathML 2 (`mml:math`), as its DTD asks."""

from __future__ import annotations

from docutils import nodes
from lxml import etree

from fleuron.content.mathematics import convert
from fleuron.formulas.latex_tree import FormulaError
from fleuron.formulas.mathml import enclosed
from fleuron.library.jats.elements import MATHML, element, xml_text

# Attributes that MathML Core allows on every element, and MathML 2 on these alone.
LIMITED = {
    "displaystyle": {"mstyle", "mtable"},
    "scriptlevel": {"mstyle"},
    "accent": {"mo", "mover", "munderover"},
    "stretchy": {"mo"},
    "mathcolor": {"mi", "mn", "mo", "mtext", "ms", "mstyle"},
    "mathbackground": {"mi", "mn", "mo", "mtext", "ms", "mstyle"},
    "mathsize": {"mi", "mn", "mo", "mtext", "ms", "mstyle"},
}


def formula_element(node: nodes.Element, *, block: bool) -> etree._Element:
    """Return `alternatives` with both forms of a formula, or `tex-math` alone if it cannot be converted."""
    tex = element("tex-math", notation="LaTeX")
    tex.text = xml_text(node.astext())
    try:
        mathml = convert(node, block=block)
    except FormulaError:  # the site and the PDF report it; a record without MathML is still correct
        return tex
    converted = etree.fromstring(mathml, etree.XMLParser(remove_blank_text=True, resolve_entities=False))
    enclosed(converted)
    alternatives = element("alternatives", tex)
    copy_as_mathml2(converted, alternatives)
    return alternatives


def copy_as_mathml2(source: etree._Element, parent: etree._Element) -> None:
    """Copy an element of MathML into a parent, in the MathML namespace and without attributes that MathML 2 lacks."""
    name = etree.QName(source).localname
    copied = etree.SubElement(parent, f"{{{MATHML}}}{name}")
    copied.text = source.text
    for attribute, value in source.attrib.items():
        if name in LIMITED.get(str(attribute), {name}):
            copied.set(attribute, value)
    for child in source:
        copy_as_mathml2(child, copied)
