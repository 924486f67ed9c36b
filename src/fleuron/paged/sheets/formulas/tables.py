"""Draw the rules of tables in formulas, which ziamath 0.13 does not draw.

Importing this module lets ziamath use this class for each `mtable`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ziafont.fonttypes import BBox
from ziamath.drawable import HLine, VLine
from ziamath.nodes.mtable import Mtable

# The space on each side of a rule, in em.
GAP = 0.25


@dataclass(frozen=True)
class Extent:
    """Where a row or a column begins and ends; downwards or to the right."""

    start: float
    end: float


class RuledTable(Mtable, tag="mtable"):
    """A table whose cells have borders in their styles."""

    def _setup(self, **kwargs: Any) -> None:
        super()._setup(**kwargs)
        rows = [list(row) for row in self.element]
        if not any("border-" in (cell.get("style") or "") for row in rows for cell in row):
            return
        gap = self.size_px(f"{GAP}em")
        thickness = self.units_to_points(self.font.math.consts.fractionRuleThickness)
        self.nodexy = [(x + gap + thickness, y) for x, y in self.nodexy]
        columns, lines = self.columns(rows), self.lines(rows)
        top, bottom = lines[0].start - gap, lines[-1].end + gap
        left, right = thickness, columns[-1].end + gap
        for x in sorted(vertical(rows, columns, gap)):
            self.add(VLine(bottom - top, thickness, style=self.style, **kwargs), x, top)
        for y in sorted(horizontal(rows, lines, gap)):
            self.add(HLine(right - left, thickness, style=self.style, **kwargs), left, y)
        self.bbox = BBox(0, right + thickness, -bottom - thickness, -top + thickness)

    def add(self, line: Any, x: float, y: float) -> None:
        self.nodes.append(line)
        self.nodexy.append((x, y))

    def cells(self, rows: Sequence[Sequence[Any]]) -> list[list[tuple[Any, tuple[float, float]]]]:
        placed = iter(zip(self.nodes, self.nodexy, strict=True))
        return [[next(placed) for _cell in row] for row in rows]

    def columns(self, rows: Sequence[Sequence[Any]]) -> list[Extent]:
        cells = self.cells(rows)
        found = []
        for number in range(max(len(row) for row in rows)):
            column = [row[number] for row in cells if number < len(row)]
            filled = [(node, x) for node, (x, _y) in column if node.bbox.xmax > node.bbox.xmin]
            filled = filled or [(node, x) for node, (x, _y) in column]
            found.append(Extent(min(x for _node, x in filled), max(x + node.bbox.xmax for node, x in filled)))
        return found

    def lines(self, rows: Sequence[Sequence[Any]]) -> list[Extent]:
        return [
            Extent(min(y - node.bbox.ymax for node, (_x, y) in row), max(y - node.bbox.ymin for node, (_x, y) in row))
            for row in self.cells(rows)
        ]


def vertical(rows: Sequence[Sequence[Any]], columns: Sequence[Extent], gap: float) -> set[float]:
    """Return the places of the rules beside columns."""
    found = set()
    for row in rows:
        for number, cell in enumerate(row):
            style = cell.get("style") or ""
            if "border-left" in style:
                found.add(columns[number].start - gap)
            if "border-right" in style:
                after = columns[number + 1].start if number + 1 < len(columns) else columns[number].end + 2 * gap
                found.add((columns[number].end + after) / 2)
    return found


def horizontal(rows: Sequence[Sequence[Any]], lines: Sequence[Extent], gap: float) -> set[float]:
    """Return the places of the rules above and below rows."""
    found = set()
    for number, row in enumerate(rows):
        styles = [cell.get("style") or "" for cell in row]
        if any("border-top" in style for style in styles):
            before = lines[number - 1].end if number else lines[number].start - 2 * gap
            found.add((before + lines[number].start) / 2)
        if any("border-bottom" in style for style in styles):
            found.add(lines[number].end + gap)
    return found
