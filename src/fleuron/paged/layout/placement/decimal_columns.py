"""Align the numbers of a table's column at their decimal signs, whichever decimals and calls of notes they have."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from fleuron.paged.layout.structure_roles import NOTE

# The class of the cells of a column of numbers, which are aligned to the right.
NUMBERS = "numbers"
# The class of a later call of a note.
AGAIN = "again"
# The attribute of an element with the decimals that a number lacks, which take their room and are not shown.
PADDING = "data-decimals"
# The attribute of an element with the digits that the calls of a number lack, likewise.
CALL_PADDING = "data-calls"
FRACTION = re.compile(r"([.,٫])(\d+)$")


def align_decimals(root: Any) -> None:
    """Give each number of a column that has fewer decimals than another the room of those that it lacks.

    It is at the right of the number, where a cell from right to left begins; calls of notes are at the left there.
    """
    for table, direction in tables_in(root, "ltr"):
        columns: dict[int, list[Any]] = defaultdict(list)
        for row in table.iter("tr"):
            for place, cell in enumerate(row):
                if cell.tag == "td" and NUMBERS in cell.get("class", "").split():
                    columns[place].append(cell)
        for cells in columns.values():
            read = [text_and_calls(cell) for cell in cells]
            missing = missing_decimals([text.strip() for text, _ in read])
            longest = max(len(calls) for _, calls in read)
            for cell, decimals, (text, calls) in zip(cells, missing, read, strict=True):
                if cell.get("dir", direction) == "rtl":
                    add_padding(cell, PADDING, decimals, at_start=True)
                    continue
                add_padding(cell, CALL_PADDING, "0" * (longest - len(calls)) if text.strip() else "")
                add_padding(cell, PADDING, decimals)


def tables_in(element: Any, direction: str) -> Iterator[tuple[Any, str]]:
    """Yield the tables in an element of a direction, each with its own."""
    direction = element.get("dir", direction)
    if element.tag == "table":
        yield element, direction
    for child in element:
        yield from tables_in(child, direction)


def text_and_calls(element: Any) -> tuple[str, str]:
    """Return the text of a cell without its notes, and the digits of their calls."""
    text, calls = element.text or "", ""
    for child in element:
        names = child.get("class", "").split()
        if NOTE in names:
            calls += child.get("data-number", "")
        elif AGAIN in names:
            calls += "".join(child.itertext())
        else:
            within, called = text_and_calls(child)
            text, calls = text + within, calls + called
        text += child.tail or ""
    return text, calls


def add_padding(cell: Any, name: str, padding: str, *, at_start: bool = False) -> None:
    """Add what takes room and is not shown at the end of a cell, or at its start."""
    if padding:
        block = cell[-1] if len(cell) and cell[-1].tag == "p" else cell
        added = block.makeelement("span", {name: padding})
        if at_start:
            block.text, added.tail = None, block.text
            block.insert(0, added)
        else:
            block.append(added)


def missing_decimals(numbers: Sequence[str]) -> list[str]:
    """Return for each number what it lacks of the decimals of the column, such as “.00”; "" if it lacks nothing.

    A point before three figures everywhere is taken for that of thousands, as is one that a number has twice.
    """
    found = [FRACTION.search(number) for number in numbers]
    signs = {match[1] for match in found if match}
    decimal = {sign for sign in signs if is_decimal(sign, numbers)}
    if len(decimal) != 1:
        return ["" for _ in numbers]
    (sign,) = decimal
    lengths = [len(match[2]) if match and match[1] == sign else 0 for match in found]
    most = max(lengths)
    return [
        ("" if length else sign) + zero_beside(number) * (most - length)
        if length < most and number[-1:].isdecimal()
        else ""
        for number, length in zip(numbers, lengths, strict=True)
    ]


def zero_beside(number: str) -> str:
    """Return the figure 0 of the figures of a number, which may be Persian or Arabic ones."""
    return chr(ord(number[-1]) - unicodedata.digit(number[-1]))


def is_decimal(sign: str, numbers: Sequence[str]) -> bool:
    """Return whether a sign stands before decimals in a column, and not between thousands."""
    if any(number.count(sign) > 1 for number in numbers):
        return False
    parts = [number.partition(sign)[2] for number in numbers if sign in number]
    return any(len(part) != 3 for part in parts)
