"""Folios of the volume in the text of other formats: marks where its pages begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docutils import nodes

from fleuron.manuscript.page_references import page_reference
from fleuron.manuscript.passages import PASSAGE
from fleuron.publication.page_breaks import PageBreak, position_of

# What has other words in print, or none.
APART = (nodes.footnote_reference, nodes.math, page_reference, nodes.raw)


class folio(nodes.Inline, nodes.Element):  # noqa: N801 (docutils spells its nodes so)
    """The beginning of a page of the volume; ``name`` is what the page is called."""


def folio_id(name: str) -> str:
    """Return the id of the mark of a page."""
    return f"folio-{name}"


def mark_pages(doctree: nodes.document, first: str, breaks: Mapping[str, PageBreak]) -> None:
    """Set the marks of a document's pages, by their names: of the ``first``, which it opens, and of the others.

    A page whose beginning is not found in the text, for another text stands there, is marked before its passage.
    """
    found = {node[PASSAGE]: node for node in doctree.findall(nodes.Element) if PASSAGE in node}
    for name, each in reversed(list(breaks.items())):
        if passage := found.get(each.passage):
            mark(passage, name, each)
    if (opening := doctree.next_node(nodes.title)) is not None:
        opening.insert(0, folio("", name=first, ids=[folio_id(first)]))


def mark(passage: nodes.Element, name: str, where: PageBreak) -> None:
    """Mark a page's beginning in, or before, a passage."""
    sign = folio("", name=name, ids=[folio_id(name)])
    if not isinstance(passage, nodes.TextElement):  # a picture
        passage.parent.insert(passage.parent.index(passage), sign)
        return
    texts = list(texts_in(passage))
    place = position_of(where, "".join(text.astext() for text in texts)) or 0
    for text in texts:
        if place <= len(text):
            split(text, place, sign)
            return
        place -= len(text)
    passage.insert(0, sign)


def texts_in(passage: nodes.Element) -> Iterator[nodes.Text]:
    """Yield the texts of a passage that are the same in all formats."""
    for child in passage.children:
        if isinstance(child, nodes.Text):
            yield child
        elif isinstance(child, nodes.Element) and not isinstance(child, APART):
            yield from texts_in(child)


def split(text: nodes.Text, place: int, sign: folio) -> None:
    """Set a sign into a text, at a place in it."""
    words, parent = text.astext(), text.parent
    index = next(number for number, child in enumerate(parent.children) if child is text)
    pieces: list[nodes.Node] = [nodes.Text(words[:place]), sign, nodes.Text(words[place:])]
    parent[index : index + 1] = [piece for piece in pieces if not isinstance(piece, nodes.Text) or piece.astext()]
