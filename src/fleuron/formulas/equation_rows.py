"""Find which rows of a displayed formula are numbered, with their labels and tags, as amsmath does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fleuron.formulas.latex_tree import Cursor, Environment, FormulaError, Group, Node, parse, rows_of, text_of

# The environments whose rows are numbered one by one, if their names have no star.
WITH_NUMBERED_ROWS = frozenset({"align", "alignat", "eqnarray", "flalign", "gather"})
DISPLAYED = frozenset({*WITH_NUMBERED_ROWS, "equation", "multline"})
UNNUMBERED = frozenset({"\\notag", "\\nonumber"})


@dataclass(frozen=True)
class Equation:
    """What a row says about its number.

    ``is_numbered`` is true where amsmath counts it. ``tag`` is the author's own number as it is printed, or "".
    """

    is_numbered: bool
    labels: tuple[str, ...] = ()
    tag: str = ""

    @property
    def has_number(self) -> bool:
        return self.is_numbered or bool(self.tag)


def equations_of(latex: str) -> list[Equation]:
    """Return the rows of a displayed formula that may have numbers; one for a formula that has one number at most.

    A formula that is not in an environment is counted if it has a label.
    """
    try:
        nodes = parse(latex)
    except FormulaError:  # reported where the formula is converted
        return [Equation(is_numbered=False)]
    environment = only_environment(nodes)
    if environment is None:
        found = equation_of(nodes, is_numbered=False)
        return [Equation(bool(found.labels) and not found.tag, found.labels, found.tag)]
    is_numbered = not environment.name.endswith("*")
    if environment.name.rstrip("*") not in WITH_NUMBERED_ROWS:
        return [equation_of(environment.children, is_numbered=is_numbered)]
    return [equation_of(row, is_numbered=is_numbered) for row in rows_of(environment.children)]


def only_environment(nodes: Sequence[Node]) -> Environment | None:
    """Return the environment that a formula is as a whole, if it is one of amsmath's for displayed formulas."""
    written = [node for node in nodes if not isinstance(node, str) or not node.isspace()]
    if len(written) == 1 and isinstance(written[0], Environment) and written[0].name.rstrip("*") in DISPLAYED:
        return written[0]
    return None


def equation_of(row: Sequence[Node], *, is_numbered: bool) -> Equation:
    labels: list[str] = []
    tag = ""
    cursor = Cursor(row)
    for node in cursor:
        if node == "\\label":
            labels.append(text_of(cursor.argument(node)).strip())
        elif node == "\\tag":
            starred = cursor.take("*")
            text = text_of(cursor.argument(node)).strip().strip("$")
            tag = text if starred else f"({text})"
        elif node in UNNUMBERED:
            is_numbered = False
        elif isinstance(node, Environment | Group):
            inner = equation_of(node.children, is_numbered=is_numbered)
            labels.extend(inner.labels)
            tag = tag or inner.tag
    return Equation(is_numbered and not tag, tuple(labels), tag)
