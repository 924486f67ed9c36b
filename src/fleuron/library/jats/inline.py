"""Convert inline nodes to JATS: emphasis, links, note calls, formulas, text in another language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import singledispatchmethod

from docutils import nodes
from lxml import etree

from fleuron.editions.bidirectional import LANGUAGE_CLASS
from fleuron.library.article_text import ArticleText
from fleuron.library.jats.elements import Piece, element, fill, wrap_in_links, xml_id, xml_text
from fleuron.library.jats.formulas import formula_element
from fleuron.manuscript.equations.numbering import number_of
from fleuron.manuscript.page_marks import folio
from fleuron.manuscript.pictures.picture_nodes import html_element
from fleuron.metadata.identifiers import absolute_address, doi_address
from fleuron.notes.note_nodes import full_source
from fleuron.publication.edition import Edition

STYLES: dict[type[nodes.Element], str] = {
    nodes.emphasis: "italic",
    nodes.title_reference: "italic",
    nodes.strong: "bold",
    nodes.literal: "monospace",
    nodes.subscript: "sub",
    nodes.superscript: "sup",
}
CLASSES = {"s": "strike", "small-caps": "sc", "upright": "roman", "underline": "underline"}
MAIL = re.compile(r"mailto:[^\s<>\"\\]+", re.IGNORECASE)
# Left out of a record: raw HTML, films in it, Sphinx's own nodes, page numbers, and full sources, which the list of
# sources has.
LEFT_OUT = (nodes.Invisible, nodes.raw, nodes.system_message, folio, full_source, html_element)


def is_left_out(node: nodes.Node) -> bool:
    """Return whether a node is left out; a target is not, because links lead to it and it may contain text."""
    return isinstance(node, LEFT_OUT) and not isinstance(node, nodes.target)


def marked_language(node: nodes.Node) -> str:
    """Return the language that an author marked a node with; empty without a mark or with an invalid tag."""
    classes: list[str] = node.get("classes", []) if isinstance(node, nodes.Element) else []
    for name in classes:
        if name.startswith(LANGUAGE_CLASS):
            try:
                Edition(name.removeprefix(LANGUAGE_CLASS)).locale  # noqa: B018 (raises ValueError for an invalid tag)
            except ValueError:
                continue
            return name.removeprefix(LANGUAGE_CLASS)
    return ""


def web_link(address: str) -> etree._Element | None:
    """Return an `ext-link` to an e-mail address, a DOI or a web address; None for any other address."""
    if MAIL.fullmatch(address):
        return element("ext-link", ext_link_type="email", href=address)
    if address.lower().startswith("doi:"):
        return element("ext-link", ext_link_type="doi", href=absolute_address(doi_address(address[4:].strip())))
    return element("ext-link", ext_link_type="uri", href=address) if absolute_address(address) else None


class InlineConverter:
    """Converts inline nodes; ``ids`` has the id of an element by the ids of its node."""

    def __init__(self, text: ArticleText) -> None:
        self.text = text
        self.ids: dict[str, str] = {}

    def copy_ids(self, node: nodes.Element, target: etree._Element) -> None:
        """Give an element the first id of a node, and record it for the node's other ids, which links may use."""
        names: list[str] = node.get("ids", [])
        for name in names:
            if name not in self.ids:
                self.ids[name] = target.get("id") or xml_id(name)
                target.set("id", self.ids[name])

    def convert_children(self, node: nodes.Element) -> list[Piece]:
        """Convert the inline nodes in a node."""
        return self.convert_all_inline(node.children)

    def convert_all_inline(self, children: Iterable[nodes.Node]) -> list[Piece]:
        return [piece for child in children for piece in self.convert_inline(child)]

    def convert_inline(self, node: nodes.Node) -> list[Piece]:
        """Convert an inline node, with its language and its ids."""
        pieces = self.to_pieces(node)
        if (language := marked_language(node)) and pieces:
            pieces = [element("styled-content", *pieces, lang=language)]
        if not isinstance(node, nodes.Element) or not node.get("ids") or is_left_out(node):
            return pieces
        if len(pieces) != 1 or isinstance(pieces[0], str):
            pieces = [element("named-content", *pieces, content_type="target") if pieces else element("target")]
        self.copy_ids(node, pieces[0])  # type: ignore[arg-type]  # it is not a string
        return pieces

    @singledispatchmethod
    def to_pieces(self, node: nodes.Node) -> list[Piece]:
        """Convert a node of no kind below to its text; a space follows that of a block within a line."""
        if is_left_out(node):
            return []
        pieces = self.convert_all_inline(node.children)
        for kind, tag in STYLES.items():
            if isinstance(node, kind):
                return [element(tag, *pieces)]
        return pieces if isinstance(node, nodes.Inline) else [*pieces, " "]

    @to_pieces.register(nodes.Text)
    def plain_text(self, node: nodes.Text) -> list[Piece]:
        return [node.astext()]

    @to_pieces.register(nodes.inline)
    def span(self, node: nodes.inline) -> list[Piece]:
        pieces = self.convert_children(node)
        for name in node["classes"]:
            if name in CLASSES:
                return [element(CLASSES[name], *pieces)]
        return pieces

    @to_pieces.register(nodes.abbreviation)
    def abbreviation(self, node: nodes.abbreviation) -> list[Piece]:
        return [element("abbrev", node.astext(), alt=node.get("explanation", ""))]

    @to_pieces.register(nodes.reference)
    def link(self, node: nodes.reference) -> list[Piece]:
        pieces = self.convert_children(node)
        address = str(node.get("refuri", ""))
        target = node.get("refid") or (address[1:] if address.startswith("#") else "")
        link = element("xref", rid=target) if target else web_link(address)
        return pieces if link is None else wrap_in_links(link, pieces)

    @to_pieces.register(nodes.footnote_reference)
    def note_call(self, node: nodes.footnote_reference) -> list[Piece]:
        """Convert the call of a note to an `xref` of the type `fn`."""
        return [element("xref", element("sup", node.astext()), ref_type="fn", rid=node.get("refid", ""))]

    @to_pieces.register(nodes.math)
    def inline_formula(self, node: nodes.math) -> list[Piece]:
        return [element("inline-formula", formula_element(node, block=False))]

    @to_pieces.register(nodes.math_block)
    def inline_display_formula(self, node: nodes.math_block) -> list[Piece]:
        """Convert a displayed formula within a line, which MyST allows."""
        return [self.display_formula(node)]

    def display_formula(self, node: nodes.math_block) -> etree._Element:
        number = number_of(node)
        label = [element("label", number)] if number else []
        return element("disp-formula", *label, formula_element(node, block=True))

    @to_pieces.register(nodes.image)
    def inline_picture(self, node: nodes.image) -> list[Piece]:
        return self.picture(node, "inline-graphic")

    def picture(self, node: nodes.image, tag: str) -> list[Piece]:
        """Convert a picture to an element of this tag with its alternative text; without a file, to that text."""
        description = f"{node.get('alt', '')} {node.get('title', '')}".strip()
        alternative, address = xml_text(description), self.text.pictures.get(node["uri"], "")
        if not address:
            return [alternative] if alternative else []
        graphic = element(tag, href=address)
        return [fill(graphic, [element("alt-text", alternative)] if alternative.strip() else [])]
