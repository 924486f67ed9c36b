"""Build and serialise XML files as trees."""

from __future__ import annotations

from lxml import etree

from fleuron.metadata.plain_text import one_line


def add_element(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """Add an element of the parent's namespace, with its text in one line, and the attributes that are not empty."""
    namespace = etree.QName(parent).namespace
    element = etree.SubElement(parent, f"{{{namespace}}}{name}" if namespace else name)
    element.text = one_line(text) or None
    for attribute, value in attributes.items():
        if one_line(value):
            element.set(attribute, one_line(value))
    return element


def xml_bytes(root: etree._Element) -> bytes:
    """Serialise a tree, indented, in UTF-8."""
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
