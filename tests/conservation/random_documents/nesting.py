"""Grow blocks within each other, and put them where Markdown wants them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from tests.conservation.random_documents.grower import Events, Grower, Piece, joined
from tests.conservation.random_documents.inline_text import NOTES, NOTHING, WITHIN_NOTE, Without, text

DEEPEST = 3
# What stands at the top level of a document alone.
TOP = "top level"


class Nesting(Protocol):
    """Grows blocks, so many at most, within those around them."""

    def __call__(self, grower: Grower, without: Without, most: int) -> Piece: ...


Block = Callable[[Grower, Without, Nesting], Piece]


def indented(text: str, by: str, first: str) -> str:
    """Return lines with an indent, the first with another one."""
    return "\n".join(
        (first if not number else by) + line if line else line for number, line in enumerate(text.split("\n"))
    )


def directive(grower: Grower, name: str, content: str, argument: str = "", options: Sequence[str] = ()) -> str:
    """Return a directive, whose fence is longer than those in it."""
    sign = "`" if "`" not in argument and grower.maybe() else ":"
    fence = sign * 3
    while fence in content:
        fence += sign
    # Without an empty line, a field list would be options.
    between = [""] if options or content.startswith(":") else []
    return "\n".join([f"{fence}{{{name}}} {argument}".rstrip(), *options, *between, content, fence])


def growing(kinds: Sequence[tuple[Block, Without]], depth: int = 0) -> Nesting:
    """Return what grows blocks of these kinds, each with what it cannot stand in, ``depth`` levels deep."""

    def grow(grower: Grower, without: Without, most: int) -> Piece:
        return joined([block(grower, without) for _ in range(grower.number(1, most))], "\n\n")

    def block(grower: Grower, without: Without) -> Piece:
        if depth >= DEEPEST or grower.maybe(3):
            return text(grower, without)
        possible = [function for function, groups in kinds if not groups & without]
        inner = growing(kinds, depth + 1)
        return grower.choose(possible)(
            grower, without, lambda grower, without, most: inner(grower, without | {TOP}, most)
        )

    return grow


def notes_of(kinds: Sequence[tuple[Block, Without]]) -> Callable[[Grower], tuple[str, Events]]:
    """Return what writes a note of the author's own, with blocks of these kinds, and returns its label and words."""

    def note(grower: Grower) -> tuple[str, Events]:
        label, place = f"note-{len(grower.definitions) + 1}", len(grower.definitions)
        grower.definitions.append("")
        without = NOTHING | {NOTES, WITHIN_NOTE, TOP}
        more = [growing(kinds, 1)(grower, without, 2)] if grower.maybe() else []
        inner = joined([text(grower, without), *more], "\n\n")
        grower.definitions[place] = f"[^{label}]: " + indented(inner.text, "    ", "")
        return label, inner.events

    return note
