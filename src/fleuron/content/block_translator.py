"""Write the HTML of tables, verse, admonitions and lists in columns, where Sphinx's writer falls short."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from docutils import nodes

from fleuron.content.table_cells import CellTranslator
from fleuron.editions.bidirectional import BidirectionalTranslator
from fleuron.editions.edition_names import current_edition
from fleuron.notes.scripts import has_italics
from fleuron.publication.edition import LATIN_DIGITS

# The class by which MyST marks the cells of a column that is aligned to the right, and that of a column of numbers.
TO_THE_RIGHT, NUMBERS = "text-right", "numbers"
# The class of verse whose lines are numbered, and each which of them is.
NUMBERED, EVERY = "numbered", 5
# The classes of topics that are parts of an article.
PARTS_OF_ARTICLE = frozenset({"abstract", "biography", "contents"})
NUMBER = re.compile(r"[\W_]*\d[\W\d_]*")
# An amount, such as −1,234.5 or 12 %, or a dash where there is none.
AMOUNT = re.compile(r"[-+−–]?\s?\d[\d.,٫٬\s]*\s?%?|[-−–—]")

# What calls a note: in PDFs, the note itself.
CALLS = frozenset({"footnote_reference", "pagenote", "superscript"})


class BlockTranslator(CellTranslator, BidirectionalTranslator):
    """Write tables with the scopes of their headers, lists in columns without a table, and emphasis in any script.

    The style sheets know admonitions with a title of the author's own (``own-title``), and what the author sets apart
    from the text (``set-apart``), by their classes.
    """

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        # Several biographies are landmarks of one kind, which need names.
        if isinstance(node, nodes.topic) and "biography" in node["classes"] and isinstance(node[0], nodes.title):
            attributes["aria-label"] = node[0].astext()
        # docutils 0.22 does not say whether a header cell is that of a column or a row (WCAG 2.2, technique H63).
        if tagname == "th":
            attributes["scope"] = "col" if isinstance(node.parent.parent, nodes.thead) else "row"
        if isinstance(node, nodes.line) and "number" in node:
            attributes["data-line"] = current_edition(self.config).numerals(node["number"])
        return str(super().starttag(node, tagname, suffix, empty, **attributes))

    def visit_emphasis(self, node: nodes.emphasis) -> None:
        """Let the style sheet emphasise words in a script without italics, such as Arabic, in bold."""
        if not has_italics(node.astext()):
            node["classes"].append("without-italics")
        super().visit_emphasis(node)

    def visit_table(self, node: nodes.table) -> None:
        mark_columns_of_numbers(node)
        # MyST 5.2 lets the words decide about the widths of a table in pipes, and leaves this mark where its author
        # gives them.
        if "colwidths-given" in node["classes"] and "colwidths-auto" in node["classes"]:
            node["classes"].remove("colwidths-auto")
        super().visit_table(node)

    def visit_title(self, node: nodes.title) -> None:
        """Begin a heading; one with a link or a note in it is not a link back to a table of contents above it."""
        if node.next_node(lambda each: isinstance(each, nodes.reference | nodes.footnote_reference)):
            node.attributes.pop("refid", None)
        super().visit_title(node)

    def visit_enumerated_list(self, node: nodes.enumerated_list) -> None:
        """Name the digits of a list's numbers, which the style sheets set, where they are not Latin."""
        edition = current_edition(self.config)
        if edition.numbering_system != LATIN_DIGITS:
            node["classes"].append(edition.numbering_system)
        super().visit_enumerated_list(node)

    def visit_line_block(self, node: nodes.line_block) -> None:
        if NUMBERED in node["classes"]:
            number_lines(node)
        super().visit_line_block(node)

    def visit_admonition(self, node: nodes.Element, name: str = "") -> None:
        if not name:
            node["classes"].append("own-title")
        super().visit_admonition(node, name)

    def visit_classifier(self, node: nodes.Element) -> None:
        """Separate a classifier from its term even without a style sheet; docutils 0.22 joins them."""
        self.body.append(" ")
        super().visit_classifier(node)

    def visit_topic(self, node: nodes.topic) -> None:
        if not PARTS_OF_ARTICLE.intersection(node["classes"]):
            node["classes"].append("set-apart")
        super().visit_topic(node)

    def visit_hlist(self, node: nodes.Element) -> None:
        """Write the columns of a list as such: Sphinx 9.0 writes a table, as which they would be read aloud."""
        self.body.append(self.starttag(node, "div", CLASS="hlist"))

    def depart_hlist(self, node: nodes.Element) -> None:
        self.body.append("</div>\n")

    def visit_hlistcol(self, node: nodes.Element) -> None:
        self.body.append(self.starttag(node, "div", CLASS="hlist-column"))

    def depart_hlistcol(self, node: nodes.Element) -> None:
        self.body.append("</div>\n")


def mark_columns_of_numbers(table: nodes.table) -> None:
    """Give the cells of each column of numbers that is aligned to the right the class `NUMBERS`.

    A column of amounts whose author aligns it nowhere is aligned to the right.
    Numbers are written from left to right in every script, so their units stand below each other only on the right;
    other words that are aligned to the end of the line are on the left in a page from right to left.
    """
    rows = [list(row.findall(nodes.entry)) for row in table.findall(nodes.row)]
    for column in zip(*rows, strict=False):
        body = [text_without_calls(cell) for cell in column if isinstance(cell.parent.parent, nodes.tbody)]
        to_the_right = all(TO_THE_RIGHT in cell["classes"] for cell in column)
        if not any(alignment.startswith("text-") for cell in column for alignment in cell["classes"]):
            to_the_right = len(body) > 1 and any(map(str.isdigit, "".join(body))) and are_amounts(body)
            for cell in column if to_the_right else ():
                cell["classes"].append(TO_THE_RIGHT)
        if to_the_right and any(body) and all(NUMBER.fullmatch(text) for text in body if text):
            for cell in column:
                cell["classes"].append(NUMBERS)


def text_without_calls(cell: nodes.Element) -> str:
    """Return the text of a cell without the calls of notes, and the notes in it."""
    copy = cell.deepcopy()
    for call in [node for node in copy.findall(nodes.Element) if node.tagname in CALLS]:
        call.parent.remove(call)
    return str(copy.astext()).strip()


def number_lines(verse: nodes.line_block) -> None:
    """Give each fifth line of verse its number, which the style sheets show; what parts stanzas is not a line."""
    lines = (line for line in verse.findall(nodes.line) if line.astext().strip())
    for number, line in enumerate(lines, 1):
        if number % EVERY == 0:
            line["number"] = number


def are_amounts(texts: Sequence[str]) -> bool:
    """Return whether the cells of a column are amounts, or empty."""
    return all(AMOUNT.fullmatch(text) for text in texts if text)
