"""Walk and make the trees of pandoc (its JSON): nodes are ``{"t": kind, "c": content}``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

Node = dict[str, Any]
# What takes the place of a node: other nodes, or None for the node itself.
Replacement = Callable[[Node], Sequence[Node] | None]
# The kinds whose content is text.
SPACES = frozenset({"Space", "SoftBreak", "LineBreak"})


def replaced(value: Any, replacement: Replacement) -> Any:
    """Return a tree in which nodes are replaced, those within others first."""
    if isinstance(value, list):
        found: list[Any] = []
        for entry in value:
            made = replaced(entry, replacement)
            others = replacement(made) if is_node(made) else None
            found.extend([made] if others is None else others)
        return found
    if isinstance(value, dict):
        return {key: replaced(entry, replacement) for key, entry in value.items()}
    return value


def is_node(value: object) -> bool:
    return isinstance(value, dict) and "t" in value


def nodes_in(value: Any) -> Iterator[Node]:
    """Yield all nodes of a tree in the order of its text."""
    if is_node(value):
        yield value
    if isinstance(value, dict | list):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from nodes_in(entry)


def plain_text(value: Any) -> str:
    """Return the text of a tree without its markup; notes and raw markup have none."""
    if isinstance(value, list):
        return "".join(map(plain_text, value))
    if not is_node(value):
        return ""
    kind, content = value["t"], value.get("c")
    if kind in SPACES:
        return " "
    if kind == "Str":
        return str(content)
    if kind in ("Code", "Math"):
        return str(content[1])
    if kind in ("Note", "RawInline", "RawBlock"):
        return ""
    if kind == "Quoted":
        marks = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
        return f"{marks[0]}{plain_text(content[1])}{marks[1]}"
    return plain_text(content)


def text(words: str) -> Node:
    return {"t": "Str", "c": words}


def markdown(source: str) -> Node:
    """Return what stands within a line as it is written."""
    return {"t": "RawInline", "c": ["markdown", source]}


def markdown_block(source: str) -> Node:
    return {"t": "RawBlock", "c": ["markdown", source]}


def paragraph(*content: Node) -> Node:
    return {"t": "Para", "c": list(content)}
