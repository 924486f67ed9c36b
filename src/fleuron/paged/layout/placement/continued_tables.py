"""Say on each page on which a table goes on that it does: “Table 3 (continued)”, above its repeated head.

A head of a table is the same on all its pages in WeasyPrint 70. So it has a first row that is empty where the table
begins.
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import block

# The attribute of a sheet that has the word for it, in the edition's language.
WORD = "data-continued"
ROW = "continued-row"
# How many lines of a cell make a row tall, and about how many letters a line has that is as wide as the table.
TALL, LETTERS_IN_LINE = 20, 80


def mark_tables(root: Any) -> None:
    """Add the row to each table with a number, which may go on over pages."""
    word = root.get(WORD, "")
    for table in list(root.iter("table")) if word else ():
        number = table.find("./caption/span[@class='caption-number']")
        body = table.find("./tbody")
        if number is None or body is None:
            continue
        head = table.find("./thead")
        if head is None:
            head = table.makeelement("thead", {})
            table.insert(list(table).index(body), head)
        columns = max(sum(int(cell.get("colspan") or 1) for cell in row) for row in table.iter("tr"))
        row = head.makeelement("tr", {"class": ROW})
        cell = row.makeelement("td", {"colspan": str(columns)})
        cell.append(cell.makeelement("div", {WORD: f"{text_of(number)} {word}"}))
        row.append(cell)
        head.insert(0, row)


def mark_tall_rows(root: Any) -> None:
    """Mark the rows that would not fit on a page with the head above them, which may be broken over pages."""
    for row in root.iter("tr"):
        cells = [len("".join(cell.itertext())) for cell in row]
        if cells and max(cells) * len(cells) > TALL * LETTERS_IN_LINE:
            row.set("class", " ".join([*row.get("class", "").split(), "tall-row"]))


def text_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def where_it_begins(table: Any) -> Any:
    """Return the box of a table without the text of its first row, if that says that the table goes on."""
    head = table.children[0] if table.children else None
    if head is None or not head.is_header or not is_continued(head.children[0]):
        return table
    row = head.children[0]
    empty = row.copy_with_children([cell.copy_with_children([]) for cell in row.children])
    return table.copy_with_children(
        [head.copy_with_children([empty, *head.children[1:]]), *table.children[1:]],
    )


def is_continued(row: Any) -> bool:
    return row.element is not None and row.element.get("class") == ROW


def register() -> None:
    """Extend WeasyPrint's layout of tables, once."""
    if getattr(block, "has_continued_tables", False):
        return
    block.has_continued_tables = True
    lay_out = block.table_layout

    def lay_out_table(context: Any, table: Any, bottom_space: float, skip_stack: Any, *rest: Any) -> Any:
        shown = table if skip_stack else where_it_begins(table)
        return lay_out(context, shown, bottom_space, skip_stack, *rest)

    block.table_layout = lay_out_table
