"""Read roles within a text, ``{name}`content` ``, in time that grows with the length of the text."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

ROLE = re.compile(r"\{([\w+:-]+)\}(`+)", re.ASCII)


def inline_role(state: StateInline, silent: bool) -> bool:
    """Parse a role (a rule of markdown-it).

    The rule of mdit-py-plugins 0.7 reads the same, and copies the rest of the text at each special character.
    """
    match = ROLE.match(state.src, state.pos)
    if match is None:
        return False
    name, ticks = match.groups()
    end = state.src.find(ticks, match.end() + 1)
    if end < 0:
        return False
    if not silent:
        token = state.push("myst_role", "", 0)
        token.meta = {"name": name}
        token.content = state.src[match.end() : end].replace("\n", " ")
    state.pos = end + len(ticks)
    return True


def add_rule(parser: MarkdownIt) -> None:
    parser.inline.ruler.at("myst_role", inline_role)
