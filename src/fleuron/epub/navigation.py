"""Write the navigation document: contents, landmarks and page list (EPUB 3.3, 7); and the contents as NCX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from fleuron.editions.bidirectional import has_other_direction

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
NCX = "http://www.daisy.org/z3986/2005/ncx/"
TYPE = f"{{{OPS}}}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Landmark:
    """A landmark of a book; ``kind`` is a term of the EPUB structural vocabulary."""

    kind: str
    title: str
    address: str


@dataclass(frozen=True)
class NavigationPoint:
    """An entry of the contents with those below it; a part has no address.

    ``language`` (BCP 47) is that of the title, or "" if it is the book's.
    """

    title: str
    address: str
    points: tuple[NavigationPoint, ...] = ()
    language: str = ""

    @property
    def first_address(self) -> str:
        """The address, or for a part that of the first point below it that has one."""
        return self.address or next((found for point in self.points if (found := point.first_address)), "")

    @property
    def depth(self) -> int:
        return 1 + max((point.depth for point in self.points), default=0)


@dataclass(frozen=True)
class Navigation:
    """What the navigation document of a book in a language has; ``pages`` are names and addresses.

    The headings have attributes, since their texts may be in another language.
    """

    language: str
    direction: str
    style_sheets: Sequence[str]
    heading: str
    points: Sequence[NavigationPoint]
    landmarks: Sequence[Landmark]
    pages_heading: str
    pages: Sequence[tuple[str, str]]
    heading_attributes: dict[str, str]
    pages_attributes: dict[str, str]


def navigation_document(navigation: Navigation) -> etree._Element:
    """Return a navigation document: the contents, landmarks and, under a heading, the page list."""
    attributes = {"lang": navigation.language, XML_LANG: navigation.language, "dir": navigation.direction}
    root = etree.Element(f"{{{XHTML}}}html", attributes, nsmap={None: XHTML, "epub": OPS})  # type: ignore[dict-item]  # lxml-stubs 0.5 knows no default
    head = etree.SubElement(root, f"{{{XHTML}}}head")
    etree.SubElement(head, f"{{{XHTML}}}title").text = navigation.heading
    for sheet in navigation.style_sheets:
        etree.SubElement(head, f"{{{XHTML}}}link", rel="stylesheet", type="text/css", href=sheet)
    body = etree.SubElement(root, f"{{{XHTML}}}body")
    contents = etree.SubElement(body, f"{{{XHTML}}}nav", {TYPE: "toc", "role": "doc-toc"})
    heading = etree.SubElement(contents, f"{{{XHTML}}}h1", {TYPE: "title", **navigation.heading_attributes})
    heading.text = navigation.heading
    add_points(contents, navigation.points, navigation.direction)
    landmark_list = etree.SubElement(add_hidden_nav(body, "landmarks"), f"{{{XHTML}}}ol")
    for landmark in navigation.landmarks:
        add_link(landmark_list, landmark.title, landmark.address).set(TYPE, landmark.kind)
    if navigation.pages:
        nav = add_hidden_nav(body, "page-list")
        nav.set("role", "doc-pagelist")
        etree.SubElement(nav, f"{{{XHTML}}}h2", navigation.pages_attributes).text = navigation.pages_heading
        page_list = etree.SubElement(nav, f"{{{XHTML}}}ol")
        for name, address in navigation.pages:
            add_link(page_list, name, address)
    return root


def add_points(parent: etree._Element, points: Iterable[NavigationPoint], direction: str) -> None:
    """Add a list of points; a title that runs the other way than the book's text is isolated from what is around it."""
    listed = etree.SubElement(parent, f"{{{XHTML}}}ol")
    for point in points:
        item = etree.SubElement(listed, f"{{{XHTML}}}li")
        if point.address:
            shown = etree.SubElement(item, f"{{{XHTML}}}a", href=point.address)
        else:
            shown = etree.SubElement(item, f"{{{XHTML}}}span")
        shown.text = point.title
        if point.language:
            shown.set("lang", point.language)
            shown.set(XML_LANG, point.language)
        if has_other_direction(point.title, direction):
            shown.set("dir", "auto")
        if point.points:
            add_points(item, point.points, direction)


def ncx_document(identifier: str, title: str, points: Sequence[NavigationPoint]) -> etree._Element:
    """Return the contents as NCX (OPF 2.0.1, 2.4.1), which reading systems of EPUB 2 use."""
    root = etree.Element(f"{{{NCX}}}ncx", version="2005-1", nsmap={None: NCX})  # type: ignore[dict-item]  # lxml-stubs 0.5 knows no default
    head = etree.SubElement(root, f"{{{NCX}}}head")
    depth = max((point.depth for point in points), default=1)
    for name, content in (("uid", identifier), ("depth", str(depth)), ("totalPageCount", "0"), ("maxPageNumber", "0")):
        etree.SubElement(head, f"{{{NCX}}}meta", name=f"dtb:{name}", content=content)
    add_label(root, "docTitle", title)
    places = list(dict.fromkeys(point.first_address for point in all_points(points)))
    order = {address: str(place) for place, address in enumerate(places, 1)}
    number = 0

    def add(parent: etree._Element, inner: Iterable[NavigationPoint]) -> None:
        nonlocal number
        for point in inner:
            number += 1
            place = order[point.first_address]
            element = etree.SubElement(parent, f"{{{NCX}}}navPoint", id=f"navPoint{number}", playOrder=place)
            add_label(element, "navLabel", point.title)
            etree.SubElement(element, f"{{{NCX}}}content", src=point.first_address)
            add(element, point.points)

    add(etree.SubElement(root, f"{{{NCX}}}navMap"), points)
    return root


def all_points(points: Iterable[NavigationPoint]) -> Iterator[NavigationPoint]:
    """Yield points and all those below them."""
    for point in points:
        yield point
        yield from all_points(point.points)


def add_label(parent: etree._Element, name: str, text: str) -> None:
    """Add a label of the NCX."""
    label = etree.SubElement(parent, f"{{{NCX}}}{name}")
    etree.SubElement(label, f"{{{NCX}}}text").text = text


def add_hidden_nav(body: etree._Element, kind: str) -> etree._Element:
    """Add a `nav` that reading systems use and the page does not show."""
    return etree.SubElement(body, f"{{{XHTML}}}nav", {TYPE: kind, "hidden": "hidden"})


def add_link(parent: etree._Element, title: str, address: str) -> etree._Element:
    """Add an item with a link to a list, and return the link."""
    link = etree.SubElement(etree.SubElement(parent, f"{{{XHTML}}}li"), f"{{{XHTML}}}a", href=address)
    link.text = title
    return link
