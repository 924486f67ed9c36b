"""Format tables in Markdown, so that the output of a benchmark can be kept as a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """A table, whose first column is aligned left and the others, which contain numbers, right."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    def __str__(self) -> str:
        lines = [self.columns, *self.rows]
        widths = [max(len(line[place]) for line in lines) for place in range(len(self.columns))]
        rule = [":" + "-" * (width - 1) if not place else "-" * (width - 1) + ":" for place, width in enumerate(widths)]
        set_lines = [
            [cell.rjust(width) if place else cell.ljust(width) for place, (cell, width) in enumerate(pairs)]
            for pairs in (list(zip(line, widths, strict=True)) for line in lines)
        ]
        printed = "\n".join(f"| {' | '.join(cells)} |" for cells in (set_lines[0], rule, *set_lines[1:]))
        return f"## {self.title}\n\n{printed}\n" + (f"\n{self.note}\n" if self.note else "")
