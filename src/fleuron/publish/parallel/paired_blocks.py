"""Pair the blocks of an article in two editions, by the numbers that their passages have in both.

A row begins with a block of which both editions have the first passage; what only one of them has stays in its row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml import html

from fleuron.site.site_translator import PASSAGE_ATTRIBUTE

# What is not shown again: notes, sources, authors, links from sections to other editions, and the marks of pages.
LEFT_OUT = frozenset(
    {
        *("article-actions", "article-sources", "biographies", "citing-notes", "elsewhere", "folio"),
        *("enlarge", "footnote", "footnote-list", "headerlink", "lightbox"),
    }
)


@dataclass(frozen=True)
class Row:
    """Blocks that are shown side by side, in the first edition and in the second; ``passage`` is their first."""

    passage: int
    first: tuple[html.HtmlElement, ...]
    second: tuple[html.HtmlElement, ...]


def classes_of(element: html.HtmlElement) -> list[str]:
    return str(element.get("class") or "").split()


def is_left_out(element: html.HtmlElement) -> bool:
    is_anchor = element.tag == "span" and element.keys() == ["id"] and not len(element) and not element.text
    return not isinstance(element.tag, str) or is_anchor or not LEFT_OUT.isdisjoint(classes_of(element))


def blocks_in(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield the blocks of an article, those in its sections one by one."""
    for child in element:
        if is_left_out(child):
            continue
        if child.tag == "section" or "section-head" in classes_of(child):
            yield from blocks_in(child)
        else:
            yield child


def passage_of(block: html.HtmlElement) -> int | None:
    """Return the number of the first passage in a block; None if it has none, as what the press has added."""
    number = next((each.get(PASSAGE_ATTRIBUTE) for each in block.iter() if each.get(PASSAGE_ATTRIBUTE)), None)
    return int(number) if number is not None else None


def paired(first: html.HtmlElement, second: html.HtmlElement) -> list[Row]:
    """Pair the blocks of an article in two editions."""
    blocks = list(blocks_in(first)), list(blocks_in(second))
    numbers = [[passage_of(block) for block in found] for found in blocks]
    starts = list(common(numbers[0], numbers[1]))
    if not starts:
        return []
    # What stands before the first pair, such as a mark of the page, is in the first row.
    begins = [(0, 0), *starts[1:]]
    ends = [*starts[1:], (len(blocks[0]), len(blocks[1]))]
    return [
        Row(numbers[0][at] or 0, tuple(blocks[0][begin[0] : end[0]]), tuple(blocks[1][begin[1] : end[1]]))
        for (at, _other), begin, end in zip(starts, begins, ends, strict=True)
    ]


def common(first: Sequence[int | None], second: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Yield the places of the numbers that both have, in an order that both have."""
    # A number each that no other has stands for what has none.
    left = [number if number is not None else -1 - at for at, number in enumerate(first)]
    right = [number if number is not None else -1 - len(first) - at for at, number in enumerate(second)]
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        yield from ((block.a + at, block.b + at) for at in range(block.size))
