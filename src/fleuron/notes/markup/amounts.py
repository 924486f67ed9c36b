"""Read amounts of money as text: “from $5 to $10” and “5$ or 10$” have no formula between two dollar signs."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

FORMULA = "math_inline"


def amount(state: StateInline, silent: bool) -> bool:
    """Parse the dollar sign of an amount (a rule of markdown-it)."""
    text, start = state.src, state.pos
    if text[start] != "$" or is_escaped(text, start):
        return False
    end = text.find("$", start + 1)
    while end > 0 and is_escaped(text, end):
        end = text.find("$", end + 1)
    if end < 0 or not is_amount(text[start - 1 : start], text[start + 1 : end], text[end + 1 : end + 2]):
        return False
    if not silent:
        state.pending += "$"
    state.pos += 1
    return True


def is_escaped(text: str, position: int) -> bool:
    """Return whether an odd number of backslashes stands before a position."""
    first = position
    while first > 0 and text[first - 1] == "\\":
        first -= 1
    return (position - first) % 2 == 1


def is_amount(before: str, between: str, after: str) -> bool:
    """Return whether a dollar sign belongs to a number.

    ``before`` and ``after`` are the letters before it and after the next, ``between`` what stands between the two.
    """
    if between[:1].isdigit():
        return after.isdigit() or between[-1:].isspace()
    return before.isdigit() and between[:1].isspace() and not between[-1:].isspace()


def add_rule(parser: MarkdownIt) -> None:
    """Add the rule, if the parser reads formulas between dollar signs."""
    if FORMULA in parser.get_all_rules()["inline"]:
        parser.inline.ruler.before(FORMULA, "amount", amount)
