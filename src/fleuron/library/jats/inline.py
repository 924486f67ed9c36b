"""What stands in a line, in JATS: emphasis, links, calls of notes, formulas, words of another language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import singledispatchmethod

from docutils import nodes
from lxml import etree

from fleuron.editions.bidirectional import LANGUAGE
from fleuron.library.jats.article_text import Text
from fleuron.library.jats.elements import Piece, clean, element, filled, linked, xml_id
from fleuron.library.jats.formulas import formula
from fleuron.manuscript.page_marks import folio
from fleuron.metadata.web_addresses import absolute, doi_address
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
CLASSES = {"small-caps": "sc", "upright": "roman", "underline": "underline"}
MAIL = re.compile(r"mailto:[^\s<>\"\\]+", re.IGNORECASE)
# What no record has: raw HTML, marks of Sphinx's and of print, and the full words of a source, which the list has.
LEFT_OUT = (nodes.Invisible, nodes.raw, nodes.system_message, folio, full_source)


def is_left_out(node: nodes.Node) -> bool:
    """Tell whether no record has a node; a target may have words, and is where links lead."""
    return isinstance(node, LEFT_OUT) and not isinstance(node, nodes.target)


def language_of(node: nodes.Node) -> str:
    """Return the language that an author marked a node as; nothing for a tag that is none."""
    classes: list[str] = node.get("classes", []) if isinstance(node, nodes.Element) else []
    for name in classes:
        if name.startswith(LANGUAGE):
            try:
                Edition(name.removeprefix(LANGUAGE)).locale  # noqa: B018 (asked for its error)
            except ValueError:
                continue
            return name.removeprefix(LANGUAGE)
    return ""


def web_link(address: str) -> etree._Element | None:
    """Make an `ext-link` of an address that a reader may follow, or none of any other."""
    if MAIL.fullmatch(address):
        return element("ext-link", ext_link_type="email", href=address)
    if address.lower().startswith("doi:"):
        return element("ext-link", ext_link_type="doi", href=absolute(doi_address(address[4:].strip())))
    return element("ext-link", ext_link_type="uri", href=address) if absolute(address) else None


class Phrases:
    """Sets the nodes of a line; ``ids`` are those of the elements by those of the nodes."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.ids: dict[str, str] = {}

    def mark(self, made: etree._Element, node: nodes.Element) -> None:
        """Give an element the first id of a node, and let links to the others lead to it as well."""
        names: list[str] = node.get("ids", [])
        for name in names:
            if name not in self.ids:
                self.ids[name] = made.get("id") or xml_id(name)
                made.set("id", self.ids[name])

    def phrases(self, children: Iterable[nodes.Node]) -> list[Piece]:
        return [piece for child in children for piece in self.phrase(child)]

    def phrase(self, node: nodes.Node) -> list[Piece]:
        """Set a node of a line, with its language and its ids."""
        pieces = self.set(node)
        if (language := language_of(node)) and pieces:
            pieces = [element("styled-content", *pieces, lang=language)]
        if not isinstance(node, nodes.Element) or not node.get("ids") or is_left_out(node):
            return pieces
        if len(pieces) != 1 or isinstance(pieces[0], str):
            pieces = [element("named-content", *pieces, content_type="target") if pieces else element("target")]
        self.mark(pieces[0], node)  # type: ignore[arg-type]  # it is no text
        return pieces

    @singledispatchmethod
    def set(self, node: nodes.Node) -> list[Piece]:
        """Set what is unknown as its words; a block that stands in a line is parted from what follows."""
        if is_left_out(node):
            return []
        pieces = self.phrases(node.children)
        for kind, tag in STYLES.items():
            if isinstance(node, kind):
                return [element(tag, *pieces)]
        return pieces if isinstance(node, nodes.Inline) else [*pieces, " "]

    @set.register(nodes.Text)
    def words(self, node: nodes.Text) -> list[Piece]:
        return [node.astext()]

    @set.register(nodes.inline)
    def span(self, node: nodes.inline) -> list[Piece]:
        pieces = self.phrases(node.children)
        for name in node["classes"]:
            if name in CLASSES:
                return [element(CLASSES[name], *pieces)]
        return pieces

    @set.register(nodes.abbreviation)
    def abbreviation(self, node: nodes.abbreviation) -> list[Piece]:
        return [element("abbrev", node.astext(), alt=node.get("explanation", ""))]

    @set.register(nodes.reference)
    def link(self, node: nodes.reference) -> list[Piece]:
        pieces = self.phrases(node.children)
        address = str(node.get("refuri", ""))
        target = node.get("refid") or (address[1:] if address.startswith("#") else "")
        link = element("xref", rid=target) if target else web_link(address)
        return pieces if link is None else linked(link, pieces)

    @set.register(nodes.footnote_reference)
    def call(self, node: nodes.footnote_reference) -> list[Piece]:
        """Call a note: `xref` of the type `fn`."""
        return [element("xref", element("sup", node.astext()), ref_type="fn", rid=node.get("refid", ""))]

    @set.register(nodes.math)
    def formula_in_line(self, node: nodes.math) -> list[Piece]:
        return [element("inline-formula", formula(node, block=False))]

    @set.register(nodes.math_block)
    def display(self, node: nodes.math_block) -> list[Piece]:
        """Set a formula that stands by itself; MyST sets one in the midst of a line as well."""
        label = [element("label", f"({node['number']})")] if node.get("number") else []
        return [element("disp-formula", *label, formula(node, block=True))]

    @set.register(nodes.image)
    def inline_picture(self, node: nodes.image) -> list[Piece]:
        return self.picture(node, "inline-graphic")

    def picture(self, node: nodes.image, tag: str) -> list[Piece]:
        """Name a picture's file, and say what it shows; where there is no file, that alone."""
        said, address = clean(node.get("alt", "")), self.text.pictures.get(node["uri"], "")
        if not address:
            return [said] if said else []
        made = element(tag, href=address)
        return [filled(made, [element("alt-text", said)] if said.strip() else [])]
