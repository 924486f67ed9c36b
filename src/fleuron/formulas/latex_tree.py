"""Read a formula's LaTeX as a tree of tokens, groups and environments, and find its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# A command, a comment, white space, or a character.
TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|%[^\n]*\n?|\s+|.", re.DOTALL)
# The length that may follow the end of a row: `\\[2pt]`.
LENGTH = re.compile(r"\s*-?[\d.]*\s*(?:[a-z]{2}|\\[a-z]+)\s*")
# The most braces and environments within each other: what reads their contents calls itself at each.
DEEPEST = 60
ENDS_OF_ROWS = frozenset({"\\\\", "\\cr", "\\tabularnewline"})


class FormulaError(ValueError):
    """The reason why a formula cannot be converted, in a few words."""


@dataclass(frozen=True)
class Group:
    """What stands between braces."""

    children: tuple[Node, ...]


@dataclass(frozen=True)
class Environment:
    """What stands between ``\\begin{name}`` and ``\\end{name}``."""

    name: str
    children: tuple[Node, ...]


Node = str | Group | Environment


def parse(latex: str) -> tuple[Node, ...]:
    """Return the nodes of a formula, without its comments; raise FormulaError where something is not closed."""
    tokens = [token for token in TOKEN.findall(latex) if not token.startswith("%")]
    children, position = parse_until(tokens, 0, DEEPEST)
    if position < len(tokens):
        unopened = "}" if tokens[position] == "}" else f"\\end{{{name_at(tokens, position + 1)[0]}}}"
        raise FormulaError(f"“{unopened}” closes nothing")
    return children


def parse_until(tokens: Sequence[str], position: int, levels: int) -> tuple[tuple[Node, ...], int]:
    """Parse up to a closing brace or ``\\end``; return the nodes, and the position of what ends them.

    ``levels`` is how many there may be within.
    """
    if levels < 0:
        raise FormulaError(f"it has more than {DEEPEST} braces within each other")
    children: list[Node] = []
    while position < len(tokens):
        token = tokens[position]
        if token in ("}", "\\end"):
            return tuple(children), position
        if token == "{":
            content, position = parse_until(tokens, position + 1, levels - 1)
            if position >= len(tokens) or tokens[position] != "}":
                raise FormulaError("a brace is not closed")
            children.append(Group(content))
        elif token == "\\begin":
            name, position = name_at(tokens, position + 1)
            content, position = parse_until(tokens, position, levels - 1)
            if position >= len(tokens) or tokens[position] != "\\end":
                raise FormulaError(f"“\\begin{{{name}}}” has no “\\end{{{name}}}”")
            ended, position = name_at(tokens, position + 1)
            if ended != name:
                raise FormulaError(f"“\\begin{{{name}}}” is closed by “\\end{{{ended}}}”")
            position -= 1
            children.append(Environment(name, content))
        else:
            children.append(token)
        position += 1
    return tuple(children), position


def name_at(tokens: Sequence[str], position: int) -> tuple[str, int]:
    """Return the name in braces of an environment, and the position after it."""
    while position < len(tokens) and tokens[position].isspace():
        position += 1
    try:
        end = tokens.index("}", position) if tokens[position] == "{" else -1
    except (IndexError, ValueError):
        end = -1
    if end < 0:
        raise FormulaError("\\begin and \\end need the name of an environment in braces")
    return "".join(tokens[position + 1 : end]).strip(), end + 1


def text_of(nodes: Sequence[Node]) -> str:
    """Return nodes as LaTeX."""
    return "".join(text_of_node(node) for node in nodes)


def text_of_node(node: Node) -> str:
    if isinstance(node, Group):
        return f"{{{text_of(node.children)}}}"
    if isinstance(node, Environment):
        return f"\\begin{{{node.name}}}{text_of(node.children)}\\end{{{node.name}}}"
    return node


class Cursor:
    """A position in a sequence of nodes."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self.position = 0

    def __iter__(self) -> Iterator[Node]:
        while self.position < len(self.nodes):
            self.position += 1
            yield self.nodes[self.position - 1]

    def skip_space(self) -> None:
        while (found := self.peek()) is not None and isinstance(found, str) and found.isspace():
            self.position += 1

    def peek(self) -> Node | None:
        return self.nodes[self.position] if self.position < len(self.nodes) else None

    def take(self, expected: str) -> bool:
        """Go beyond a token, if it is the next one."""
        if self.peek() != expected:
            return False
        self.position += 1
        return True

    def argument(self, command: str) -> tuple[Node, ...]:
        """Return the argument of a command: a group's content, or one token."""
        self.skip_space()
        found = self.peek()
        if found is None:
            raise FormulaError(f"“{command}” has no argument")
        self.position += 1
        return found.children if isinstance(found, Group) else (found,)

    def optional(self) -> tuple[Node, ...] | None:
        """Return the argument in square brackets that comes next; None if none does."""
        if self.peek() != "[":
            return None
        rest = self.nodes[self.position + 1 :]
        if "]" not in rest:
            return None
        end = rest.index("]")
        self.position += end + 2
        return tuple(rest[:end])

    def skip_length(self) -> None:
        """Go beyond the star and the length that may follow the end of a row."""
        self.take("*")
        before = self.position
        length = self.optional()
        if length is not None and not LENGTH.fullmatch(text_of(length)):
            self.position = before


def rows_of(nodes: Sequence[Node]) -> list[tuple[Node, ...]]:
    """Return the rows of an environment; an empty one at its end does not count."""
    rows: list[list[Node]] = [[]]
    cursor = Cursor(nodes)
    for node in cursor:
        if node in ENDS_OF_ROWS:
            cursor.skip_length()
            rows.append([])
        else:
            rows[-1].append(node)
    if len(rows) > 1 and not text_of(rows[-1]).strip():
        rows.pop()
    return [tuple(row) for row in rows]
