"""Let a table of many columns be read row by row on a phone, where its head names every column.

The style sheet sets each cell beside the name of its column. Browsers tell readers of screens nothing of a table whose
parts are not laid out as such (CSS Display 3, 2.8), so that the roles of ARIA 1.2 are written as well.
"""

from __future__ import annotations

from docutils import nodes

# The class of such a table. One of fewer columns has room on a phone, or scrolls.
AS_ROWS, COLUMNS = "as-rows", 5
LABEL = "data-label"
ROLES = {nodes.table: "table", nodes.thead: "rowgroup", nodes.tbody: "rowgroup", nodes.row: "row"}


def column_names(table: nodes.table) -> tuple[str, ...]:
    """Return the names of the columns, of which the first may have none; nothing if the table cannot be so read.

    Its head is one row, and no cell spans rows or columns.
    """
    heads, entries = list(table.findall(nodes.thead)), list(table.findall(nodes.entry))
    spans = any(entry.get("morecols") or entry.get("morerows") for entry in entries)
    nested = sum(1 for _ in table.findall(nodes.table)) > 1
    if len(heads) != 1 or len(heads[0]) != 1 or spans or nested:
        return ()
    names = tuple(" ".join(entry.astext().split()) for entry in heads[0][0].children)
    return names if len(names) >= COLUMNS and all(names[1:]) else ()


def table_attributes(node: nodes.Element, names: tuple[str, ...]) -> dict[str, str]:
    """Return the attributes of a part of a table with columns of these names."""
    if not isinstance(node, nodes.entry):
        role = ROLES.get(type(node))
        return {"role": role} if role else {}
    row = node.parent
    column = row.index(node)
    if isinstance(row.parent, nodes.thead):
        return {"role": "columnheader" if names[column] else "cell"}
    columns = list(row.parent.parent.findall(nodes.colspec))
    is_stub = column < len(columns) and bool(columns[column].get("stub"))
    return {"role": "rowheader" if is_stub else "cell", LABEL: names[column]}
