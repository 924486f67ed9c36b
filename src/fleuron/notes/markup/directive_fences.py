"""Read directives whose titles have backticks, such as a note call, after a fence of backticks.

CommonMark allows no backtick there, so that inline code may begin a paragraph with three. A line that begins with the
name of a directive, does not end the code itself, and has its closing fence further down is not such code.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

OPENING = re.compile(r"(?P<fence>`{3,})\{[\w:.-]+\}(?P<title>[^\n]*`[^\n]*)")


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
        if closing.fullmatch(state.src[begins:ends]) and not state.is_code_block(line):
            if not silent:
                push_directive(state, opening, start_line, line)
            return True
    return False


def push_directive(state: StateBlock, opening: re.Match[str], start_line: int, closing_line: int) -> None:
    """Add the token of a fence, as markdown-it's own rule would without its check of the title."""
    state.line = closing_line + 1
    token = state.push("fence", "code", 0)
    token.info = opening.string[opening.end("fence") :]
    token.content = state.getLines(start_line + 1, closing_line, state.sCount[start_line], True)
    token.markup = opening["fence"]
    token.map = [start_line, state.line]


def add_rule(parser: MarkdownIt) -> None:
    parser.block.ruler.before(
        "fence", "directive_fence", directive_fence, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
