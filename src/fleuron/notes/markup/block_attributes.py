"""Let the attributes on a line, `{.language-fa}`, be those of the block below a label or a comment that follows them.

The plugin of mdit-py-plugins 0.5 gives them to the label, `(label)=`, which prints nothing.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

ATTRIBUTES = "attrs_block"
COMMENT = re.compile(r"\s*<!--.*?-->\s*", re.DOTALL)


def is_invisible(token: Token) -> bool:
    """Return whether a block prints nothing: a label or a comment."""
    is_comment = token.type == "html_block" and COMMENT.fullmatch(token.content) is not None
    return is_comment or token.type in ("myst_target", "myst_line_comment")


def move_attributes_down(state: StateCore) -> None:
    """Move attributes after the labels and comments that follow them (a rule of markdown-it)."""
    for index in reversed(range(len(state.tokens))):
        if state.tokens[index].type == ATTRIBUTES:
            end = index + 1
            while end < len(state.tokens) and is_invisible(state.tokens[end]):
                end += 1
            state.tokens.insert(end - 1, state.tokens.pop(index))


def add_rule(parser: MarkdownIt) -> None:
    """Add the rule, if the parser reads attributes of blocks."""
    if "attr" in parser.get_all_rules()["core"]:
        parser.core.ruler.before("attr", "attributes_above_labels", move_attributes_down)
