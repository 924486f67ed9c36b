"""Make a bound PDF's bookmarks from those of its parts (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pikepdf import Dictionary, Name, Object, Pdf, String

from fleuron.metadata.plain_text import one_line
from fleuron.paged.binding.bound_document import Bookmark


def join_bookmarks(document: Pdf, outlines: Mapping[str, Object], bookmarks: Sequence[Bookmark] = ()) -> None:
    """Make the document's bookmarks from the outlines of its parts, by the names of these.

    Parts that no bookmark names come in their own order, those before the first that one names at the beginning.
    Open bookmarks stay open.
    """
    named = {bookmark.part for bookmark in with_all_below(bookmarks)}
    names = list(outlines)
    first = next((place for place, name in enumerate(names) if name in named), len(names))
    before = [item for name in names[:first] for item in siblings(outlines[name])]
    after = [item for name in names[first:] if name not in named for item in siblings(outlines[name])]
    items = [*before, *items_of(document, outlines, bookmarks), *after]
    if not items:
        return
    root = document.make_indirect(Dictionary(Type=Name.Outlines))
    put_below(root, items)
    document.Root.Outlines = root
    document.Root.PageMode = Name.UseOutlines


def with_all_below(bookmarks: Sequence[Bookmark]) -> Iterator[Bookmark]:
    """Yield bookmarks and all those below them."""
    for bookmark in bookmarks:
        yield bookmark
        yield from with_all_below(bookmark.bookmarks)


def items_of(document: Pdf, outlines: Mapping[str, Object], bookmarks: Sequence[Bookmark]) -> list[Object]:
    """Return the items of bookmarks, with those below them; none of what leads nowhere."""
    items = []
    for bookmark in bookmarks:
        own = list(siblings(outlines[bookmark.part])) if bookmark.part in outlines else []
        below = items_of(document, outlines, bookmark.bookmarks)
        if own:
            own[0].Title = String(one_line(bookmark.title))
            if below:
                put_below(own[-1], [*siblings(own[-1]), *below])
            items += own
        elif below:
            item = document.make_indirect(Dictionary(Title=String(one_line(bookmark.title))))
            copy_destination(below[0], item)
            put_below(item, below)
            items.append(item)
    return items


def copy_destination(source: Object, target: Object) -> None:
    """Let a bookmark lead to where another one does."""
    for key in ("/Dest", "/A"):
        if key in source:
            target[key] = source[key]


def put_below(parent: Object, items: Sequence[Object]) -> None:
    """Put items, at least one, below an outline or a bookmark, which is open."""
    for item in items:
        item.Parent = parent
        for key in ("/Prev", "/Next"):
            if key in item:
                del item[key]
    for before, after in pairwise(items):
        before.Next = after
        after.Prev = before
    parent.First, parent.Last = items[0], items[-1]
    parent.Count = sum(1 + max(int(item.get("/Count", 0)), 0) for item in items)


def siblings(outline: Object) -> Iterator[Object]:
    """List the bookmarks directly below an outline or a bookmark."""
    item = outline.get("/First")
    while item is not None:
        yield item
        item = item.get("/Next")
