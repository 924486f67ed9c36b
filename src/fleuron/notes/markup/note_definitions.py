"""Read the first line of a note's definition as if it were indented like the others, by four spaces, as pandoc does."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.footnote.index import footnote_def


def note_definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Parse a note's definition (a rule of markdown-it).

    mdit-py-plugins 0.7 takes the first line to be indented by five, with the space after the colon: the inner items of
    a list that begins there, which are indented by six, would stand beside the outer one.
    """
    parser, tokenize = state.md.block, state.md.block.tokenize

    def tokenize_from_indent(state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 (as markdown-it)
        parser.tokenize = tokenize  # type: ignore[method-assign]
        if 0 <= state.sCount[startLine] - state.blkIndent < 4:
            state.sCount[startLine] = state.blkIndent
        tokenize(state, startLine, endLine)

    parser.tokenize = tokenize_from_indent  # type: ignore[method-assign]
    try:
        return footnote_def(state, start_line, end_line, silent)
    finally:
        parser.tokenize = tokenize  # type: ignore[method-assign]


def add_rule(parser: MarkdownIt) -> None:
    # It also ends a quotation: otherwise a definition on the line below one would be its words.
    parser.block.ruler.at("footnote_def", note_definition, {"alt": ["paragraph", "reference", "blockquote"]})
