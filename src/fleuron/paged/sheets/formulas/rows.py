"""Measure rows of formulas in a time that grows with their nesting, and not by two to the power of it.

To know how high brackets must be, ziamath 0.13 builds what is in a row once more, and each row in it as well, down to
the innermost. Importing this module lets it build the rows within a row that is measured once: no operator counts
there that is stretched, so that the height which it would be stretched to is not needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ziamath.nodes.mrow import Mrow

height_of_row = Mrow._get_height_nostretch


def height_unless_measured(row: Mrow, line: Sequence[Any], **settings: Any) -> tuple[float, float]:
    """Return the lowest and the highest point of a row; nothing if the row around it is being measured."""
    if settings.get("nostretch"):
        return 0.0, 0.0
    return height_of_row(row, list(line), **settings)


Mrow._get_height_nostretch = height_unless_measured  # type: ignore[method-assign,assignment]
