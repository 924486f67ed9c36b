"""Indent first lines, and place pictures, in texts that run from right to left (patches WeasyPrint 70)."""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure.boxes import InlineReplacedBox
from weasyprint.layout import inline

next_line = inline.get_next_linebox


def indented_line(context: Any, linebox: Any, *arguments: Any) -> Any:
    """Lay out the next line of a paragraph; WeasyPrint indents it on the left, in either direction."""
    line, resume_at = next_line(context, linebox, *arguments)
    if line and linebox.text_indent and linebox.style["direction"] == "rtl":
        for child in line.children:
            if child.is_in_normal_flow():
                child.translate(dx=-linebox.text_indent)
    return line, resume_at


def apply() -> None:
    """Patch WeasyPrint."""
    inline.get_next_linebox = indented_line
    # A picture that has proportions and no size is moved to the right before it has a place: an AttributeError.
    InlineReplacedBox.position_x = 0
