"""The body of a page, where Sphinx's own translator leaves something to be desired."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.builders import Builder

from fleuron.config import languages_of
from fleuron.content.addresses import addresses_of
from fleuron.editions.edition_names import current_edition
from fleuron.editions.interface_words import words
from fleuron.manuscript.page_marks import folio
from fleuron.notes.html_notes import NoteTranslator
from fleuron.publication.edition import Edition
from fleuron.site.margin_notes import call_style, note_style

# How MyST 5.2 begins the box before a task.
TASK = '<input class="task-list-item-checkbox"'


class PageTranslator(NoteTranslator):
    """Write the HTML of a page's body, for a site or a book."""

    # What names a mark of a page: axe 4.14 takes the span of one for a span like others, which may have no label.
    folio_label = "title"

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        # Sphinx 9.0 gives the captions of its contents lists the role of a heading, and no level.
        if attributes.get("ROLE") == "heading":
            attributes["aria-level"] = "2"
        # Of a cell: docutils 0.22 does not say what a head is the head of (WCAG 2.2, technique H63).
        if tagname == "th":
            attributes["scope"] = "col" if isinstance(node.parent.parent, nodes.thead) else "row"
        return super().starttag(node, tagname, suffix, empty, **attributes)

    def visit_folio(self, node: folio) -> None:
        """Mark where a page of the volume begins (DPUB-ARIA 1.1, doc-pagebreak)."""
        word = words(current_edition(self.config).language)
        label = word("Page") + f" {node['name']}"
        marks = {"role": "doc-pagebreak", self.folio_label: label, "data-folio": node["name"]}
        self.body.append(self.starttag(node, "span", "", CLASS="folio", **marks) + "</span>")
        raise nodes.SkipNode

    def visit_raw(self, node: nodes.raw) -> None:
        if "html" in node.get("format", "").split():
            self.body.append(self.html_of(node))
        raise nodes.SkipNode

    def html_of(self, node: nodes.raw) -> str:
        """Return HTML as its author wrote it; MyST 5.2 gives the box of a task no name (WCAG 2.2, 4.1.2)."""
        if TASK not in node.astext():
            return node.astext()
        word = words(current_edition(self.config).language)
        return node.astext().replace(TASK, f'<input aria-label="{word("Done")}" ' + TASK.removeprefix("<input "))

    def add_permalink_ref(self, node: nodes.Element, title: str) -> None:
        # Sphinx's Turkish and Russian catalogues lack some of these titles.
        word = words(current_edition(self.config).language)
        super().add_permalink_ref(node, word("Link to this place"))


class SiteTranslator(PageTranslator):
    """Write a page of the site: notes that find their calls from the margin, sections that lead to their like."""

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        super().__init__(document, builder)
        self.note_before = ""

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802 (docutils spells it so)
        """Let an address that is printed break behind its slashes, and a copy of it have no sign more."""
        if isinstance(node.parent, nodes.reference) and "://" in node.astext():
            self.body.append("/<wbr>".join(self.encode(part) for part in node.astext().split("/")))
        else:
            super().visit_Text(node)

    def visit_table(self, node: nodes.table) -> None:
        # A table too wide for a phone scrolls by itself, also for those who use a keyboard.
        self.body.append('<div class="table-wrapper" role="group" tabindex="0">\n')
        super().visit_table(node)

    def depart_table(self, node: nodes.table) -> None:
        super().depart_table(node)
        self.body.append("</div>\n")

    def leads_elsewhere(self, node: nodes.Node) -> bool:
        """Tell whether a title is that of a section within a page that other editions have as well."""
        section = node.parent
        inner = isinstance(section, nodes.section) and isinstance(section.parent, nodes.section)
        return inner and bool(section["ids"]) and bool(self.other_editions())

    def other_editions(self) -> list[str]:
        """List the languages that are built along with this, so that their sections are these."""
        here = current_edition(self.config).language
        return [each for each in self.config.fleuron_editions or languages_of(self.config) if each != here]

    def visit_title(self, node: nodes.title) -> None:
        if self.leads_elsewhere(node):
            self.body.append('<div class="section-head">\n')
        super().visit_title(node)

    def depart_title(self, node: nodes.title) -> None:
        super().depart_title(node)
        if self.leads_elsewhere(node):
            self.body.append(f'<p class="elsewhere">{" ".join(self.links_elsewhere(node.parent))}</p>\n</div>\n')

    def links_elsewhere(self, section: nodes.Element) -> Iterator[str]:
        """Link the same section in the other editions; its name is that of the source's in all."""
        page, addresses = self.builder.current_docname, addresses_of(self.config)
        for language in self.other_editions():
            address = f"{addresses.way(page, page, language)}#{quote(section['ids'][0])}"
            name = self.encode(Edition(language).name)
            yield f'<a href="{self.attval(address)}" hreflang="{language}" lang="{language}">{name}</a>'

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        if isinstance(node, nodes.footnote_reference) and node["ids"]:
            attributes["style"] = call_style(node.astext())
        elif isinstance(node, nodes.footnote):
            label = node[0].astext()
            attributes["style"], self.note_before = note_style(label, self.note_before), label
        return str(super().starttag(node, tagname, suffix, empty, **attributes))
