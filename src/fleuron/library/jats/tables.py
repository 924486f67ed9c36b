"""Tables in JATS, which are those of XHTML 1.1: heads, rows, cells that take more than one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from lxml import etree

from fleuron.library.jats.elements import element, filled
from fleuron.library.jats.inline import language_of

if TYPE_CHECKING:
    from fleuron.library.jats.blocks import Blocks

# What a cell heads: a column, its row, or nothing.
COLUMN, ROW, NOTHING = "col", "row", ""
# What may stand in a cell beside paragraphs.
IN_CELL = ("list", "def-list", "preformat", "disp-formula", "graphic")


def table_of(group: nodes.tgroup, blocks: Blocks) -> etree._Element:
    """Set a `table`."""
    made = element("table")
    for kind, tag in ((nodes.thead, "thead"), (nodes.tbody, "tbody")):
        rows = [row for part in group.children if isinstance(part, kind) for row in rows_of(part)]
        set_rows = [element("tr", *(cell_of(cell, heads, blocks) for cell, heads in row)) for row in rows]
        if set_rows or tag == "tbody":
            made.append(element(tag, *(set_rows or [element("tr", element("td"))])))
    return made


def cell_of(node: nodes.entry, heads: str, blocks: Blocks) -> etree._Element:
    """Set a cell, `th` if it heads others; a paragraph that is alone in it is its words."""
    made = element("th" if heads else "td", **wide_and_high(node), scope=heads)
    alone = node.children[0] if len(node.children) == 1 else None
    if not isinstance(alone, nodes.paragraph):
        made.extend(blocks.paragraphs(node.children, *IN_CELL))
        return made
    language, pieces = language_of(alone), blocks.phrases(alone.children)
    blocks.mark(made, alone)
    return filled(made, [element("styled-content", *pieces, lang=language)] if language else pieces)


def stubs(group: nodes.Element) -> list[bool]:
    """Tell of each column whether it heads its rows."""
    return [bool(spec.get("stub")) for spec in group.children if isinstance(spec, nodes.colspec)]


def rows_of(part: nodes.Element) -> Iterator[list[tuple[nodes.entry, str]]]:
    """Yield the rows of a head or a body, each cell with what it heads; none that others reach through."""
    heading = stubs(part.parent)
    reaching: dict[int, int] = {}  # how many rows more a cell above takes, by column
    for row in part.children:
        cells: list[tuple[nodes.entry, str]] = []
        column = 0
        below: dict[int, int] = {each: left - 1 for each, left in reaching.items() if left > 1}
        for entry in row.children if isinstance(row, nodes.row) else ():
            if not isinstance(entry, nodes.entry):
                continue
            while reaching.get(column):
                column += 1
            headed = column < len(heading) and heading[column]
            cells.append((entry, COLUMN if isinstance(part, nodes.thead) else ROW if headed else NOTHING))
            width = int(entry.get("morecols", 0)) + 1
            if entry.get("morerows"):
                below |= dict.fromkeys(range(column, column + width), int(entry["morerows"]))
            column += width
        reaching = below
        if cells:
            yield cells


def wide_and_high(entry: nodes.entry) -> dict[str, str]:
    """Return the attributes of a cell that takes more than one column or row."""
    more = {"colspan": int(entry.get("morecols", 0)), "rowspan": int(entry.get("morerows", 0))}
    return {name: str(count + 1) for name, count in more.items() if count}
