"""Find the commands that a formula defines."""

from __future__ import annotations

from dataclasses import dataclass

from fleuron.formulas.latex_tree import Cursor, FormulaError, Group, parse, text_of, text_of_node

WITH_BODY = frozenset({"\\newcommand", "\\renewcommand", "\\providecommand", "\\DeclareMathOperator"})


@dataclass(frozen=True)
class Definition:
    """A command, such as `\\R`, and the LaTeX that defines it."""

    command: str
    latex: str


def definition_of(name: str, body: str, count: int = 0, default: str | None = None) -> Definition:
    """Return the definition of a command by its name without a backslash, and the number of its arguments."""
    optional = "" if default is None else f"[{default}]"
    arguments = f"[{count}]{optional}" if count else ""
    return Definition(f"\\{name}", f"\\newcommand{{\\{name}}}{arguments}{{{body}}}")


def definitions_in(latex: str) -> tuple[list[Definition], bool]:
    """Return the definitions that a formula has at its top level, and whether it has anything else."""
    if "\\def" not in latex and "\\let" not in latex and not any(name in latex for name in WITH_BODY):
        return [], True
    found: list[Definition] = []
    has_more = False
    try:
        cursor = Cursor(parse(latex))
        for node in cursor:
            start = cursor.position - 1
            if node in WITH_BODY:
                cursor.take("*")
                command = text_of(cursor.argument(str(node))).strip()
                while cursor.optional() is not None:
                    pass
                cursor.argument(command)
            elif node == "\\def":
                command = text_of(cursor.argument(node)).strip()
                while not isinstance(cursor.peek(), Group) and cursor.peek() is not None:
                    cursor.position += 1
                cursor.argument(command)
            elif node == "\\let":
                command = text_of(cursor.argument(node)).strip()
                cursor.skip_space()
                cursor.take("=")
                cursor.argument(command)
            else:
                has_more = has_more or bool(text_of_node(node).strip())
                continue
            found.append(Definition(command, text_of(cursor.nodes[start : cursor.position]) + " "))
    except FormulaError:  # reported where the formula is converted
        return found, True
    return found, has_more
