"""Make pictures from the network links: nothing is fetched, and a book is read without a network.

The pages of a project with a theme of its own keep them.
"""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.transforms.post_transforms.images import ImageDownloader

from fleuron.config import has_own_theme
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.manuscript.pictures.picture_nodes import html_element, named_file
from fleuron.manuscript.pictures.picture_positions import position_of_picture
from fleuron.reporting import report
from fleuron.sphinx_versions import application_of

BOOKS = ("epub", "pdf")
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
LINKS = (nodes.reference, addnodes.pending_xref, addnodes.download_reference)
# The characters of an address that need no escape (RFC 3986, 2), and that of escapes.
ADDRESS_CHARACTERS = "-._~:/?#[]@!$&'()*+,;=%"
PICTURE_TAG = re.compile(r"</?picture\b", re.IGNORECASE)
LINK_TAG = re.compile(r"<(/?)a\b", re.IGNORECASE)


def scheme_of(address: str) -> str:
    """Return the scheme of an address; empty for the name of a file, “//” for a host without a scheme."""
    if address.startswith(("//", "\\\\")):
        return "//"
    match = SCHEME.match(address)
    return match[1].lower() if match else ""


def is_remote(address: str) -> bool:
    """Return whether a file is in the network."""
    return scheme_of(address.strip()) in ("http", "https", "//")


def link_when_read(app: Sphinx, doctree: nodes.document) -> None:
    """Replace the pictures from the network, for every format, in a publication."""
    if not has_own_theme(app.config):
        link_remote_pictures(doctree)


class LinkPicturesInBooks(SphinxPostTransform):
    """Replace the pictures from the network in the books of a project whose pages show them."""

    default_priority = ImageDownloader.default_priority - 10

    def run(self, **kwargs: Any) -> None:
        if has_own_theme(self.config) and application_of(self.env).builder.name in BOOKS:
            link_remote_pictures(self.document)


def link_remote_pictures(doctree: nodes.document) -> None:
    """Replace each picture from the network by a link with its description."""
    for image in list(doctree.findall(nodes.image)):
        if not isinstance(image, named_file) and is_remote(image["uri"]):
            path, line = position_of_picture(image, doctree)
            report(Finding(Diagnostic.REMOTE_PICTURE, line, {"path": image["uri"]}), path)
            outer = image.parent
            remove_other_choices(image)
            image.replace_self(link_instead(image))
            if isinstance(outer, nodes.reference) and not isinstance(outer.parent, nodes.TextElement):
                paragraph = nodes.paragraph()
                outer.replace_self(paragraph)
                paragraph += outer


def remove_other_choices(image: nodes.image) -> None:
    """Remove the tags of a ``<picture>`` around a picture, and its other choices: a link may not be in it."""
    siblings, place = image.parent.children, image.parent.index(image)
    before = [number for number in range(place) if PICTURE_TAG.match(siblings[number].astext())]
    after = [number for number in range(place, len(siblings)) if PICTURE_TAG.match(siblings[number].astext())]
    if not image.get("html") or not before or not after or siblings[before[-1]].astext().startswith("</"):
        return
    for node in siblings[before[-1] : after[0] + 1]:
        if node is not image and isinstance(node, nodes.raw | html_element):
            image.parent.remove(node)


def link_instead(image: nodes.image) -> nodes.Node:
    """Return what is printed instead of a picture: a link, or words where a link is around it already."""
    address = quote(image["uri"].removeprefix("//").strip(), safe=ADDRESS_CHARACTERS)
    address = f"https://{address}" if image["uri"].startswith("//") else address
    words = " ".join(filter(None, (image.get("alt", "").strip(), image.get("title", "").strip()))) or address
    if is_in_link(image):
        return nodes.inline("", words)
    if image.get("html") and (is_in_html_link(image) or not isinstance(image.parent, nodes.TextElement)):
        written = html.escape(words, quote=False)
        if not is_in_html_link(image):
            written = f'<a class="reference external" href="{html.escape(address)}">{written}</a>'
        return nodes.raw("", written, format="html")
    link = nodes.reference("", words, refuri=address, internal=False)
    return link if isinstance(image.parent, nodes.TextElement) else nodes.paragraph("", "", link)


def is_in_link(node: nodes.Node) -> bool:
    """Return whether a node is in a link, which may not be resolved yet."""
    parent = node.parent
    while parent is not None and not isinstance(parent, LINKS):
        parent = parent.parent
    return parent is not None


def is_in_html_link(image: nodes.Element) -> bool:
    """Return whether HTML before a picture has opened a link and not closed it."""
    siblings = image.parent.children[: image.parent.index(image)]
    tagged = (each for each in siblings if isinstance(each, nodes.raw | html_element))
    before = [f"<{each['tag']} " if isinstance(each, html_element) else each.astext() for each in tagged]
    tags: list[str] = LINK_TAG.findall("".join(before))
    return bool(tags) and not tags[-1]


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", link_when_read, priority=350)
    app.add_post_transform(LinkPicturesInBooks)
