"""Rewrite tables of many columns so that each row becomes a list of its cells with their heads on small screens.

Of the devices that read EPUBs, many show cells side by side whatever the style sheet says, and cut what they have no
room for; so these are blocks with the roles of a table, and only a screen that says that it is wide makes columns of
them. In the text, a head stands before each cell, which is hidden where there are columns.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from fleuron.epub.valid_markup import XHTML

# The columns for which a page of 5 inches has no room, and those whose letters must be smaller there.
WIDE, NARROW = 6, 5
# The classes of cells that are aligned, with those that align them only where there are columns.
ALIGNED = {"numbers": "amounts", "text-right": "at-end"}


def rewrite_wide_tables(root: Element) -> None:
    """Rewrite the tables of many columns; one with joined cells stays a table, with smaller letters."""
    for table in list(root.iter(f"{{{XHTML}}}table")):
        rows = [list(cells_of(row)) for row in table.iter(f"{{{XHTML}}}tr")]
        columns = max(map(len, rows), default=0)
        if columns >= WIDE and is_regular(table, rows):
            rewrite(table, rows)
        elif columns >= NARROW:
            table.set("class", " ".join([*(table.get("class") or "").split(), "many-columns"]))


def name_of(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def cells_of(row: Element) -> Iterator[Element]:
    return (cell for cell in row if name_of(cell) in ("td", "th"))


def is_regular(table: Element, rows: list[list[Element]]) -> bool:
    """Return whether a table has one row of heads, as many cells in each row, and none within another."""
    heads = table.findall(f"{{{XHTML}}}thead/{{{XHTML}}}tr")
    is_joined = any(cell.get(name, "1") != "1" for row in rows for cell in row for name in ("colspan", "rowspan"))
    is_nested = next(table.iterancestors(f"{{{XHTML}}}table"), None) is not None
    is_nested = is_nested or table.find(f".//{{{XHTML}}}table") is not None
    return len(heads) == 1 and len({len(row) for row in rows}) == 1 and not is_joined and not is_nested


def rewrite(table: Element, rows: list[list[Element]]) -> None:
    """Make a figure of a table, whose caption names its rows."""
    labels = [" ".join("".join(map(str, cell.itertext())).split()) for cell in rows[0]]
    caption = table.find(f"{{{XHTML}}}caption")
    grid = etree.Element(f"{{{XHTML}}}div", {"class": "rows", "role": "table"})
    for number, row in enumerate(rows):
        grid.append(new_row(row, labels if number else []))
    if caption is not None:
        table.remove(caption)
        caption.tag = f"{{{XHTML}}}figcaption"
        if identifier := table.get("id"):
            caption.set("id", f"{identifier}-caption")
            grid.set("aria-labelledby", f"{identifier}-caption")
    identifier, direction, tail = table.get("id"), table.get("dir"), table.tail
    table.clear()
    table.tag, table.tail = f"{{{XHTML}}}figure", tail
    table.set("class", "wide-table")
    if identifier:
        table.set("id", identifier)
    if direction:
        table.set("dir", direction)
    table.extend([grid] if caption is None else [caption, grid])


def new_row(cells: list[Element], labels: list[str]) -> Element:
    """Return a row of blocks in place of a row of a table; without ``labels`` it is that of the heads."""
    row = etree.Element(f"{{{XHTML}}}div", {"class": "row" if labels else "heads", "role": "row"})
    for number, cell in enumerate(cells):
        role = "cell" if number else "rowheader"
        cell.set("role", role if labels else "columnheader")
        cell.attrib.pop("scope", "")
        names = set((cell.get("class") or "").split())
        aligned = next((ALIGNED[name] for name in ALIGNED if name in names), "")
        cell.set("class", " ".join(filter(None, ["cell" if number else "row-name", aligned])))
        cell.tag, cell.tail = f"{{{XHTML}}}div", None
        if labels and number and labels[number]:
            add_label(cell, labels[number])
        row.append(cell)
    return row


def add_label(cell: Element, label: str) -> None:
    """Put the head of a column before the text of a cell, in its first paragraph."""
    head = etree.Element(f"{{{XHTML}}}span", {"class": "cell-head"})
    head.text = f"{label}: "
    first = cell[0] if len(cell) and name_of(cell[0]) == "p" and not (cell.text or "").strip() else cell
    head.tail, first.text = first.text, None
    first.insert(0, head)
