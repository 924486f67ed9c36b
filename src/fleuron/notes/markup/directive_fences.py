"""Read directives whose titles have backticks, such as a note call, behind a fence of backticks.

CommonMark allows no backtick there, so that inline code may begin a paragraph with three. A line that begins with the
name of a directive, does not end the code itself, and has its closing fence further down is no such code.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.fence import make_fence_rule

OPENING = re.compile(r"(?P<fence>`{3,})\{[\w:.-]+\}(?P<title>[^\n]*`[^\n]*)")
fence = make_fence_rule(markers=("`",), disallow_marker_in_info=())


def directive_fence(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Parse such a directive (a rule of markdown-it)."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    opening = OPENING.fullmatch(state.src[start : state.eMarks[start_line]])
    if opening is None or state.is_code_block(start_line) or opening["fence"] in opening["title"]:
        return False
    closing = re.compile(rf"\s*{opening['fence']}`*\s*")
    for line in range(start_line + 1, end_line):
        begins = state.bMarks[line] + state.tShift[line]
        ends = state.eMarks[line]
        if begins < ends and state.sCount[line] < state.blkIndent:
            return False
        if closing.fullmatch(state.src[begins:ends]):
            return fence(state, start_line, end_line, silent)
    return False


def add_rule(parser: MarkdownIt) -> None:
    parser.block.ruler.before(
        "fence", "directive_fence", directive_fence, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
