"""Find which figures and tables of a sheet go to the head or foot of a page, and give back those that have no place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from fleuron.paged.layout.structure_roles import NOTE

FLOATING = "page-float"
# The elements in which a figure is one of the running text.
TEXT = frozenset({"body", "article", "section"})
# A table of more rows stands where it is called, and goes on over pages.
MOST_ROWS = 15


def mark_floats(root: Any) -> None:
    """Mark the figures and tables of articles that go to the head or foot of a page."""
    for article in root.iter("article"):
        for element in list(floating_in(article)):
            element.set("class", " ".join([*element.get("class", "").split(), FLOATING]))


def floating_in(parent: Any) -> Iterator[Any]:
    """Yield the figures and tables below an element that can stand elsewhere than they are called.

    They have a caption, by which the text calls them. One with notes stays, or its notes might come before others.
    """
    for child in parent:
        if child.tag in TEXT:
            yield from floating_in(child)
        elif child.tag in ("figure", "table") and has_caption(child) and not is_large(child) and not has_notes(child):
            yield child


def has_caption(element: Any) -> bool:
    return any(child.tag in ("figcaption", "caption") for child in element.iter())


def is_large(element: Any) -> bool:
    return sum(1 for _ in element.iter("tr")) > MOST_ROWS


def has_notes(element: Any) -> bool:
    return any(NOTE in each.get("class", "").split() for each in element.iter())


def unmark(elements: Iterable[Any]) -> None:
    """Let figures and tables stand where they are called."""
    for element in elements:
        names = [name for name in element.get("class", "").split() if name != FLOATING]
        element.set("class", " ".join(names))
