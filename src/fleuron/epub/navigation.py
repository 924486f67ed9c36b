"""The navigation document of an EPUB beside its contents: landmarks, and the pages of the volume (EPUB 3.3, 7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
TYPE = f"{{{OPS}}}type"


@dataclass(frozen=True)
class Landmark:
    """A place in a book: what it is, in the EPUB structural vocabulary, its title and its address."""

    kind: str
    title: str
    address: str


def complete(
    root: etree._Element, landmarks: Iterable[Landmark], heading: str, pages: Iterable[tuple[str, str]]
) -> None:
    """Add landmarks, and under a heading the list of pages by name and address, to a navigation document."""
    body = root.find(f"{{{XHTML}}}body")
    assert body is not None
    contents = body.find(f"{{{XHTML}}}nav")
    if contents is not None:
        contents.set("role", "doc-toc")
    places = etree.SubElement(hidden(body, "landmarks"), f"{{{XHTML}}}ol")
    for each in landmarks:
        link(places, each.title, each.address).set(TYPE, each.kind)
    if listed := list(pages):
        listing = hidden(body, "page-list")
        listing.set("role", "doc-pagelist")
        etree.SubElement(listing, f"{{{XHTML}}}h2").text = heading
        names = etree.SubElement(listing, f"{{{XHTML}}}ol")
        for name, address in listed:
            link(names, name, address)


def dress(root: etree._Element, direction: str, sheets: Iterable[str]) -> None:
    """Give a navigation document the direction and the stylesheets of the other pages."""
    root.set("dir", direction)
    head = root.find(f"{{{XHTML}}}head")
    assert head is not None
    for sheet in sheets:
        etree.SubElement(head, f"{{{XHTML}}}link", rel="stylesheet", type="text/css", href=sheet)


def hidden(body: etree._Element, kind: str) -> etree._Element:
    """Begin a list that reading systems offer, and no page shows."""
    return etree.SubElement(body, f"{{{XHTML}}}nav", {TYPE: kind, "hidden": "hidden"})


def link(listing: etree._Element, title: str, address: str) -> etree._Element:
    """Add a link to a list."""
    found = etree.SubElement(etree.SubElement(listing, f"{{{XHTML}}}li"), f"{{{XHTML}}}a", href=address)
    found.text = title
    return found
