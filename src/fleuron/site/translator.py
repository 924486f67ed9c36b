"""The body of a page, where Sphinx's own translator leaves something to be desired."""

from __future__ import annotations

from typing import Any

from docutils import nodes

from fleuron.editions.naming import current_edition
from fleuron.editions.words import words
from fleuron.notes.translator import NoteTranslator


class PageTranslator(NoteTranslator):
    """Write the HTML of a page's body."""

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        # Sphinx 9.0 gives the captions of its contents lists the role of a heading, and no level.
        if attributes.get("ROLE") == "heading":
            attributes["aria-level"] = "2"
        return super().starttag(node, tagname, suffix, empty, **attributes)

    def visit_table(self, node: nodes.table) -> None:
        # A table too wide for a phone scrolls by itself, also for those who use a keyboard.
        self.body.append('<div class="table-wrapper" role="group" tabindex="0">\n')
        super().visit_table(node)

    def depart_table(self, node: nodes.table) -> None:
        super().depart_table(node)
        self.body.append("</div>\n")

    def add_permalink_ref(self, node: nodes.Element, title: str) -> None:
        # Sphinx's Turkish and Russian catalogues lack some of these titles.
        word = words(current_edition(self.config).language)
        super().add_permalink_ref(node, word("Link to this place"))
