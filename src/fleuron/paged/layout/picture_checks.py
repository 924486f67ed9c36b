"""Refuse pictures that are not safe to lay out: SVG with references to files or endless recursion, unknown formats."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree
from xml.parsers import expat

import tinycss2

# The first bytes of a file, and its media type.
SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
SVG = "{http://www.w3.org/2000/svg}"
# Elements drawn: more than the map of a country has, and few enough for a second or two.
LIMIT = 200_000
DEPTH = 200  # of elements within elements; Python's own limit is near five times that
GRADIENTS = (f"{SVG}linearGradient", f"{SVG}radialGradient")


class RefusedPicture(ValueError):
    """Raised for a picture that is refused, with the reason."""


def checked_picture(content: bytes) -> tuple[str, bytes]:
    """Return the media type of a picture, and the picture; raises RefusedPicture."""
    for start, media_type in SIGNATURES.items():
        if content.startswith(start):
            return media_type, content
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp", content
    check_svg(content)
    return "image/svg+xml", content


def check_svg(content: bytes) -> None:
    """Refuse an SVG that declares entities, refers to other files, or repeats itself without end."""
    refuse_entities(content)
    root = ElementTree.fromstring(content)
    if root.tag != f"{SVG}svg":
        raise RefusedPicture("it is neither PNG, JPEG, GIF, WebP nor SVG")
    SvgCheck(root).check()


def refuse_entities(content: bytes) -> None:
    """Refuse an XML document that declares entities, before any is expanded."""

    def refuse(*_: Any) -> None:
        raise RefusedPicture("an SVG must not declare entities")

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise RefusedPicture(f"it is neither PNG, JPEG, GIF, WebP nor valid SVG ({error})") from error


class SvgCheck:
    """Counts the elements that an SVG would draw, with those that it repeats."""

    def __init__(self, root: ElementTree.Element) -> None:
        self.root = root
        self.named = {name: element for element in root.iter() if (name := element.get("id"))}
        self.counts: dict[ElementTree.Element, int] = {}
        self.unfinished: set[ElementTree.Element] = set()

    def check(self) -> None:
        """Check the style sheets and count the elements; raises RefusedPicture."""
        for element in self.root.iter():
            if element.tag == f"{SVG}style":
                self.check_style_sheet(element.text or "")
        self.count(self.root, 0)

    def check_style_sheet(self, text: str) -> None:
        """Refuse a style sheet that imports another, or refers to elements other than gradients."""
        for token in tokens(tinycss2.parse_component_value_list(text)):
            if token.type == "at-keyword" and token.lower_value in ("import", "font-face"):
                raise RefusedPicture(f"the style sheet in an SVG must not use @{token.lower_value}")
        for target in targets(text):
            element = self.named.get(target)
            if element is not None and element.tag not in GRADIENTS:
                raise RefusedPicture("the style sheet in an SVG may refer only to gradients")

    def count(self, element: ElementTree.Element, depth: int) -> int:
        """Count the elements that are drawn for one; raises RefusedPicture for a cycle and for too many."""
        if element in self.unfinished:
            raise RefusedPicture("the SVG repeats itself without end")
        if depth > DEPTH:
            raise RefusedPicture(f"the SVG has elements nested more than {DEPTH} deep")
        if element not in self.counts:
            self.unfinished.add(element)
            inner = sum(self.count(child, depth + 1) for child in element)
            referred = sum(self.count(other, depth + 1) * times for other, times in self.referred(element))
            self.counts[element] = 1 + inner + referred
            self.unfinished.remove(element)
        if self.counts[element] > LIMIT:
            raise RefusedPicture(f"the SVG draws more than {LIMIT} elements")
        return self.counts[element]

    def referred(self, element: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, int]]:
        """Yield the elements that one repeats, or is filled, clipped or marked with, and how often it may be."""
        corners = 1 + len(element.get("d", "") + element.get("points", "")) // 2
        for name, value in element.attrib.items():
            if name.rpartition("}")[2] == "href" and element.tag != f"{SVG}a":  # a link draws nothing
                found = list(reference(element, value.strip()))
            else:
                found = list(targets(value))
            times = corners if "marker" in name + value else 1
            yield from ((self.named[target], times) for target in found if target in self.named)


def reference(element: ElementTree.Element, address: str) -> Iterator[str]:
    """Yield the id that an address within an SVG refers to; raises RefusedPicture for another file."""
    if address.startswith("#"):
        yield address[1:]
    elif element.tag == f"{SVG}image" and address.startswith("data:"):
        if (
            decode_data_address(address).startswith(b"<")
            or checked_picture(decode_data_address(address))[0] == "image/svg+xml"
        ):
            raise RefusedPicture("an SVG may embed photographs, but not another SVG")
    else:
        raise RefusedPicture("an SVG may not refer to anything outside itself")


def decode_data_address(address: str) -> bytes:
    """Return the content of a data address (RFC 2397); raises RefusedPicture if it cannot be read."""
    head, _, data = address.partition(",")
    try:
        return base64.b64decode(data) if head.endswith(";base64") else unquote_to_bytes(data)
    except ValueError as error:
        raise RefusedPicture("a picture embedded in the text cannot be read") from error


def targets(text: str) -> Iterator[str]:
    """Yield the ids that a CSS value or style sheet refers to; raises RefusedPicture for another file."""
    if "(" not in text:
        return
    for token in tokens(tinycss2.parse_component_value_list(text)):
        address = None
        if token.type == "url":
            address = token.value
        elif token.type == "function" and token.lower_name in ("url", "src", "image", "image-set"):
            address = next((part.value for part in token.arguments if part.type == "string"), "")
        if address is not None:
            if not address.strip().startswith("#"):
                raise RefusedPicture("an SVG may not refer to anything outside itself")
            yield address.strip()[1:]


def tokens(values: Any) -> Iterator[Any]:
    """Yield the tokens of a value, including those within functions and blocks."""
    for token in values:
        yield token
        yield from tokens(getattr(token, "content", None) or getattr(token, "arguments", None) or ())
