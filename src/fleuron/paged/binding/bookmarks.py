"""The bookmarks of a book: those of its parts, one after the other (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pikepdf import Dictionary, Name, Object, Pdf


def siblings(outline: Object) -> Iterator[Object]:
    """List the bookmarks directly below an outline or a bookmark."""
    item = outline.get("/First")
    while item is not None:
        yield item
        item = item.get("/Next")


def bind_outlines(book: Pdf, outlines: Sequence[Object]) -> None:
    """Make one outline of those of the parts; what is open or closed stays so."""
    items = [item for outline in outlines for item in siblings(outline)]
    if not items:
        return
    root = book.make_indirect(Dictionary(Type=Name.Outlines, First=items[0], Last=items[-1]))
    root.Count = sum(1 + max(int(item.get("/Count", 0)), 0) for item in items)
    for item in items:
        item.Parent = root
        for key in ("/Prev", "/Next"):
            if key in item:
                del item[key]
    for before, after in pairwise(items):
        before.Next = after
        after.Prev = before
    book.Root.Outlines = root
    book.Root.PageMode = Name.UseOutlines
