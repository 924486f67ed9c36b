"""The blocks of a text in JATS: sections, paragraphs, lists, quotations, figures, tables, listings, notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import singledispatchmethod
from typing import TypeGuard

from docutils import nodes
from lxml import etree
from sphinx.locale import admonitionlabels

from fleuron.library.jats.article_text import Text
from fleuron.library.jats.elements import HREF, LANG, Piece, element, filled, says, xml_id
from fleuron.library.jats.inline import Phrases, is_left_out, language_of, web_link
from fleuron.library.jats.lists import definitions_of, list_of
from fleuron.library.jats.tables import table_of

Elements = list[etree._Element]
# What is said to be in another language by an attribute, where other elements need a `styled-content`.
WORDED = {"p", "disp-quote", "list", "def-list", "preformat", "verse-group", "boxed-text", "fig", "table-wrap"}


class Blocks(Phrases):
    """Sets the blocks of a text; ``notes`` are the `fn` of the notes met so far."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.notes: Elements = []

    def blocks(self, children: Iterable[nodes.Node]) -> Elements:
        return [made for child in children for made in self.block(child)]

    def paragraphs(self, children: Iterable[nodes.Node], *allowed: str) -> Elements:
        """Set blocks where only `p` may stand, and what else is ``allowed``: any block may stand in a `p`."""
        return [made if made.tag in ("p", *allowed) else element("p", made) for made in self.blocks(children)]

    def sections(self, parent: etree._Element, children: Iterable[nodes.Node]) -> None:
        """Set blocks and, behind them, sections."""
        for child in children:
            if isinstance(child, nodes.section):
                self.section(parent, child)
            elif made := self.block(child):
                # A block behind a section stands in one of its own, without a title.
                behind = len(parent) > 0 and parent[-1].tag == "sec"
                parent.extend([element("sec", element("title"), *made)] if behind else made)

    def section(self, parent: etree._Element, node: nodes.section) -> None:
        made = etree.SubElement(parent, "sec")
        self.mark(made, node)
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        made.append(self.line("title", title) if title is not None else element("title"))
        self.sections(made, (child for child in node.children if child is not title))

    def line(self, tag: str, node: nodes.Element) -> etree._Element:
        """Set what is one line: a title, a term, an attribution."""
        pieces = self.phrases(node.children)
        language = language_of(node)
        return element(tag, *([element("styled-content", *pieces, lang=language)] if language else pieces))

    def block(self, node: nodes.Node) -> Elements:
        """Set a block, with its language and its ids."""
        made = self.set_block(node)
        if isinstance(node, nodes.Element) and made:
            self.mark(made[0], node)
            if language := language_of(node):
                for each in made:
                    if each.tag in WORDED:
                        each.set(LANG, language)
        return made

    @singledispatchmethod
    def set_block(self, node: nodes.Node) -> Elements:
        """Set what is unknown: its words as a paragraph, or the blocks in it."""
        if is_left_out(node):
            return []
        if isinstance(node, nodes.Text | nodes.Inline | nodes.TextElement):
            pieces = self.phrase(node) if isinstance(node, nodes.Text | nodes.Inline) else self.phrases(node.children)
            return [element("p", *pieces)] if says(pieces) or any(not isinstance(each, str) for each in pieces) else []
        return self.blocks(node.children)

    @set_block.register(nodes.rubric)
    def rubric(self, node: nodes.rubric) -> Elements:
        return [element("p", element("bold", *self.phrases(node.children)), content_type="rubric")]

    @set_block.register(nodes.bullet_list)
    @set_block.register(nodes.enumerated_list)
    def listing(self, node: nodes.Element) -> Elements:
        return list_of(node, self)

    @set_block.register(nodes.definition_list)
    @set_block.register(nodes.field_list)
    @set_block.register(nodes.option_list)
    def definitions(self, node: nodes.Element) -> Elements:
        return [definitions_of(node, self)]

    @set_block.register(nodes.block_quote)
    def quotation(self, node: nodes.block_quote) -> Elements:
        said = [child for child in node.children if not isinstance(child, nodes.attribution)]
        by = [self.line("attrib", child) for child in node.children if isinstance(child, nodes.attribution)]
        return [element("disp-quote", *self.blocks(said), *by)]

    @set_block.register(nodes.line_block)
    def verses(self, node: nodes.line_block) -> Elements:
        """Set verses: `verse-group`, one in another where they are set further in."""
        made = element("verse-group")
        for child in node.children:
            if isinstance(child, nodes.line_block):
                made.extend(self.block(child))
            elif isinstance(child, nodes.line):
                # A verse may have no link in it, but what is named may.
                pieces = self.phrases(child.children)
                links = any(not isinstance(each, str) and each.tag == "ext-link" for each in pieces)
                verse = [element("named-content", *pieces, content_type="verse")] if links else pieces
                made.append(element("verse-line", *verse))
        return [made] if len(made) else []

    @set_block.register(nodes.literal_block)
    @set_block.register(nodes.doctest_block)
    def code(self, node: nodes.Element) -> Elements:
        made = element("preformat", preformat_type="code", specific_use=node.get("language", ""))
        return [filled(made, self.phrases(node.children), verbatim=True)]

    @set_block.register(nodes.math_block)
    def formula(self, node: nodes.math_block) -> Elements:
        return [each for each in self.display(node) if not isinstance(each, str)]

    @set_block.register(nodes.image)
    def graphic(self, node: nodes.image) -> Elements:
        """Set a picture that stands by itself, or what it shows as a paragraph where there is none."""
        return [element("p", each) if isinstance(each, str) else each for each in self.picture(node, "graphic")]

    def label(self, node: nodes.Element) -> Elements:
        """Make the `label` of a figure, a table or a listing, if it is numbered."""
        names: list[str] = node.get("ids", [])
        return [element("label", self.text.labels[name]) for name in names if name in self.text.labels][:1]

    @set_block.register(nodes.figure)
    def figure(self, node: nodes.figure) -> Elements:
        """Set a figure: in its `caption` all that is said of its pictures; the link that one may be is the figure's."""
        shown = [child for child in node.children if is_picture(child)]
        said = self.paragraphs(child for child in node.children if child not in shown)
        caption = [element("caption", *said)] if said else []
        links = [web_link(child.get("refuri", "")) for child in shown if isinstance(child, nodes.reference)]
        addresses = [filled(link, [str(link.get(HREF))]) for link in links if link is not None]
        pictures = self.blocks(image for child in shown for image in child.findall(nodes.image))
        return [element("fig", *self.label(node), *caption, *addresses, *pictures)]

    @set_block.register(nodes.table)
    def table(self, node: nodes.table) -> Elements:
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        caption = [element("caption", self.line("title", title))] if title is not None else []
        tables = [table_of(child, self) for child in node.children if isinstance(child, nodes.tgroup)]
        return [element("table-wrap", *self.label(node), *caption, *(each for each in tables if len(each)))]

    @set_block.register(nodes.container)
    def container(self, node: nodes.container) -> Elements:
        """Set a listing with its caption as `boxed-text`, and what stands in any other container."""
        if not node.get("literal_block"):
            return self.blocks(node.children)
        captions = [child for child in node.children if isinstance(child, nodes.caption)]
        return [self.box(node, captions, "listing")]

    @set_block.register(nodes.Admonition)
    @set_block.register(nodes.topic)
    @set_block.register(nodes.sidebar)
    def boxed(self, node: nodes.Element) -> Elements:
        """Set what stands in a box: `boxed-text`, with the title that its kind has where it has none."""
        titles = [child for child in node.children if isinstance(child, nodes.title | nodes.subtitle)]
        worded = admonitionlabels.get(node.tagname)
        if not titles and worded:
            titles = [nodes.title("", str(worded))]
        return [self.box(node, titles, node.tagname)]

    def box(self, node: nodes.Element, titles: Sequence[nodes.Element], kind: str) -> etree._Element:
        first = [self.line("title", title) for title in titles[:1]]
        others = [element("p", *self.phrases(title.children)) for title in titles[1:]]
        caption = [element("caption", *first, *others)] if titles else []
        blocks = self.blocks(child for child in node.children if child not in titles)
        return element("boxed-text", *self.label(node), *caption, *blocks, content_type=kind)

    @set_block.register(nodes.citation)
    def source(self, node: nodes.citation) -> Elements:
        """Set an entry of a list of sources in the text, behind its label."""
        labels = [f"[{child.astext()}] " for child in node.children if isinstance(child, nodes.label)]
        said = self.paragraphs(child for child in node.children if not isinstance(child, nodes.label))
        return [element("p", *labels, element("named-content", *inner(said), content_type="source"))]

    @set_block.register(nodes.footnote)
    def note(self, node: nodes.footnote) -> Elements:
        """Keep a note for the list of notes, as `fn` with the sources that it cites."""
        labels = [element("label", child.astext()) for child in node.children if isinstance(child, nodes.label)]
        said = self.paragraphs(child for child in node.children if not isinstance(child, nodes.label))
        said = said or [element("p")]
        cited = {source.key for source in self.text.sources} & set(node.get("sources", []))
        if cited:
            sources = " ".join(f"ref.{xml_id(key)}" for key in sorted(cited))
            pieces = inner(said[:1])
            said[0] = filled(element("p"), [element("named-content", *pieces, content_type="citation", rid=sources)])
        self.notes.append(element("fn", *labels, *said))
        self.mark(self.notes[-1], node)
        return []


def is_picture(node: nodes.Node) -> TypeGuard[nodes.Element]:
    """Tell whether a node is a picture, or a link that is nothing else."""
    if isinstance(node, nodes.reference):
        return bool(node.children) and all(isinstance(child, nodes.image) for child in node.children)
    return isinstance(node, nodes.image)


def inner(elements: Iterable[etree._Element]) -> list[Piece]:
    """Take the pieces out of elements."""
    pieces: list[Piece] = []
    for each in elements:
        pieces.append(each.text or "")
        for child in list(each):
            tail, child.tail = child.tail or "", None
            pieces += [child, tail]
        pieces.append(" ")
    return pieces[:-1]
