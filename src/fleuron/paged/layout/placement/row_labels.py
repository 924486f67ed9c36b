"""Keep the short labels of a table's rows on one line each.

WeasyPrint 70 shares the width of a table among its columns by the letters that they have: beside long cells, a label of
two short words would have two lines.
"""

from __future__ import annotations

from typing import Any

from fleuron.paged.layout.placement.decimal_columns import text_and_calls

LABEL = "row-label"
# How many letters a label has at most, and columns its table.
LONGEST, MOST_COLUMNS = 18, 5


def keep_row_labels(root: Any) -> None:
    """Mark the labels of rows that are to be on one line."""
    for table in root.iter("table"):
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
        if max(map(len, rows), default=0) <= MOST_COLUMNS:
            for label, *others in filter(None, rows):
                if others and len(text_and_calls(label)[0].strip()) <= LONGEST:
                    label.set("class", " ".join([*label.get("class", "").split(), LABEL]))
