"""Measure rows of formulas in a time that grows with their nesting, and not by two to the power of it.

To know how high brackets must be, ziamath 0.13 builds what is in a row once more, and each row in it as well, down to
the innermost. Importing this module lets each formula remember the heights of its rows.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from typing import Any

from ziamath.nodes.mrow import Mrow

measure_row = Mrow._get_height_nostretch


def height_of_row(row: Mrow, line: Sequence[ElementTree.Element], **settings: Any) -> tuple[float, float]:
    """Return the lowest and the highest point of a row without what is stretched; measured once in a formula."""
    formula: Any = row
    while getattr(formula, "parent", None) is not None:
        formula = formula.parent
    heights: dict[Any, tuple[float, float]] = vars(formula).setdefault("heights_of_rows", {})
    content = b"".join(map(ElementTree.tostring, line))
    key = (content, row.glyphsize, repr(row.style), repr(sorted(settings.items())))
    if key not in heights:
        heights[key] = measure_row(row, list(line), **settings)
    return heights[key]


Mrow._get_height_nostretch = height_of_row  # type: ignore[method-assign,assignment]
