"""Change one setting in conf.py, and not a character beside it."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass


@dataclass(frozen=True)
class PlainList:
    """A setting that is a plain list of texts: its values, and where the text of the last one ends, or the list begins.

    ``line`` counts from 1; ``offset`` is in bytes of UTF-8, from the beginning of the line.
    """

    values: tuple[str, ...]
    line: int
    offset: int


def plain_list(text: str, name: str) -> PlainList | None:
    """Find a setting that is assigned once, at the beginning of a line, and is a list of texts; None if it is not."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return None
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == name]
    found = [
        statement.value
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        and len(statement.targets) == 1
        and isinstance(statement.targets[0], ast.Name)
        and statement.targets[0].id == name
    ]
    if len(named) != 1 or len(found) != 1 or not isinstance(found[0], ast.List):
        return None
    elements = found[0].elts
    values = [each.value for each in elements if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    if len(values) != len(elements) or not values:
        return None
    last = elements[-1]
    return PlainList(tuple(values), last.end_lineno or 0, last.end_col_offset or 0)


def with_value(text: str, name: str, value: str) -> str | None:
    """Return a conf.py whose list has one more value at its end; None if it is not a plain list of texts."""
    found = plain_list(text, name)
    if found is None:
        return None
    lines = text.splitlines(keepends=True)
    line = lines[found.line - 1].encode()
    lines[found.line - 1] = (line[: found.offset] + f", {json.dumps(value)}".encode() + line[found.offset :]).decode()
    return "".join(lines)


def line_with(text: str, value: str) -> str:
    """Return the line that a value was added to, without its comment's white space at the ends."""
    return next(line.strip() for line in text.splitlines() if json.dumps(value) in line)
