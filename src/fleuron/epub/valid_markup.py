"""Make the markup of a page valid XHTML where authors' HTML or an extension's is what browsers forgive.

Importers write what HTML had long ago (`align`, `<center>`), and extensions give several elements one id. No word is
changed: elements are renamed, and attributes become styles or go (HTML, 16.2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

XHTML = "http://www.w3.org/1999/xhtml"
# Elements of other vocabularies, which HTML knows by their names alone.
FOREIGN = {"math": "http://www.w3.org/1998/Math/MathML", "svg": "http://www.w3.org/2000/svg"}
WRAPPER = f'<div xmlns="{XHTML}" xmlns:epub="http://www.idpf.org/2007/ops">'
# Elements that are no longer, with what they are now.
RENAMED: Mapping[str, tuple[str, str]] = {
    "acronym": ("abbr", ""),
    "big": ("span", "font-size: larger"),
    "center": ("div", "text-align: center"),
    "dir": ("ul", ""),
    "font": ("span", ""),
    "nobr": ("span", "white-space: nowrap"),
    "strike": ("s", ""),
    "tt": ("code", ""),
}
# Attributes that are no longer, with the property that says the same.
STYLED: Mapping[str, str] = {
    "align": "text-align",
    "bgcolor": "background-color",
    "color": "color",
    "face": "font-family",
    "nowrap": "white-space",
    "valign": "vertical-align",
}
GONE = frozenset(
    {
        *("background", "border", "cellpadding", "cellspacing", "char", "charoff", "clear", "compact", "frame"),
        *("frameborder", "hspace", "link", "longdesc", "marginheight", "marginwidth", "noshade", "rules", "scrolling"),
        *("size", "summary", "text", "vlink", "vspace"),
        # Of kramdown and PHP Markdown Extra, and of frames for films before HTML had one for all browsers.
        *("markdown", "allowtransparency", "mozallowfullscreen", "webkitallowfullscreen"),
    }
)
# Elements that still have some of these attributes.
SIZED = frozenset({"canvas", "embed", "iframe", "img", "input", "object", "source", "svg", "video"})
# The elements in which others must be; elsewhere they are blocks like any other.
PARENTS: Mapping[str, frozenset[str]] = {
    "li": frozenset({"ul", "ol", "menu"}),
    "dt": frozenset({"dl", "div"}),
    "dd": frozenset({"dl", "div"}),
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
    "tr": frozenset({"table", "thead", "tbody", "tfoot"}),
}
BLOCKS = frozenset({"blockquote", "details", "div", "dl", "figure", "hr", "ol", "p", "pre", "section", "table", "ul"})
# Deprecated in DPUB-ARIA 1.1.
DEPRECATED_ROLES = frozenset({"doc-biblioentry", "doc-endnote"})


def valid_markup(body: str) -> str:
    """Return the body of a page with valid markup; unchanged if it is not XML, or nothing is wrong."""
    try:
        root = etree.fromstring(f"{WRAPPER}{body}</div>")
    except etree.XMLSyntaxError:
        return body
    before, seen = etree.tostring(root, encoding="unicode"), set[str]()
    for element in list(root.iter(f"{{{XHTML}}}*")):
        correct_element(element)
        correct_attributes(element)
        correct_id(element, seen)
    after = etree.tostring(root, encoding="unicode")
    return body if after == before else after[after.index(">") + 1 : after.rindex("<")]


def name_of(element: etree._Element | None) -> str:
    return str(element.tag).rpartition("}")[2] if element is not None else ""


def rename(element: etree._Element, name: str) -> None:
    element.tag = f"{{{XHTML}}}{name}"


def add_style(element: etree._Element, style: str) -> None:
    before = (element.get("style") or "").strip().rstrip(";")
    element.set("style", f"{before}; {style}" if before else style)


def correct_element(element: etree._Element) -> None:
    """Rename an element that HTML no longer has, or that may not stand where it does."""
    name = name_of(element)
    if name in RENAMED:
        name, style = RENAMED[name]
        rename(element, name)
        if style:
            add_style(element, style)
    if name in FOREIGN:
        for part in element.iter(f"{{{XHTML}}}*"):
            part.tag = f"{{{FOREIGN[name]}}}{name_of(part)}"
    elif name == "table":
        gather_rows(element)
    elif (name in PARENTS and name_of(element.getparent()) not in PARENTS[name]) or (
        name == "p" and any(name_of(child) in BLOCKS for child in element)
    ):
        rename(element, "div")


def gather_rows(table: etree._Element) -> None:
    """Put rows that stand beside groups of rows into groups."""
    if table.find(f"{{{XHTML}}}tbody") is None:
        return
    group = None
    for row in list(table):
        if name_of(row) != "tr":
            group = None
            continue
        if group is None:
            group = etree.Element(f"{{{XHTML}}}tbody")
            table.replace(row, group)
        group.append(row)


def correct_attributes(element: etree._Element) -> None:
    """Replace attributes that are no longer by styles."""
    name = name_of(element)
    for attribute, value in list(element.attrib.items()):
        key, text = str(attribute), str(value).strip()
        if key in STYLED and not (key == "color" and name == "link"):
            del element.attrib[attribute]
            if re.fullmatch(r"[\w#., -]+", text) or key == "nowrap":
                add_style(element, f"{STYLED[key]}: {'nowrap' if key == 'nowrap' else text}")
        elif key in ("width", "height") and name not in SIZED:
            del element.attrib[attribute]
            if key == "width" and re.fullmatch(r"\d+%?", text):
                add_style(element, f"width: {text if text.endswith('%') else text + 'px'}")
        elif is_gone(key, name, element):
            del element.attrib[attribute]
    if element.get("role") in DEPRECATED_ROLES:
        del element.attrib["role"]


def is_gone(attribute: str, name: str, element: etree._Element) -> bool:
    """Return whether an element may not have an attribute, and nothing says the same."""
    if attribute in GONE:
        return not (attribute == "size" and name == "input")
    if name == "ul" and attribute == "type":
        return True
    if name == "li" and attribute == "value":
        return name_of(element.getparent()) != "ol"
    if name == "a" and attribute in ("target", "rel", "rev", "charset", "shape", "coords"):
        return not element.get("href") or attribute not in ("target", "rel")
    return name == "label" and attribute == "for"


def correct_id(element: etree._Element, seen: set[str]) -> None:
    """Remove an id that an element before has, or that no element may have."""
    identifier = element.get("id")
    if identifier is None:
        return
    if identifier in seen or not identifier.strip() or re.search(r"\s", identifier):
        del element.attrib["id"]
    seen.add(identifier)
