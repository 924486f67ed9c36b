"""Find in which passage of a sheet, and after how many of its letters, each laid-out page begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fleuron.paged.layout.structure_roles import NOTE, PASSAGE
from fleuron.publication.page_breaks import PageBreak, letters_of, page_break_after

# The classes of elements whose letters other formats do not have, or have otherwise.
NOT_COUNTED = frozenset({NOTE, "formula", "page-reference", "caption-number", "linenos"})


def breaks_of(pages: Sequence[Any], root: Any) -> tuple[PageBreak, ...]:
    """Return where each page but the first begins; ``pages`` are tagged ones, ``root`` is the element of the sheet.

    A page without a passage, such as one of notes alone, begins where the next one does, or where the text
    ends.
    """
    passages, before = dict(passages_of(root)), dict[int, str]()
    firsts: list[PageBreak | None] = []
    for page in pages:
        found = None
        for box in page.content:
            passage, counts = passages.get(box.element, (None, False))
            if passage is None or getattr(box, "is_call", False):
                continue
            found = found or page_break_after(passage, before.get(passage, ""))
            if counts and "::" not in box.element_tag:
                before[passage] = before.get(passage, "") + letters_of(getattr(box, "text", ""))
        firsts.append(found)
    last = max(before, default=0)
    following = page_break_after(last, before.get(last, ""))
    breaks = []
    for first in reversed(firsts):
        following = first or following
        breaks.append(following)
    return tuple(breaks[::-1][1:])


def passages_of(
    element: Any, passage: int | None = None, counts: bool = True
) -> Iterator[tuple[Any, tuple[int, bool]]]:
    """Yield the elements that belong to passages, each with the passage's number and whether its letters count."""
    if PASSAGE in element.attrib:
        passage = int(element.get(PASSAGE))
    classes = set(element.get("class", "").split())
    if NOTE in classes:
        return
    counts = counts and not classes & NOT_COUNTED
    if passage is not None:
        yield element, (passage, counts)
    for child in element:
        yield from passages_of(child, passage, counts)
