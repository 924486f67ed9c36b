"""Mark in a document where the pages of the printed volume begin, for the site and the EPUB."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docutils import nodes

from fleuron.manuscript.page_references import page_reference
from fleuron.manuscript.passages import PASSAGE
from fleuron.publication.page_breaks import PageBreak, position_of

# Nodes whose text is different in print.
DIFFERENT_IN_PRINT = (nodes.footnote_reference, nodes.math, page_reference, nodes.raw)


class folio(nodes.Inline, nodes.Element):  # noqa: N801 (docutils spells its nodes so)
    """The beginning of a page of the volume; ``name`` is the page's folio."""


def folio_id(name: str) -> str:
    """Return the id of the mark of a page, by its name."""
    return f"folio-{name}"


def mark_pages(doctree: nodes.document, first: str, breaks: Mapping[str, PageBreak]) -> None:
    """Insert a mark for each page of a document: before its title for the page named ``first``, else at its page break.

    If a page break is not found, because the text has changed, the mark is inserted at the beginning of its passage;
    without this passage, which only print may have, at that of the next, or at the end of the last. Every page is
    marked, because an EPUB lists each.
    """
    by_number = {node[PASSAGE]: node for node in doctree.findall(nodes.Element) if node.get(PASSAGE) is not None}
    for name, page_break in reversed(list(breaks.items())):
        if page_break.passage in by_number:
            insert_mark(by_number[page_break.passage], name, page_break)
        elif following := [number for number in by_number if number > page_break.passage]:
            insert_mark(by_number[min(following)], name, PageBreak(min(following)))
        elif by_number:
            insert_mark_after(by_number[max(by_number)], name)
        else:
            doctree.insert(0, folio("", name=name, ids=[folio_id(name)]))
    first_mark, title = folio("", name=first, ids=[folio_id(first)]), doctree.next_node(nodes.title)
    (doctree if title is None else title).insert(0, first_mark)


def insert_mark(passage: nodes.Element, name: str, page_break: PageBreak) -> None:
    """Insert the mark of a page into a passage, or before a picture."""
    mark = folio("", name=name, ids=[folio_id(name)])
    if not isinstance(passage, nodes.TextElement):  # a picture
        outer = outside_links(passage)
        outer.parent.insert(before_marks(outer.parent, index_of(outer)), mark)
        return
    texts = list(texts_in(passage))
    position = position_of(page_break, "".join(text.astext() for text in texts)) or 0
    for text in texts:
        if position <= len(text):
            split_text(text, position, mark)
            return
        position -= len(text)
    passage.insert(0, mark)


def insert_mark_after(passage: nodes.Element, name: str) -> None:
    """Insert the mark of a page at the end of a passage, or after a picture."""
    mark = folio("", name=name, ids=[folio_id(name)])
    if isinstance(passage, nodes.TextElement):
        passage.insert(before_marks(passage, len(passage)), mark)
    else:
        outer = outside_links(passage)
        outer.parent.insert(index_of(outer) + 1, mark)


def outside_links(picture: nodes.Element) -> nodes.Element:
    """Return a picture, or the link that it is in: Sphinx 9.0 writes nothing beside a picture in a link.

    It makes each scaled picture a link.
    """
    while isinstance(picture.parent, nodes.reference):
        picture = picture.parent
    return picture


def texts_in(passage: nodes.Element) -> Iterator[nodes.Text]:
    """Yield the text nodes of a passage whose text is the same in print."""
    for child in passage.children:
        if isinstance(child, nodes.Text):
            yield child
        elif isinstance(child, nodes.Element) and not isinstance(child, DIFFERENT_IN_PRINT):
            yield from texts_in(child)


def split_text(text: nodes.Text, position: int, mark: folio) -> None:
    """Insert a mark into a text node, before the character at an index."""
    content, parent, index = text.astext(), text.parent, index_of(text)
    if position == 0:
        parent.insert(before_marks(parent, index), mark)
        return
    pieces: list[nodes.Node] = [nodes.Text(content[:position]), mark, nodes.Text(content[position:])]
    parent[index : index + 1] = [piece for piece in pieces if not isinstance(piece, nodes.Text) or piece.astext()]


def index_of(node: nodes.Node) -> int:
    """Return the index of a node in its parent; docutils finds a text by its characters, and may find another one."""
    return next(number for number, child in enumerate(node.parent.children) if child is node)


def before_marks(parent: nodes.Element, index: int) -> int:
    """Return the index of the first of the marks directly before an index: those of later pages, inserted already."""
    while index and isinstance(parent[index - 1], folio):
        index -= 1
    return index
