"""Read the pictures, films and drawings that authors wrote as HTML, as importers do, as those written in Markdown."""

from __future__ import annotations

import html
import mimetypes
import re
from collections.abc import Iterator, Mapping, Sequence

from docutils import nodes
from sphinx.application import Sphinx

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.manuscript.pictures.html_pieces import (
    EMBEDDING,
    FILE_ATTRIBUTES,
    LINKS,
    Piece,
    candidates_of,
    is_picture_name,
    pieces_of,
)
from fleuron.manuscript.pictures.picture_nodes import files_of, html_element, named_file
from fleuron.manuscript.pictures.remote_pictures import is_remote
from fleuron.manuscript.pictures.svg_cleaning import BrokenSvg, clean_inline_svg, listed, without_outside_addresses
from fleuron.manuscript.source_positions import position_of
from fleuron.manuscript.unsafe_markup import is_allowed_address
from fleuron.reporting import report

# Attributes of a picture that are kept, beside those that become attributes of the node.
KEPT = re.compile(r"lang|dir|sizes|usemap|loading|decoding|style|role|aria-[a-z]+|data-[\w-]+")
LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(px|%|)\s*")
ALIGNMENTS = frozenset({"left", "center", "right"})
PROBLEM = "a drawing in HTML must be XML, as an EPUB needs it: {}"
MEDIA = frozenset({"source", "video", "audio", "track"})
DRAWING = re.compile(r"\s*<svg\b", re.IGNORECASE)
HINT = re.compile(r"<(img|picture|source|video|audio|track|svg|iframe|embed|object|a|area)\b|\burl", re.IGNORECASE)


def read_html_pictures(app: Sphinx, doctree: nodes.document) -> None:
    """Replace the pictures in HTML by nodes, before Sphinx collects the pictures of a document."""
    for raw in list(doctree.findall(nodes.raw)):
        if DRAWING.match(raw.astext()) and raw.parent is not None:
            join_drawing(raw)
    for raw in list(doctree.findall(nodes.raw)):
        if "html" in raw.get("format", "").split() and HINT.search(raw.astext()):
            raw.parent.replace(raw, list(HtmlReader(raw, doctree["source"]).read()))


def join_drawing(raw: nodes.raw) -> None:
    """Join the start tag of a drawing with what follows: within a line, MyST makes a node of each tag."""
    parts, depth = [raw.astext()], opened(raw.astext())
    following = raw.parent.children[raw.parent.index(raw) + 1 :]
    for node in following:
        if depth <= 0 or not isinstance(node, nodes.raw | nodes.Text):
            break
        is_tag = isinstance(node, nodes.raw)
        parts.append(node.astext() if is_tag else html.escape(node.astext(), quote=False))
        depth += opened(node.astext()) if is_tag else 0
    if depth <= 0:
        for node in following[: len(parts) - 1]:
            raw.parent.remove(node)
        joined = nodes.raw("", "".join(parts), format="html")
        joined.source, joined.line = raw.source, raw.line
        raw.replace_self(joined)


def opened(text: str) -> int:
    """Return how many drawings a text opens and does not close."""
    return len(re.findall(r"<svg\b[^>]*(?<!/)>", text, re.IGNORECASE)) - len(
        re.findall(r"</svg\b", text, re.IGNORECASE)
    )


class HtmlReader:
    """Reads the pictures of one piece of HTML."""

    def __init__(self, raw: nodes.raw, source: str) -> None:
        self.raw = raw
        self.path, self.line = position_of(raw, source)

    def read(self) -> Iterator[nodes.Node]:
        """Yield the nodes that a piece of HTML consists of."""
        for piece in pieces_of(self.raw.astext()):
            node = self.node_of(piece)
            if node is not None:
                node.source, node.line = self.path, self.line + piece.line
                yield node

    def node_of(self, piece: Piece) -> nodes.Element | None:
        """Return the node of a piece; None for one that is left out."""
        if piece.tag == "svg":
            return self.drawing(piece)
        if piece.tag == "img":
            if (piece.get("src") or piece.get("srcset") or "").strip():
                return self.picture(piece)
            self.report(Diagnostic.BROKEN_PICTURE, piece, {"problem": "its tag <img> names no file; write src=“…”"})
            return None
        if piece.tag in LINKS and not is_allowed_address(piece.get("href") or ""):
            self.report(Diagnostic.FORBIDDEN_ADDRESS, piece, {"address": piece.get("href") or ""})
            return nodes.raw("", start_tag(piece, {"href": None}), format="html")
        source = piece.get("data") or piece.get("src") or ""
        if piece.tag in ("object", "a") and is_picture_name(source or piece.get("href") or ""):
            return self.element(piece)
        if piece.tag in EMBEDDING and (is_remote(source) or is_picture_name(source)):
            return self.element(piece)
        if piece.tag in MEDIA:
            return self.element(piece)
        return nodes.raw("", self.without_files_in_style(piece), format="html")

    def without_files_in_style(self, piece: Piece) -> str:
        """Return a start tag whose style refers to no file: no format could show it, or it is fetched by readers."""
        style = piece.get("style") or ""
        kept = without_outside_addresses(style, is_style=True)
        if kept == style:
            return piece.text
        self.report(Diagnostic.REMOTE_SOURCE, piece, {"path": style})
        return start_tag(piece, {"style": kept})

    def picture(self, piece: Piece) -> nodes.image:
        """Return the node of an ``<img>``."""
        candidates = candidates_of(piece.get("srcset") or "")
        address = (piece.get("src") or candidates[0][0]).strip()
        image = nodes.image("", uri=address, html=True)
        image["html_attributes"] = {
            name: safe_style(value or "") if name == "style" else value or ""
            for name, value in reversed(piece.attributes)
            if KEPT.fullmatch(name)
        }
        image["classes"] = (piece.get("class") or "").split()
        image["ids"] = (piece.get("id") or "").split()[:1]
        describe(image, piece)
        if (align := (piece.get("align") or "").lower()) in ALIGNMENTS:
            image["align"] = align
        for name in ("width", "height"):
            if match := LENGTH.fullmatch(piece.get(name) or ""):
                # Not the attribute of the node: Sphinx 9.0 makes a picture of that size a link to its file.
                style = f"{name}: {match[1]}{match[2] or 'px'}; {image['html_attributes'].get('style', '')}"
                image["html_attributes"]["style"] = style.rstrip("; ")
                break  # the other follows from the picture's own proportions, on a narrow screen too
        image += self.files(piece, "srcset", candidates)
        return image

    def element(self, piece: Piece) -> html_element | None:
        """Return the start tag of an element that names files; None if it only names what is in the network."""
        names = FILE_ATTRIBUTES.get(piece.tag, ("src",))
        others = [(name, value or "") for name, value in piece.attributes if name not in names and not is_code(name)]
        attributes = dict(reversed(others))
        ids = attributes.pop("id", "").split()[:1]
        element = html_element("", tag=piece.tag, html_attributes=attributes, ids=ids)
        for name in names:
            value = piece.get(name)
            if not value:
                continue
            files = candidates_of(value) if name == "srcset" else [(value.strip(), "")]
            element += self.files(piece, name, files)
            if name in ("src", "data") and is_remote(value):
                element["html_attributes"][name] = value
        if piece.tag == "source" and element.children and "type" not in element["html_attributes"]:
            # An EPUB needs the type of each choice (EPUB 3.3, 3.5.1).
            if kind := mimetypes.guess_type(next(files_of(element))["uri"])[0]:
                element["html_attributes"]["type"] = kind
        is_empty = not element.children and not element["html_attributes"].get("src")
        return None if piece.tag in ("source", "track") and is_empty else element

    def files(self, piece: Piece, attribute: str, addresses: Sequence[tuple[str, str]]) -> Iterator[named_file]:
        """Yield the files that an attribute names, and report pictures in the network, which are left out."""
        is_picture = attribute in ("poster", "srcset") or piece.tag in ("img", "object", "embed", "a")
        for address, descriptor in addresses:
            if is_remote(address):
                if is_picture:
                    self.report(Diagnostic.REMOTE_SOURCE, piece, {"path": address})
                continue
            file = named_file("", uri=address, attribute=attribute, descriptor=descriptor, alt="")
            file["is_picture"] = is_picture
            file.source, file.line = self.path, self.line + piece.line
            yield file

    def drawing(self, piece: Piece) -> nodes.Element:
        """Return a drawing within the text, without code and outside references."""
        try:
            cleaned = clean_inline_svg(piece.text)
        except BrokenSvg as error:
            line = piece.line + error.line - 1
            report(
                Finding(Diagnostic.BROKEN_PICTURE, self.line + line, {"problem": PROBLEM.format(error.problem)}),
                self.path,
            )
            return nodes.raw("", "", format="html")
        if cleaned.removed:
            values = {"name": " in HTML", "what": listed(cleaned.removed, self.line + piece.line - 1)}
            report(Finding(Diagnostic.UNSAFE_PICTURE, self.line + piece.line, values), self.path)
        return nodes.raw("", cleaned.content.decode(), format="html", is_drawing=True)

    def report(self, diagnostic: Diagnostic, piece: Piece, values: dict[str, str]) -> None:
        report(Finding(diagnostic, self.line + piece.line, values), self.path)


def start_tag(piece: Piece, changed: Mapping[str, str | None]) -> str:
    """Return a start tag with some attributes changed, or left out if their value is None."""
    attributes = [(name, changed.get(name, value or "")) for name, value in piece.attributes]
    written = "".join(f' {name}="{html.escape(value)}"' for name, value in attributes if value is not None)
    return f"<{piece.tag}{written}>"


def describe(image: nodes.image, piece: Piece) -> None:
    """Give a picture the description that its author wrote: ``alt``, else a label, else a title."""
    alt, title = piece.get("alt"), (piece.get("title") or "").strip()
    label = (piece.get("aria-label") or "").strip()
    if piece.get("role") in ("presentation", "none") or piece.get("aria-hidden") == "true":
        alt, image["decorative"] = "", True
    elif alt is not None and not alt.strip():
        image["decorative"] = True
    image["alt"] = " ".join((alt or ("" if image.get("decorative") else label or title)).split())
    if title and title != image["alt"]:
        image["title"] = " ".join(title.split())


def safe_style(style: str) -> str:
    """Return a style that refers to no other file."""
    return "" if re.search(r"url|image|\\", style, re.IGNORECASE) else style


def is_code(attribute: str) -> bool:
    """Return whether an attribute is an event handler."""
    return attribute.startswith("on")


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", read_html_pictures, priority=300)
