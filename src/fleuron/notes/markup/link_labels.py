"""Find the end of a label in brackets in time that grows with the length of a text.

markdown-it-py 4.0 looks through the rest of a paragraph at each bracket that nothing closes, and again at each bracket
around it.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from markdown_it import MarkdownIt, helpers
from markdown_it.rules_inline import StateInline

UNCLOSED = -1


def parse_link_label(state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: N803 (markdown-it's)
    """Return where the label that begins with the bracket at ``start`` ends, or -1, as markdown-it does.

    With ``disableNested``, a label with a link in it is not a label.
    """
    # What is known of the brackets of the text, by where it ends: the rules of links shorten it for what is in a link.
    known: dict[tuple[int, int, bool], int] = state.__dict__.setdefault("label_ends", {})
    key = (state.posMax, start, disableNested)
    if key not in known:
        before = state.pos
        known[key] = label_end(state, start, without_links=disableNested)
        state.pos = before
    return known[key]


def label_end(state: StateInline, start: int, *, without_links: bool) -> int:
    """Look for the bracket that closes the one at ``start``; it has none if a bracket within it has none."""
    state.pos = start + 1
    while state.pos < state.posMax:
        marker, at = state.src[state.pos], state.pos
        if marker == "]":
            return at
        state.md.inline.skipToken(state)
        if marker == "[" and state.pos == at + 1:  # it begins no link
            end = parse_link_label(state, at, without_links)
            if end == UNCLOSED:
                return UNCLOSED
            state.pos = end + 1
        elif marker == "[" and without_links:
            return UNCLOSED
    return UNCLOSED


def use_link_labels(parser: MarkdownIt) -> None:
    """Let the rules of a parser find labels in this way."""
    # Its type is that of the module whose functions these are.
    parser.helpers = cast(Any, SimpleNamespace(**{**vars(helpers), "parseLinkLabel": parse_link_label}))
