"""XML files, made as trees."""

from __future__ import annotations

from lxml import etree

from fleuron.metadata.plain_text import folded


def add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """Add an element of the parent's namespace, with its text in one line, and the attributes that are not empty."""
    namespace = etree.QName(parent).namespace
    element = etree.SubElement(parent, f"{{{namespace}}}{name}")
    element.text = folded(text) or None
    for attribute, value in attributes.items():
        if folded(value):
            element.set(attribute, folded(value))
    return element


def written(root: etree._Element) -> bytes:
    """Write a tree as a file in UTF-8."""
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
