"""Convert block nodes to JATS: sections, paragraphs, lists, tables, quotations, figures, listings, boxes, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatchmethod
from typing import TypeGuard

from docutils import nodes
from lxml import etree
from sphinx.locale import admonitionlabels

from fleuron.library.article_text import ArticleText
from fleuron.library.jats.elements import HREF, LANG, Piece, element, fill, has_words, xml_id
from fleuron.library.jats.inline import InlineConverter, is_left_out, marked_language, web_link

Elements = list[etree._Element]
# Elements that take `xml:lang`; the content of others needs a `styled-content`.
TAKE_LANGUAGE = {"p", "disp-quote", "list", "def-list", "preformat", "verse-group", "boxed-text", "fig", "table-wrap"}
# `list-type` by docutils' name of the numbering.
LIST_TYPES = {
    **{"arabic": "order", "loweralpha": "alpha-lower", "upperalpha": "alpha-upper"},
    **{"lowerroman": "roman-lower", "upperroman": "roman-upper"},
}
DEFINITIONS = (nodes.definition, nodes.field_body, nodes.description)
# What a table cell may contain beside paragraphs.
CELL_CONTENT = ("list", "def-list", "preformat", "disp-formula", "graphic")


class BlockConverter(InlineConverter):
    """Converts the blocks of a text; ``notes`` collects the `fn` elements of the notes met so far."""

    def __init__(self, text: ArticleText) -> None:
        super().__init__(text)
        self.notes: Elements = []

    def convert_blocks(self, children: Iterable[nodes.Node]) -> Elements:
        return [converted for child in children for converted in self.convert_block(child)]

    def convert_paragraphs(self, children: Iterable[nodes.Node], *allowed: str) -> Elements:
        """Convert blocks where only `p` and the ``allowed`` elements are allowed; wrap any other in a `p`."""
        blocks = self.convert_blocks(children)
        return [block if block.tag in ("p", *allowed) else element("p", block) for block in blocks]

    def convert_sections(self, parent: etree._Element, children: Iterable[nodes.Node]) -> None:
        """Convert blocks and sections into a parent; JATS wants all sections after the blocks."""
        for child in children:
            if isinstance(child, nodes.section):
                self.convert_section(parent, child)
            elif blocks := self.convert_block(child):
                # A block that follows a section gets a section of its own, without a title.
                follows_section = len(parent) > 0 and parent[-1].tag == "sec"
                parent.extend([element("sec", element("title"), *blocks)] if follows_section else blocks)

    def convert_section(self, parent: etree._Element, node: nodes.section) -> None:
        section = etree.SubElement(parent, "sec")
        self.copy_ids(node, section)
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        section.append(self.convert_line("title", title) if title is not None else element("title"))
        self.convert_sections(section, (child for child in node.children if child is not title))

    def convert_line(self, tag: str, node: nodes.Element) -> etree._Element:
        """Convert a node of one line, such as a title, a term or an attribution, to an element of this tag."""
        pieces = self.convert_children(node)
        language = marked_language(node)
        return element(tag, *([element("styled-content", *pieces, lang=language)] if language else pieces))

    def convert_block(self, node: nodes.Node) -> Elements:
        """Convert a block, with its language and its ids."""
        blocks = self.to_blocks(node)
        if isinstance(node, nodes.Element) and blocks:
            self.copy_ids(node, blocks[0])
            if language := marked_language(node):
                for block in blocks:
                    if block.tag in TAKE_LANGUAGE:
                        block.set(LANG, language)
        return blocks

    @singledispatchmethod
    def to_blocks(self, node: nodes.Node) -> Elements:
        """Convert a node of no kind below: text becomes a paragraph, a container is replaced by its blocks."""
        if is_left_out(node):
            return []
        if isinstance(node, nodes.Text | nodes.Inline):
            pieces = self.convert_inline(node)
        elif isinstance(node, nodes.TextElement):
            pieces = self.convert_children(node)
        else:
            return self.convert_blocks(node.children)
        has_content = has_words(pieces) or any(not isinstance(piece, str) for piece in pieces)
        return [element("p", *pieces)] if has_content else []

    @to_blocks.register(nodes.rubric)
    def rubric(self, node: nodes.rubric) -> Elements:
        return [element("p", element("bold", *self.convert_children(node)), content_type="rubric")]

    @to_blocks.register(nodes.bullet_list)
    @to_blocks.register(nodes.enumerated_list)
    def item_list(self, node: nodes.Element) -> Elements:
        """Convert to a `list`; leave out one without items."""
        numbered = isinstance(node, nodes.enumerated_list)
        kind = LIST_TYPES.get(node.get("enumtype", ""), "order") if numbered else "bullet"
        converted = element("list", list_type=kind)
        start = int(node.get("start", 1))
        for number, item in enumerate(elements_in(node), start):
            # JATS has no other way to say that a list begins with another number than 1.
            label = [element("label", f"{number}.")] if numbered and start != 1 else []
            content = self.convert_paragraphs(item.children, "list", "def-list") or [element("p")]
            converted.append(element("list-item", *label, *content))
            self.copy_ids(item, converted[-1])
        return [converted] if len(converted) else []

    @to_blocks.register(nodes.definition_list)
    @to_blocks.register(nodes.field_list)
    @to_blocks.register(nodes.option_list)
    def definition_list(self, node: nodes.Element) -> Elements:
        """Convert terms, fields or options and their definitions to a `def-list`."""
        converted = element("def-list")
        for item in elements_in(node):
            for part in elements_in(item):
                self.add_definition_part(converted, part)
            if len(converted):
                self.copy_ids(item, converted[-1])
        return [converted]

    def add_definition_part(self, converted: etree._Element, part: nodes.Element) -> None:
        """Add a term to a `def-list`, a classifier to its last term, or a definition to its last item."""
        if isinstance(part, DEFINITIONS):
            if not len(converted):
                converted.append(element("def-item", element("term")))
            converted[-1].append(element("def", *(self.convert_paragraphs(part.children) or [element("p")])))
        elif isinstance(part, nodes.classifier) and len(converted):
            name = element("named-content", *self.convert_children(part), content_type="classifier")
            fill(converted[-1][0], [" ", name])
        else:
            converted.append(element("def-item", self.convert_line("term", part)))
            self.copy_ids(part, converted[-1])

    @to_blocks.register(nodes.block_quote)
    def quotation(self, node: nodes.block_quote) -> Elements:
        content = [child for child in node.children if not isinstance(child, nodes.attribution)]
        sources = [
            self.convert_line("attrib", child) for child in node.children if isinstance(child, nodes.attribution)
        ]
        return [element("disp-quote", *self.convert_blocks(content), *sources)]

    @to_blocks.register(nodes.line_block)
    def verses(self, node: nodes.line_block) -> Elements:
        """Convert verses to `verse-group`, nested where they are indented."""
        group = element("verse-group")
        for child in node.children:
            if isinstance(child, nodes.line_block):
                group.extend(self.convert_block(child))
            elif isinstance(child, nodes.line):
                # A `verse-line` may not contain an `ext-link`; a `named-content` in it may.
                pieces = self.convert_children(child)
                links = any(not isinstance(piece, str) and piece.tag == "ext-link" for piece in pieces)
                verse = [element("named-content", *pieces, content_type="verse")] if links else pieces
                group.append(element("verse-line", *verse))
        return [group] if len(group) else []

    @to_blocks.register(nodes.literal_block)
    @to_blocks.register(nodes.doctest_block)
    def code(self, node: nodes.Element) -> Elements:
        code = element("preformat", preformat_type="code", specific_use=node.get("language", ""))
        return [fill(code, self.convert_children(node), verbatim=True)]

    @to_blocks.register(nodes.math_block)
    def formula(self, node: nodes.math_block) -> Elements:
        return [self.display_formula(node)]

    @to_blocks.register(nodes.image)
    def graphic(self, node: nodes.image) -> Elements:
        """Convert a picture that is a block, or its alternative text to a paragraph if it has no file."""
        pieces = self.picture(node, "graphic")
        return [element("p", piece) if isinstance(piece, str) else piece for piece in pieces]

    def label(self, node: nodes.Element) -> Elements:
        """Return the `label` of a figure, a table or a listing, if it is numbered."""
        ids: Sequence[str] = node.get("ids", [])
        return [element("label", self.text.labels[name]) for name in ids if name in self.text.labels][:1]

    @to_blocks.register(nodes.figure)
    def figure(self, node: nodes.figure) -> Elements:
        """Convert a figure: its text to the `caption`, the link around a picture to a link of the whole figure."""
        shown = [child for child in node.children if is_picture(child)]
        content = self.convert_paragraphs(child for child in node.children if child not in shown)
        caption = [element("caption", *content)] if content else []
        links = [web_link(child.get("refuri", "")) for child in shown if isinstance(child, nodes.reference)]
        addresses = [fill(link, [str(link.get(HREF))]) for link in links if link is not None]
        pictures = self.convert_blocks(image for child in shown for image in child.findall(nodes.image))
        return [element("fig", *self.label(node), *caption, *addresses, *pictures)]

    @to_blocks.register(nodes.table)
    def table(self, node: nodes.table) -> Elements:
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        caption = [element("caption", self.convert_line("title", title))] if title is not None else []
        groups = [self.table_group(child) for child in node.children if isinstance(child, nodes.tgroup)]
        return [element("table-wrap", *self.label(node), *caption, *(group for group in groups if len(group)))]

    def table_group(self, group: nodes.tgroup) -> etree._Element:
        """Convert to a `table`, which is that of XHTML 1.1."""
        table = element("table")
        for kind, tag in ((nodes.thead, "thead"), (nodes.tbody, "tbody")):
            rows = [row for part in group.children if isinstance(part, kind) for row in cells_by_row(part)]
            converted = [element("tr", *(self.cell(entry, scope) for entry, scope in row)) for row in rows]
            if converted or tag == "tbody":
                table.append(element(tag, *(converted or [element("tr", element("td"))])))
        return table

    def cell(self, entry: nodes.entry, scope: str) -> etree._Element:
        """Convert a cell, to `th` if it has a scope; a single paragraph becomes the text of the cell."""
        cell = element("th" if scope else "td", **spans(entry), scope=scope)
        only = entry.children[0] if len(entry.children) == 1 else None
        if not isinstance(only, nodes.paragraph):
            cell.extend(self.convert_paragraphs(entry.children, *CELL_CONTENT))
            return cell
        language, pieces = marked_language(only), self.convert_children(only)
        self.copy_ids(only, cell)
        return fill(cell, [element("styled-content", *pieces, lang=language)] if language else pieces)

    @to_blocks.register(nodes.container)
    def container(self, node: nodes.container) -> Elements:
        """Convert a listing with a caption to `boxed-text`; replace any other container by its blocks."""
        if not node.get("literal_block"):
            return self.convert_blocks(node.children)
        captions = [child for child in node.children if isinstance(child, nodes.caption)]
        return [self.boxed_text(node, captions, "listing")]

    @to_blocks.register(nodes.Admonition)
    @to_blocks.register(nodes.topic)
    @to_blocks.register(nodes.sidebar)
    def box(self, node: nodes.Element) -> Elements:
        """Convert an admonition, a topic or a sidebar; one without a title gets that of its kind, if there is one."""
        titles = [child for child in node.children if isinstance(child, nodes.title | nodes.subtitle)]
        default_title = admonitionlabels.get(node.tagname)
        if not titles and default_title:
            titles = [nodes.title("", str(default_title))]
        return [self.boxed_text(node, titles, node.tagname)]

    def boxed_text(self, node: nodes.Element, titles: Sequence[nodes.Element], kind: str) -> etree._Element:
        first = [self.convert_line("title", title) for title in titles[:1]]
        others = [element("p", *self.convert_children(title)) for title in titles[1:]]
        caption = [element("caption", *first, *others)] if titles else []
        blocks = self.convert_blocks(child for child in node.children if child not in titles)
        return element("boxed-text", *self.label(node), *caption, *blocks, content_type=kind)

    @to_blocks.register(nodes.citation)
    def citation(self, node: nodes.citation) -> Elements:
        """Convert an entry of a list of sources in the text."""
        labels = [f"[{child.astext()}] " for child in node.children if isinstance(child, nodes.label)]
        content = self.convert_paragraphs(child for child in node.children if not isinstance(child, nodes.label))
        return [element("p", *labels, element("named-content", *pieces_of(content), content_type="source"))]

    @to_blocks.register(nodes.footnote)
    def note(self, node: nodes.footnote) -> Elements:
        """Add a note to ``notes`` as an `fn` that points to the sources that it cites; nothing stays in its place."""
        labels = [element("label", child.astext()) for child in node.children if isinstance(child, nodes.label)]
        content = self.convert_paragraphs(child for child in node.children if not isinstance(child, nodes.label))
        content = content or [element("p")]
        cited = {source.key for source in self.text.sources} & set(node.get("sources", []))
        if cited:
            targets = " ".join(f"ref.{xml_id(key)}" for key in sorted(cited))
            citation = element("named-content", *pieces_of(content[:1]), content_type="citation", rid=targets)
            content[0] = element("p", citation)
        self.notes.append(element("fn", *labels, *content))
        self.copy_ids(node, self.notes[-1])
        return []


def elements_in(node: nodes.Element) -> list[nodes.Element]:
    return [child for child in node.children if isinstance(child, nodes.Element)]


def is_picture(node: nodes.Node) -> TypeGuard[nodes.Element]:
    """Return whether a node is a picture, or a link around nothing but pictures."""
    if isinstance(node, nodes.reference):
        return bool(node.children) and all(isinstance(child, nodes.image) for child in node.children)
    return isinstance(node, nodes.image)


def pieces_of(elements: Iterable[etree._Element]) -> list[Piece]:
    """Return the content of elements as pieces, separated by spaces; the elements lose their children."""
    pieces: list[Piece] = []
    for parent in elements:
        pieces.append(parent.text or "")
        for child in list(parent):
            tail, child.tail = child.tail or "", None
            pieces += [child, tail]
        pieces.append(" ")
    return pieces[:-1]


def cells_by_row(part: nodes.Element) -> Iterator[list[tuple[nodes.entry, str]]]:
    """Yield the rows of a table's head or body: each cell with its scope, “col”, “row” or “” for a data cell.

    Rows without cells, which cells of the rows above span, are left out.
    """
    stub_columns = [bool(spec.get("stub")) for spec in part.parent.children if isinstance(spec, nodes.colspec)]
    spanned: dict[int, int] = {}  # by column, how many rows, this one included, a cell above still spans
    for row in part.children:
        cells: list[tuple[nodes.entry, str]] = []
        column = 0
        spanned_below = {spanned_column: rows - 1 for spanned_column, rows in spanned.items() if rows > 1}
        for entry in row.children if isinstance(row, nodes.row) else ():
            if not isinstance(entry, nodes.entry):
                continue
            while spanned.get(column):
                column += 1
            is_stub = column < len(stub_columns) and stub_columns[column]
            cells.append((entry, "col" if isinstance(part, nodes.thead) else "row" if is_stub else ""))
            width = int(entry.get("morecols", 0)) + 1
            if entry.get("morerows"):
                spanned_below |= dict.fromkeys(range(column, column + width), int(entry["morerows"]))
            column += width
        spanned = spanned_below
        if cells:
            yield cells


def spans(entry: nodes.entry) -> dict[str, str]:
    """Return the `colspan` and `rowspan` of a cell that has more than one column or row."""
    more = {"colspan": int(entry.get("morecols", 0)), "rowspan": int(entry.get("morerows", 0))}
    return {name: str(count + 1) for name, count in more.items() if count}
