"""Formulas in JATS: as their author wrote them (`tex-math`), and as MathML 2 (`mml:math`), which its DTD knows."""

from __future__ import annotations

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from lxml import etree

from fleuron.library.jats.elements import MATHML, clean, element

# Attributes that MathML Core has on every element, and MathML 2 on these.
LIMITED = {
    "displaystyle": {"mstyle", "mtable"},
    "scriptlevel": {"mstyle"},
    "accent": {"mo", "mover", "munderover"},
    "stretchy": {"mo"},
    "mathcolor": {"mi", "mn", "mo", "mtext", "ms", "mstyle"},
    "mathbackground": {"mi", "mn", "mo", "mtext", "ms", "mstyle"},
    "mathsize": {"mi", "mn", "mo", "mtext", "ms", "mstyle"},
}


def formula(node: nodes.Element, *, block: bool) -> etree._Element:
    """Set a formula as `alternatives`, or as `tex-math` alone where docutils cannot convert it."""
    tex = element("tex-math", notation="LaTeX")
    tex.text = clean(node.astext())
    try:
        source = tex2mathml(clean(node.astext()), as_block=block)
        converted = etree.fromstring(source, etree.XMLParser(remove_blank_text=True, resolve_entities=False))
    except Exception:
        # The site and the PDF tell of it; a record is not wrong without MathML. docutils 0.22 ends in errors of many
        # kinds beside its MathError, such as an AttributeError at an “&” outside of a table.
        return tex
    alternatives = element("alternatives", tex)
    transplant(converted, alternatives)
    return alternatives


def transplant(source: etree._Element, parent: etree._Element) -> None:
    """Copy an element of MathML below a parent, with the prefix of JATS and the attributes of MathML 2."""
    name = etree.QName(source).localname
    made = etree.SubElement(parent, f"{{{MATHML}}}{name}")
    made.text = source.text
    for attribute, value in source.attrib.items():
        if name in LIMITED.get(str(attribute), {name}):
            made.set(attribute, value)
    for child in source:
        transplant(child, made)
