"""Report pictures that nobody has described; an author says of an ornament that it needs no description."""

from __future__ import annotations

from docutils import nodes
from lxml import etree
from sphinx.application import Sphinx

from fleuron.config import has_own_theme
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.manuscript.pictures.picture_nodes import named_file
from fleuron.manuscript.pictures.picture_positions import position_of_picture
from fleuron.manuscript.pictures.remote_pictures import BOOKS, is_remote
from fleuron.reporting import report

# What tells assistive technology to pass over an element.
HIDDEN_ROLES = frozenset({"presentation", "none"})


def check_descriptions(app: Sphinx, doctree: nodes.document) -> None:
    """Mark and report each picture that has no description, and is not said to be decorative.

    The web pages of a project with a theme of its own are what they were without Fleuron: only its books report.
    """
    is_reported = not has_own_theme(app.config) or app.builder.name in BOOKS
    for image in doctree.findall(nodes.image):
        if isinstance(image, named_file) or image.get("decorative") or image.get("alt", "").strip():
            continue
        image["undescribed"] = True
        # One in the network becomes a link, with a message of its own.
        if not is_reported or is_remote(image["uri"]):
            continue
        path, line = position_of_picture(image, doctree)
        name = "a picture in the text" if image["uri"].startswith("data:") else f"the picture “{image['uri']}”"
        report(Finding(Diagnostic.NO_DESCRIPTION, line, {"picture": name}), path)
    for drawing in doctree.findall(nodes.raw):
        if is_reported and drawing.get("is_drawing") and not is_described(etree.fromstring(drawing.astext())):
            finding = Finding(Diagnostic.NO_DESCRIPTION, drawing.line or 1, {"picture": "the drawing <svg>"})
            report(finding, drawing.source or doctree["source"])


def is_described(drawing: etree._Element) -> bool:
    """Return whether a drawing in the text has a title or a label, or is said to be decorative."""
    if drawing.get("aria-hidden") == "true" or drawing.get("role") in HIDDEN_ROLES or drawing.get("aria-labelledby"):
        return True
    title = drawing.find("{*}title")
    return bool((drawing.get("aria-label") or "").strip() or (title is not None and (title.text or "").strip()))


def setup(app: Sphinx) -> None:
    # When the pictures in HTML are nodes, and those in the network are links.
    app.connect("doctree-read", check_descriptions, priority=420)
