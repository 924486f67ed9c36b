"""Write the HTML of a page's body, for the site and the EPUB, where Sphinx's own translator falls short."""

from __future__ import annotations

from typing import Any

from docutils import nodes

from fleuron.editions.edition_names import current_edition
from fleuron.editions.interface_words import interface_words
from fleuron.manuscript.page_marks import folio
from fleuron.notes.html_notes import NoteTranslator

# How MyST 5.2 begins the checkbox of a task.
TASK_CHECKBOX = '<input class="task-list-item-checkbox"'


class PageTranslator(NoteTranslator):
    """Write the HTML of a page's body, for the site or an EPUB."""

    # The attribute with the label of a page mark: axe 4.14 takes it for a plain span, which may have no aria-label.
    folio_label = "title"

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        # Sphinx 9.0 gives the captions of its contents lists the role of a heading, and no level.
        if attributes.get("ROLE") == "heading":
            attributes["aria-level"] = "2"
        # docutils 0.22 does not say whether a header cell is that of a column or a row (WCAG 2.2, technique H63).
        if tagname == "th":
            attributes["scope"] = "col" if isinstance(node.parent.parent, nodes.thead) else "row"
        return super().starttag(node, tagname, suffix, empty, **attributes)

    def visit_folio(self, node: folio) -> None:
        """Mark where a page of the volume begins (DPUB-ARIA 1.1, doc-pagebreak)."""
        word = interface_words(current_edition(self.config).language)
        label = word("Page") + f" {node['name']}"
        attributes = {"role": "doc-pagebreak", self.folio_label: label, "data-folio": node["name"]}
        self.body.append(self.starttag(node, "span", "", CLASS="folio", **attributes) + "</span>")
        raise nodes.SkipNode

    def visit_raw(self, node: nodes.raw) -> None:
        if "html" in node.get("format", "").split():
            self.body.append(self.html_of(node))
        raise nodes.SkipNode

    def html_of(self, node: nodes.raw) -> str:
        """Return HTML as its author wrote it; MyST 5.2 gives the checkbox of a task no name (WCAG 2.2, 4.1.2)."""
        if TASK_CHECKBOX not in node.astext():
            return node.astext()
        word = interface_words(current_edition(self.config).language)
        return node.astext().replace(
            TASK_CHECKBOX, f'<input aria-label="{word("Done")}" ' + TASK_CHECKBOX.removeprefix("<input ")
        )

    def add_permalink_ref(self, node: nodes.Element, title: str) -> None:
        # Sphinx's Turkish and Russian translations lack some of these titles.
        word = interface_words(current_edition(self.config).language)
        super().add_permalink_ref(node, word("Link to this place"))
