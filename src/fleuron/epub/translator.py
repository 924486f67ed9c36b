"""Translate documents to the XHTML of an EPUB, with the `epub:type` by which reading systems open notes in place."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.builders import Builder

from fleuron.content.html_translator import PageTranslator
from fleuron.epub.raw_html import VOID, link_to, to_xhtml, with_xml_tags
from fleuron.manuscript.pictures.picture_nodes import html_element, write_start_tag

# Terms of the EPUB structural vocabulary by DPUB-ARIA 1.1 roles. docutils writes the roles; some reading systems
# open a note in place only if it has the term.
EPUB_TYPES = {
    "doc-noteref": "noteref",
    "doc-footnote": "footnote",
    "doc-backlink": "backlink",
    "doc-pagebreak": "pagebreak",
    "doc-bibliography": "bibliography",
}


class EpubTranslator(PageTranslator):
    """Writes the body of a page as XHTML."""

    folio_label = "aria-label"

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        super().__init__(document, builder)
        # The elements that raw HTML has opened and not closed, by the identity of the node that contains it.
        self.open_elements: dict[int, list[str]] = {}
        # The ids that visitors of other extensions have written.
        self.ids_of_extensions: set[str] = set()

    def open_full_source(self, note: nodes.Element | None) -> None:
        """Show the full source below a short note, because a pop-up note of a reading system cannot be expanded."""
        self.body.append(self.backlink(note) + '<div class="full-source">\n')

    def close_full_source(self) -> None:
        self.body.append("</div>\n")

    def html_of(self, node: nodes.raw) -> str:
        if node.get("is_drawing"):
            return node.astext()  # it is XML
        return to_xhtml(super().html_of(node), self.open_elements.setdefault(id(node.parent), []))

    def write_html_element(self, node: html_element) -> None:
        """Write a start tag, whose end tag is in the HTML that follows; what the book does not have becomes a link."""
        attributes = node["html_attributes"]
        if address := attributes.get("src"):
            self.body.append(link_to(address, attributes))
            return
        if node["tag"] == "a":  # a book may not link a picture, which is not one of its pages (EPUB 3.3, 3.2)
            node.clear()
        if node["tag"] not in VOID:
            self.open_elements.setdefault(id(node.parent), []).append(node["tag"])
        write_start_tag(self, node)

    def dispatch_visit(self, node: nodes.Node) -> None:
        """Write as XML what the visitor of another extension writes for HTML; Sphinx 9.0 makes these attributes."""
        body, start = self.body, len(self.body)
        try:
            super().dispatch_visit(node)
        finally:
            if f"visit_{type(node).__name__}" in self.__dict__:
                body[start:] = [with_xml_tags(piece, self.ids_of_extensions) for piece in body[start:]]

    def dispatch_departure(self, node: nodes.Node) -> None:
        """Close the elements that raw HTML in a node has left open, before the node ends."""
        for tag in reversed(self.open_elements.pop(id(node), [])):
            self.body.append(f"</{tag}>")
        super().dispatch_departure(node)

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        role = attributes.get("role") or attributes.get("ROLE")
        if role in EPUB_TYPES:
            attributes["epub:type"] = EPUB_TYPES[role]
        if str(attributes.get("CLASS", "")).startswith("highlight-"):
            attributes["dir"] = "ltr"  # code; an EPUB's style sheets may not set it (EPUB 3.3, 6.3.1.2)
        return str(super().starttag(node, tagname, suffix, empty, **attributes))
