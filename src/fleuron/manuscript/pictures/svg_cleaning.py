"""Take scripts, event handlers and references to other files out of a drawing in SVG.

A browser runs the scripts of a drawing that is opened by itself, and fetches what it refers to.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.entities import html5
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import tinycss2
from lxml import etree

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
NAMED_CHARACTER = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
# Elements that run code, or show another document, in SVG or in HTML within it.
CODE = frozenset(
    {"script", "handler", "listener", "iframe", "object", "embed", "audio", "video", "link", "meta", "base"}
)
# Elements that are nothing without the address that they refer to.
REFERRING = frozenset({"image", "use", "feImage", "img", "source"})
ANIMATIONS = frozenset({"animate", "animateMotion", "animateTransform", "set"})
ADDRESSES = frozenset({"href", "src", "data", "action", "formaction", "poster", "srcset", "background"})
# What a link in a drawing may lead to; it is followed by a reader, and fetched by nobody.
LINKED = frozenset({"http", "https", "mailto", "doi"})
BITMAP_ADDRESSES = tuple(f"data:image/{kind}" for kind in ("png", "jpeg", "jpg", "gif", "webp"))
DRAWING_ADDRESS = "data:image/svg+xml"
# What every reference in CSS has: one of these names, or an escape that may spell it.
REFERENCE = re.compile(r"url|src|image|@import|\\", re.IGNORECASE)
# The most that a message lists.
MOST = 5
# Drawings within drawings: one is enough for a logo in a figure.
DEEPEST = 2


class BrokenSvg(ValueError):
    """Raised for a file that is not a drawing, with the line (from 1) of what is wrong."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem


@dataclass(frozen=True)
class Removal:
    """What was taken out of a drawing, and at which line of its file (from 1)."""

    line: int
    what: str


@dataclass(frozen=True)
class CleanSvg:
    """A drawing without what was ``removed``; the same bytes as before if nothing was."""

    content: bytes
    removed: tuple[Removal, ...] = ()


def listed(removed: Sequence[Removal], before: int = 0) -> str:
    """Return what was taken out, each with its line, and ``before`` lines before the first."""
    named = [f"{removal.what} (line {removal.line + before})" for removal in removed[:MOST]]
    return ", ".join(named) + (f" and {len(removed) - MOST} more" if len(removed) > MOST else "")


def clean_svg(content: bytes, depth: int = 1) -> CleanSvg:
    """Return a drawing without scripts and references to other files; raises BrokenSvg."""
    tree = parse_svg(content)
    removed = list(remove_from(tree, depth))
    if not removed and b"<!DOCTYPE" not in content:
        return CleanSvg(content)
    return CleanSvg(serialize(tree.getroot()), tuple(dict.fromkeys(removed)))


def clean_inline_svg(text: str) -> CleanSvg:
    """Return a drawing that is part of HTML as XML, without code and outside references; raises BrokenSvg.

    HTML needs no declarations of namespaces, and has names for more characters.
    """
    head, bracket, rest = text.partition(">")
    declared = "" if re.search(r"\bxmlns\s*=", head) else f' xmlns="{SVG}"'
    if "xlink:" in text and "xmlns:xlink" not in head:
        declared += f' xmlns:xlink="{XLINK}"'
    head = f"<svg{declared}{head[4:]}"
    written = NAMED_CHARACTER.sub(character, head + bracket + rest)
    tree = parse_svg(written.encode())
    removed = tuple(dict.fromkeys(remove_from(tree, 1)))
    etree.cleanup_namespaces(tree)
    return CleanSvg(etree.tostring(tree.getroot(), encoding="utf-8"), removed)


def character(reference: re.Match[str]) -> str:
    """Return the character of a name that HTML has and XML has not; any other reference as it is."""
    known = reference[1] in XML_NAMES
    return reference[0] if known else html5.get(f"{reference[1]};", reference[0])


def parse_svg(content: bytes) -> etree._ElementTree:
    """Parse a drawing, whose own entities are replaced by their text; raises BrokenSvg."""
    tree = parse_xml(content)
    root = tree.getroot()
    if root.tag != f"{{{SVG}}}svg":
        name = etree.QName(root)
        missing = f'; write <svg xmlns="{SVG}">' if name.localname == "svg" else ""
        raise BrokenSvg(1, f"it is not an SVG: its root element is <{name.localname}>{missing}")
    return tree


def parse_xml(content: bytes) -> etree._ElementTree:
    """Parse XML, reading no other file; entities that are in other files are left as they are."""
    try:
        return etree.ElementTree(etree.fromstring(content, parser_for("internal")))
    except etree.XMLSyntaxError as first:
        try:
            root = etree.fromstring(content, parser_for(False))
        except etree.XMLSyntaxError:
            root = None
        if root is None or b"<!ENTITY" not in content:
            raise BrokenSvg(first.lineno or 1, str(first.msg)) from first
        return etree.ElementTree(root)


def parser_for(entities: Any) -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=entities, no_network=True, load_dtd=False, huge_tree=False)


def serialize(root: etree._Element) -> bytes:
    """Write a drawing, without its document type declaration."""
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def remove_from(tree: etree._ElementTree, depth: int) -> Iterator[Removal]:
    """Remove from a drawing what it may not have, and yield each."""
    root = tree.getroot()
    for instruction in root.itersiblings(preceding=True):
        if getattr(instruction, "target", "") == "xml-stylesheet":  # it is not written: only the root element is
            yield Removal(line_of(instruction), "a reference to a style sheet")
    dtd: Any = tree.docinfo.internalDTD
    entities = {entity.name: entity.content for entity in dtd.iterentities()} if dtd is not None else {}
    if None in entities.values():
        yield Removal(1, "an entity that is in another file")
    for node in list(root.iter()):
        if node is not root and node.getparent() is None:
            continue  # within what is removed
        if isinstance(node, etree._Entity):
            node.tail = (entities.get(node.name) or "") + (node.tail or "")
            remove(node)
        elif isinstance(node.tag, str):
            yield from remove_from_element(node, depth)


def remove_from_element(element: etree._Element, depth: int) -> Iterator[Removal]:
    """Remove an element, or what is wrong in its attributes and style sheet."""
    name, line = etree.QName(element).localname, line_of(element)
    if name.lower() in CODE:
        yield Removal(line, f"<{name}>")
        remove(element)
        return
    if name in ANIMATIONS and is_code(str(element.get("attributeName", ""))):
        yield Removal(line, f"<{name}> of “{element.get('attributeName')}”")
        remove(element)
        return
    for key, value in [(str(key), str(value)) for key, value in element.attrib.items()]:
        attribute = etree.QName(key).localname
        if attribute.lower().startswith("on") or key.endswith("}base"):
            yield Removal(line, f"“{attribute}”")
            del element.attrib[key]
        elif attribute.lower() in ADDRESSES:
            address = allowed_address(name, value, depth)
            if address is None:
                yield Removal(line, f"a reference to “{shortened(value)}”")
                del element.attrib[key]
                if name in REFERRING:
                    remove(element)
                    return
            elif address != value:
                yield Removal(line, "code in a drawing within it")
                element.set(key, address)
        elif REFERENCE.search(value):
            kept = without_outside_addresses(value, is_style=attribute == "style")
            if kept != value:
                yield Removal(line, f"a reference in “{attribute}”")
                element.set(key, kept)
    if name == "style" and element.text and REFERENCE.search(element.text):
        kept = clean_style_sheet(element.text)
        if kept != element.text:
            yield Removal(line, "a reference in a style sheet")
            element.text = kept


def line_of(node: Any) -> int:
    """Return the line of a node, from 1."""
    return int(node.sourceline or 1)


def is_code(attribute: str) -> bool:
    """Return whether an attribute that is animated could become code or a reference."""
    name = attribute.rpartition(":")[2].strip().lower()
    return name.startswith("on") or name in ADDRESSES


def shortened(address: str) -> str:
    return address if len(address) < 80 else address[:80] + "…"


def remove(node: etree._Element) -> None:
    """Remove a node, and keep the text after it."""
    parent, previous = node.getparent(), node.getprevious()
    if parent is None:
        return
    if previous is not None:
        previous.tail = (previous.tail or "") + (node.tail or "") or None
    else:
        parent.text = (parent.text or "") + (node.tail or "") or None
    parent.remove(node)


def allowed_address(element: str, value: str, depth: int) -> str | None:
    """Return the address that an element may refer to: its own or a cleaned one; None for another file or code."""
    address = "".join(value.split()) if value.lstrip()[:5].lower() == "data:" else value.strip()
    if address.startswith("#"):
        return value
    if address.lower().startswith(BITMAP_ADDRESSES):
        return value
    if address.lower().startswith(DRAWING_ADDRESS) and element in ("image", "feImage", "img") and depth < DEEPEST:
        return clean_data_address(value, depth)
    if element == "a":
        try:
            return value if urlsplit(address).scheme.lower() in LINKED else None
        except ValueError:
            return None
    return None


def clean_data_address(value: str, depth: int = 0) -> str | None:
    """Return the data address of a drawing (RFC 2397) without code in it; None if it is not a drawing's."""
    head, _, data = value.partition(",")
    try:
        content = base64.b64decode(data) if head.strip().lower().endswith(";base64") else unquote_to_bytes(data)
        cleaned = clean_svg(content, depth + 1)
    except ValueError:
        return None
    if not cleaned.removed:
        return value
    return f"{DRAWING_ADDRESS};base64,{base64.b64encode(cleaned.content).decode()}"


def is_outside(token: Any) -> bool:
    """Return whether a token of CSS refers to another file, or one within it does."""
    address = None
    if token.type == "url":
        address = token.value
    elif token.type == "function" and token.lower_name in ("url", "src", "image", "image-set", "-webkit-image-set"):
        address = next((part.value for part in token.arguments if part.type in ("string", "url")), "")
    if address is not None:
        return not address.strip().startswith(("#", "data:font/", "data:application/", *BITMAP_ADDRESSES))
    if token.type == "error":
        return True
    within = getattr(token, "content", None) or getattr(token, "arguments", None) or ()
    return any(map(is_outside, within))


def without_outside_addresses(value: str, *, is_style: bool) -> str:
    """Return an attribute's value without declarations, or without the value, that refer to other files."""
    if not is_style:
        return "none" if any(map(is_outside, tinycss2.parse_component_value_list(value))) else value
    parsed = tinycss2.parse_blocks_contents(value)
    kept = [each for each in parsed if not refers_outside(each)]
    return value if len(kept) == len(parsed) else serialize_css(kept)


def refers_outside(part: Any) -> bool:
    """Return whether a declaration or a rule refers to another file."""
    if part.type == "declaration":
        return any(map(is_outside, part.value))
    if part.type == "at-rule" and part.lower_at_keyword == "import":
        return True
    return any(map(is_outside, [*getattr(part, "prelude", ()), *(getattr(part, "content", None) or ())]))


def clean_style_sheet(text: str) -> str:
    """Return a style sheet without imports, and without the declarations that refer to other files."""
    rules = tinycss2.parse_stylesheet(text)
    if not any(map(refers_outside, rules)):
        return text
    for rule in rules:
        if rule.type == "qualified-rule" and refers_outside(rule):
            declarations = tinycss2.parse_blocks_contents(rule.content)
            rule.content = [each for each in declarations if not refers_outside(each) and each.type != "error"]
    kept = [rule for rule in rules if rule.type == "qualified-rule" or not refers_outside(rule)]
    return serialize_css(kept)


def serialize_css(parts: Sequence[Any]) -> str:
    """Write rules or declarations, without what is not valid, which tinycss2 1.5 cannot write."""
    return str(tinycss2.serialize([part for part in parts if part.type != "error"]))
