"""Keep the numbers of lists as they are written: “5. May” below “19. March” is not item 20.

CommonMark counts on from the first number. Where all numbers are the same (1. 1. 1.), the author lets it count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

OPEN, CLOSE, ITEM = "ordered_list_open", "ordered_list_close", "list_item_open"


def split_lists(state: StateCore) -> None:
    """Split the ordered lists whose numbers do not count on (a rule of markdown-it)."""
    openings: list[Token] = []
    items: dict[int, list[Token]] = {}
    for token in state.tokens:
        if token.type == OPEN:
            openings.append(token)
            items[id(token)] = []
        elif token.type == CLOSE:
            openings.pop()
        elif token.type == ITEM and openings and token.level == openings[-1].level + 1:
            items[id(openings[-1])].append(token)
    breaks = {id(item): first for listed in items.values() for item, first in items_that_begin_anew(listed)}
    if breaks:
        state.tokens = list(with_breaks(state.tokens, breaks))


def items_that_begin_anew(items: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Yield the items of a list whose number does not follow the one before, with their numbers."""
    numbers = [int(item.info) for item in items if item.info.isdecimal()]
    if len(numbers) < len(items) or len(set(numbers)) < 2:
        return
    for before, number, item in zip(numbers, numbers[1:], items[1:], strict=False):
        if number != before + 1:
            yield item, number


def with_breaks(tokens: Sequence[Token], breaks: dict[int, int]) -> Iterator[Token]:
    """Yield tokens, with the end of a list and the beginning of another before each item that begins anew."""
    openings: list[Token] = []
    for token in tokens:
        if token.type == OPEN:
            openings.append(token)
        elif token.type == CLOSE:
            openings.pop()
        elif id(token) in breaks:
            opening = openings[-1]
            yield Token(CLOSE, "ol", -1, level=opening.level, markup=opening.markup, block=True)
            again = opening.copy(attrs={**opening.attrs, "start": breaks[id(token)]}, map=token.map)
            openings[-1] = again
            yield again
        yield token


def add_rule(parser: MarkdownIt) -> None:
    parser.core.ruler.after("block", "list_numbers", split_lists)
