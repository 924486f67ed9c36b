"""Pages as an EPUB has them: with the roles that reading systems open notes by."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.builders import Builder

from fleuron.content.html_translator import PageTranslator
from fleuron.epub.xhtml_markup import as_xml

# DPUB-ARIA 1.1 roles, which docutils writes, and their terms in the EPUB structural vocabulary,
# on which some reading systems alone open a note in place.
EPUB_TYPES = {
    "doc-noteref": "noteref",
    "doc-footnote": "footnote",
    "doc-backlink": "backlink",
    "doc-pagebreak": "pagebreak",
}


class EpubTranslator(PageTranslator):
    """Write XHTML of the body of a page."""

    folio_label = "aria-label"

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        super().__init__(document, builder)
        self.left_open: dict[int, list[str]] = {}

    def open_full_source(self, note: nodes.Element | None) -> None:
        """Print the whole source below a short note: a window that opens over the text has no room for a click."""
        self.body.append(self.backlink(note) + '<div class="full-source">\n')

    def close_full_source(self) -> None:
        self.body.append("</div>\n")

    def html_of(self, node: nodes.raw) -> str:
        return as_xml(super().html_of(node), self.left_open.setdefault(id(node.parent), []))

    def dispatch_departure(self, node: nodes.Node) -> None:
        """Close, before a node ends, what raw HTML in it has left open."""
        for tag in reversed(self.left_open.pop(id(node), [])):
            self.body.append(f"</{tag}>")
        super().dispatch_departure(node)

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        role = attributes.get("role") or attributes.get("ROLE")
        if role in EPUB_TYPES:
            attributes["epub:type"] = EPUB_TYPES[role]
        if str(attributes.get("CLASS", "")).startswith("highlight-"):
            attributes["dir"] = "ltr"  # code; a stylesheet of a book may not say so (EPUB 3.3, 6.3.1.2)
        return str(super().starttag(node, tagname, suffix, empty, **attributes))
