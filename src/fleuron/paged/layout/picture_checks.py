"""Vets pictures before they are laid out: what is no picture, or would never be drawn to its end, is refused."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree
from xml.parsers import expat

import tinycss2

# What a file begins with.
KINDS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
SVG = "{http://www.w3.org/2000/svg}"
# Elements drawn: more than a map of a country has, and few enough for a second or two.
LIMIT = 200_000
DEPTH = 200  # of elements within elements; Python's own limit is near five times that
GRADIENTS = (f"{SVG}linearGradient", f"{SVG}radialGradient")


class UnfitPicture(ValueError):
    """A picture that is not laid out, with the reason."""


def vetted(content: bytes) -> tuple[str, bytes]:
    """Return the type of a picture, and the picture; raises UnfitPicture."""
    for start, kind in KINDS.items():
        if content.startswith(start):
            return kind, content
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp", content
    vet_drawing(content)
    return "image/svg+xml", content


def vet_drawing(content: bytes) -> None:
    """Refuse an SVG that declares entities, leads out of itself, or repeats itself without end."""
    refuse_entities(content)
    root = ElementTree.fromstring(content)
    if root.tag != f"{SVG}svg":
        raise UnfitPicture("it is neither PNG, JPEG, GIF, WebP nor SVG")
    Drawing(root).vet()


def refuse_entities(content: bytes) -> None:
    """Read an XML document and refuse one with entities of its own, before any is put in."""

    def refuse(*_: Any) -> None:
        raise UnfitPicture("an SVG with entities of its own is not read")

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise UnfitPicture(f"it is neither PNG, JPEG, GIF, WebP nor sound SVG ({error})") from error


class Drawing:
    """Counts what an SVG would draw, where it refers to parts of itself."""

    def __init__(self, root: ElementTree.Element) -> None:
        self.root = root
        self.named = {name: element for element in root.iter() if (name := element.get("id"))}
        self.counts: dict[ElementTree.Element, int] = {}
        self.open: set[ElementTree.Element] = set()

    def vet(self) -> None:
        for element in self.root.iter():
            if element.tag == f"{SVG}style":
                self.vet_stylesheet(element.text or "")
        self.count(self.root, 0)

    def vet_stylesheet(self, text: str) -> None:
        """Refuse a style sheet that reads another, or gives elements more than colours and gradients."""
        for token in tokens(tinycss2.parse_component_value_list(text)):
            if token.type == "at-keyword" and token.lower_value in ("import", "font-face"):
                raise UnfitPicture(f"the style sheet in an SVG has no @{token.lower_value}")
        for target in targets(text):
            element = self.named.get(target)
            if element is not None and element.tag not in GRADIENTS:
                raise UnfitPicture("the style sheet in an SVG refers to gradients alone")

    def count(self, element: ElementTree.Element, depth: int) -> int:
        """Count the elements that drawing one draws; raises UnfitPicture for a circle and for too many."""
        if element in self.open:
            raise UnfitPicture("the SVG repeats itself without end")
        if depth > DEPTH:
            raise UnfitPicture(f"the SVG has elements within elements, {DEPTH} and more")
        if element not in self.counts:
            self.open.add(element)
            inner = sum(self.count(each, depth + 1) for each in element)
            referred = sum(self.count(each, depth + 1) * times for each, times in self.referred(element))
            self.counts[element] = 1 + inner + referred
            self.open.remove(element)
        if self.counts[element] > LIMIT:
            raise UnfitPicture(f"the SVG draws more than {LIMIT} elements")
        return self.counts[element]

    def referred(self, element: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, int]]:
        """Yield the elements that one draws again, or is filled, cut or marked with, and how often it may."""
        corners = 1 + len(element.get("d", "") + element.get("points", "")) // 2
        for name, value in element.attrib.items():
            if name.rpartition("}")[2] == "href" and element.tag != f"{SVG}a":  # a link draws nothing
                found = list(reference(element, value.strip()))
            else:
                found = list(targets(value))
            times = corners if "marker" in name + value else 1
            yield from ((self.named[target], times) for target in found if target in self.named)


def reference(element: ElementTree.Element, address: str) -> Iterator[str]:
    """Yield the name that an address within an SVG leads to; raises UnfitPicture for another file's."""
    if address.startswith("#"):
        yield address[1:]
    elif element.tag == f"{SVG}image" and address.startswith("data:"):
        if carried(address).startswith(b"<") or vetted(carried(address))[0] == "image/svg+xml":
            raise UnfitPicture("an SVG may carry photographs, but no other SVG")
    else:
        raise UnfitPicture("an SVG may not refer to anything outside itself")


def carried(address: str) -> bytes:
    """Return the content that a data address (RFC 2397) carries; raises UnfitPicture if it cannot be read."""
    head, _, data = address.partition(",")
    try:
        return base64.b64decode(data) if head.endswith(";base64") else unquote_to_bytes(data)
    except ValueError as error:
        raise UnfitPicture("a picture within the text cannot be read") from error


def targets(text: str) -> Iterator[str]:
    """Yield the names that a value or a style sheet of CSS refers to; raises UnfitPicture for another file's."""
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
                raise UnfitPicture("an SVG may not refer to anything outside itself")
            yield address.strip()[1:]


def tokens(values: Any) -> Iterator[Any]:
    """Yield the tokens of a value, those within functions and blocks among them."""
    for token in values:
        yield token
        yield from tokens(getattr(token, "content", None) or getattr(token, "arguments", None) or ())
