"""One structure tree of many: the parts of a book under one document (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf


def numbered(tree: Object) -> Iterator[tuple[int, Object]]:
    """List a number tree's entries (ISO 32000-1, 7.9.7)."""
    for node in tree.get("/Kids", ()):
        yield from numbered(node)
    entries = list(tree.get("/Nums", ()))
    yield from zip(entries[::2], entries[1::2], strict=True)


def bind_trees(book: Pdf, gatherings: Sequence[Object]) -> None:
    """Join the trees of gatherings under one /Document, each as a /Part."""
    root = book.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = book.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    tops = []
    for gathering in gatherings:
        top = gathering.Top
        top.P = document
        if gathering.Language != book.Root.Lang:
            top.Lang = gathering.Language
        tops.append(top)
    document.K = Array(tops)
    root.K = Array([document])
    root.ParentTree = number_parents(book, gatherings)
    book.Root.StructTreeRoot = root
    book.Root.MarkInfo = Dictionary(Marked=True)


def number_parents(book: Pdf, gatherings: Sequence[Object]) -> Object:
    """Number the holders of content, pages and annotations, throughout; return the tree of its owners (14.7.4.4).

    Each gathering has a leaf of its own.
    """
    leaves, count = [], 0
    for gathering in gatherings:
        entries: list[int | Object] = []
        for holder, owner in zip(list(gathering.Holders), list(gathering.Owners), strict=True):
            holder["/StructParents" if holder.get("/Type") == Name.Page else "/StructParent"] = count
            entries += (count, owner)
            count += 1
        if entries:
            limits = Array([entries[0], entries[-2]])
            leaves.append(book.make_indirect(Dictionary(Limits=limits, Nums=Array(entries))))
    return book.make_indirect(Dictionary(Kids=Array(leaves)))
