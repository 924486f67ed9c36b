"""Complete the navigation document that Sphinx writes: landmarks and page list (EPUB 3.3, 7), direction, styles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
TYPE = f"{{{OPS}}}type"


@dataclass(frozen=True)
class Landmark:
    """A landmark of a book; ``kind`` is a term of the EPUB structural vocabulary."""

    kind: str
    title: str
    address: str


def add_landmarks_and_pages(
    root: etree._Element, landmarks: Iterable[Landmark], heading: str, pages: Iterable[tuple[str, str]]
) -> None:
    """Add the landmarks and, under a heading, the page list to a navigation document.

    ``pages`` are names and addresses.
    """
    body = root.find(f"{{{XHTML}}}body")
    assert body is not None
    contents = body.find(f"{{{XHTML}}}nav")
    if contents is not None:
        contents.set("role", "doc-toc")
    landmark_list = etree.SubElement(add_hidden_nav(body, "landmarks"), f"{{{XHTML}}}ol")
    for landmark in landmarks:
        add_link(landmark_list, landmark.title, landmark.address).set(TYPE, landmark.kind)
    if named := list(pages):
        nav = add_hidden_nav(body, "page-list")
        nav.set("role", "doc-pagelist")
        etree.SubElement(nav, f"{{{XHTML}}}h2").text = heading
        page_list = etree.SubElement(nav, f"{{{XHTML}}}ol")
        for name, address in named:
            add_link(page_list, name, address)


def add_direction_and_styles(root: etree._Element, direction: str, sheets: Iterable[str]) -> None:
    """Give a navigation document the direction and the style sheets of the other pages."""
    root.set("dir", direction)
    head = root.find(f"{{{XHTML}}}head")
    assert head is not None
    for sheet in sheets:
        etree.SubElement(head, f"{{{XHTML}}}link", rel="stylesheet", type="text/css", href=sheet)


def add_hidden_nav(body: etree._Element, kind: str) -> etree._Element:
    """Add a `nav` that reading systems use and the page does not show."""
    return etree.SubElement(body, f"{{{XHTML}}}nav", {TYPE: kind, "hidden": "hidden"})


def add_link(parent: etree._Element, title: str, address: str) -> etree._Element:
    """Add an item with a link to a list, and return the link."""
    link = etree.SubElement(etree.SubElement(parent, f"{{{XHTML}}}li"), f"{{{XHTML}}}a", href=address)
    link.text = title
    return link
