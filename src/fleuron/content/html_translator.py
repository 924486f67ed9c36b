"""Write the HTML of a page's body, for the site and the EPUB, where Sphinx's own translator falls short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from sphinx.builders import Builder

from fleuron.content.block_translator import BlockTranslator
from fleuron.content.extension_nodes import note_left_out
from fleuron.content.picture_writing import PictureTranslator
from fleuron.editions.edition_names import current_edition
from fleuron.editions.interface_words import interface_attributes, interface_words
from fleuron.manuscript.page_marks import folio
from fleuron.notes.html_notes import NoteTranslator
from fleuron.notes.note_nodes import source_listing

# How MyST 5.2 begins the checkbox of a task.
TASK_CHECKBOX = '<input class="task-list-item-checkbox"'


class PageTranslator(PictureTranslator, NoteTranslator, BlockTranslator):
    """Write the HTML of a page's body, for the site or an EPUB."""

    # The attribute with the label of a page mark: axe 4.14 takes it for a plain span, which may have no aria-label.
    folio_label = "title"

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        super().__init__(document, builder)
        # The names of the pages whose marks are written.
        self.marked: set[str] = set()

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        # Sphinx 9.0 gives the captions of its contents lists the role of a heading, and no level.
        if attributes.get("ROLE") == "heading":
            attributes["aria-level"] = "2"
        if isinstance(node, nodes.paragraph) and isinstance(node.parent, source_listing):
            attributes["role"] = "listitem"
        return super().starttag(node, tagname, suffix, empty, **attributes)

    def dispatch_visit(self, node: nodes.Node) -> None:
        """Write a node; the page marks in one that is not written child by child (code, a formula) stand before it."""
        before = len(self.body)
        try:
            super().dispatch_visit(node)
        except (nodes.SkipNode, nodes.SkipChildren):
            note_left_out(node)
            marks = [mark for mark in node.findall(folio) if mark["name"] not in self.marked]
            self.body[before:before] = map(self.page_mark, marks)
            raise

    def depart_document(self, node: nodes.document) -> None:
        """Write at the beginning the page marks in nodes that are not written: the list of pages links each."""
        missing = [mark for mark in node.findall(folio) if mark["name"] not in self.marked]
        self.body[0:0] = map(self.page_mark, missing)
        super().depart_document(node)

    def visit_source_listing(self, node: source_listing) -> None:
        """Write a bibliography as a list, since DPUB-ARIA 1.1 has withdrawn the role of its entries."""
        self.body.append(self.starttag(nodes.inline(), "div", role="doc-bibliography"))
        self.body.append(self.starttag(node, "div", CLASS="docutils container", role="list"))

    def depart_source_listing(self, node: source_listing) -> None:
        self.body.append("</div>\n</div>\n")

    def visit_citation(self, node: nodes.citation) -> None:
        """Write an entry of a bibliography, or of a list of citations in reStructuredText."""
        if begins_list(node):
            self.body.append(self.starttag(nodes.inline(), "div", CLASS="citation-list", role="list"))
        self.body.append(self.starttag(node, "div", CLASS="citation", role="listitem"))

    def depart_citation(self, node: nodes.citation) -> None:
        self.body.append("</div>\n")
        if ends_list(node):
            self.body.append("</div>\n")

    def visit_figure(self, node: nodes.figure) -> None:
        """Write a figure with its page marks first: docutils 0.22 takes a second child of it for its caption."""
        marks = [child for child in node if isinstance(child, folio)]
        for mark in marks:
            node.remove(mark)
        super().visit_figure(node)
        self.body += map(self.page_mark, marks)

    def visit_folio(self, node: folio) -> None:
        self.body.append(self.page_mark(node))
        raise nodes.SkipNode

    def page_mark(self, node: folio) -> str:
        """Return the mark of where a page of the volume begins (DPUB-ARIA 1.1, doc-pagebreak)."""
        self.marked.add(node["name"])
        word = interface_words(current_edition(self.config).language)
        number = current_edition(self.config).numerals(node["name"])
        label = f"{word('Page')} {number}"
        attributes: dict[str, Any] = {"role": "doc-pagebreak", self.folio_label: label, "data-folio": number}
        # Without a direction: that of the text decides in which margin the number is.
        if language := interface_attributes(current_edition(self.config).language, "Page").get("lang"):
            attributes["lang"] = language
        return self.starttag(node, "span", "", CLASS="folio", **attributes) + "</span>"

    def visit_literal_block(self, node: nodes.literal_block) -> None:
        """Write code, with the marks of pages that begin in it at the beginning of their lines."""
        try:
            super().visit_literal_block(node)
        except nodes.SkipNode:
            marks = [(line, self.page_mark(mark)) for mark, line in lines_of_marks(node)]
            self.body[-1] = with_marks(self.body[-1], marks)
            raise

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


def begins_list(citation: nodes.citation) -> bool:
    """Return whether a citation is the first of a list that is not a bibliography."""
    is_first = not isinstance(citation.previous_sibling(), nodes.citation)
    return is_first and not isinstance(citation.parent, source_listing)


def ends_list(citation: nodes.citation) -> bool:
    """Return whether a citation is the last of a list that is not a bibliography."""
    is_last = not isinstance(citation.next_node(descend=False, siblings=True), nodes.citation)
    return is_last and not isinstance(citation.parent, source_listing)


def lines_of_marks(code: nodes.Element) -> Iterator[tuple[folio, int]]:
    """Yield the page marks in code, each with the number of its line, from 0."""
    line = 0
    for node in code.findall():
        if isinstance(node, folio):
            yield node, line
        elif isinstance(node, nodes.Text):
            line += node.astext().count("\n")


def with_marks(highlighted: str, marks: Iterable[tuple[int, str]]) -> str:
    """Insert page marks at the beginnings of lines, from 0, of highlighted code.

    Pygments 2.19 lets no element span two lines.
    """
    before, start, code = highlighted.rpartition("<pre>")
    lines = code.split("\n")
    beginnings = [""] * len(lines)
    for line, mark in marks:
        beginnings[min(line, len(lines) - 1)] += mark
    return before + start + "\n".join(map(str.__add__, beginnings, lines))
