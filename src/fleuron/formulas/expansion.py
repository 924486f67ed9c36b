r"""Count the commands that a formula has when the commands that it defines are written out.

math-core 0.6 calls itself for each command within another, without a limit: 22,500 times for two definitions of 150
`\frac` each, at which the whole process ends.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from fleuron.formulas.latex_tree import Environment, FormulaError, Group, Node, parse

# The most commands of a formula; the stack of the main thread has room for some 5,000 within each other.
MOST_COMMANDS = 2000
COMMAND = re.compile(r"\\[A-Za-z]+")
BY_BRACES = frozenset({"\\newcommand", "\\renewcommand", "\\providecommand", "\\DeclareMathOperator"})
# A number of commands: how many there are by themselves (0), and for each in the first argument (1), the second …
Amount = Counter[int]


class Expansion:
    """The definitions of a formula, by name, and how many commands each stands for."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.bodies: dict[str, list[tuple[Node, ...]]] = {}
        self.known: dict[str, Amount] = {}
        # The commands whose bodies are read.
        self.open: set[str] = set()
        self.collect(nodes)

    def collect(self, nodes: Sequence[Node]) -> None:
        """Find the definitions among nodes and within them; a name may have several."""
        visible = [node for node in nodes if not (isinstance(node, str) and node.isspace())]
        for number, node in enumerate(visible):
            if isinstance(node, Group | Environment):
                self.collect(node.children)
            elif node in BY_BRACES or node == "\\def":
                # The name, in braces or not, what stands for its parameters, and the group of its body.
                rest = [each for each in visible[number + 1 : number + 26] if each != "*"]
                groups = [each for each in rest[1:] if isinstance(each, Group)]
                if groups and (name := "".join(names_of(rest[:1]))):
                    self.bodies.setdefault(name, []).append(groups[0].children)
            elif node == "\\let":
                names = list(names_of(visible[number + 1 : number + 4]))
                if len(names) == 2:
                    self.bodies.setdefault(names[0], []).append((names[1],))

    def of_command(self, name: str) -> Amount:
        """Return what a command stands for; raise FormulaError for one that stands for itself."""
        if name not in self.bodies:
            return Counter({0: 1})
        if name not in self.known:
            if name in self.open:
                raise FormulaError(f"“{name}” is defined by itself, and its expansion has no end")
            self.open.add(name)
            total: Amount = Counter()
            for body in self.bodies[name]:
                total.update(self.of_nodes(body))
            self.open.remove(name)
            self.known[name] = total
        return self.known[name]

    def of_nodes(self, nodes: Sequence[Node]) -> Amount:
        total: Amount = Counter()
        visible = [node for node in nodes if not (isinstance(node, str) and node.isspace())]
        at = 0
        while at < len(visible):
            node = visible[at]
            at += 1
            if isinstance(node, Group | Environment):
                total.update(self.of_nodes(node.children))
            elif node == "#" and at < len(visible) and str(visible[at]).isdecimal():
                total[int(str(visible[at])[0])] += 1
                at += 1
            elif COMMAND.fullmatch(node):
                amount = self.of_command(node)
                total[0] += amount[0]
                for argument in visible[at : at + max(amount, default=0)] if max(amount, default=0) else ():
                    times = max(count for place, count in amount.items() if place)
                    for place, count in self.of_nodes((argument,)).items():
                        total[place] += times * count
            if total[0] > MOST_COMMANDS:
                return Counter({0: MOST_COMMANDS + 1})
        return total


def names_of(nodes: Sequence[Node]) -> Iterator[str]:
    """Yield the commands among nodes, in braces or not."""
    for node in nodes:
        if isinstance(node, Group):
            yield from names_of(node.children[:1])
            return
        if isinstance(node, str) and node.startswith("\\"):
            yield node


def check_expansion(latex: str) -> None:
    """Raise FormulaError if a formula has too many commands to be converted."""
    if latex.count("\\") < MOST_COMMANDS and not any(name in latex for name in (*BY_BRACES, "\\def", "\\let")):
        return
    nodes = parse(latex)
    if Expansion(nodes).of_nodes(nodes)[0] > MOST_COMMANDS:
        raise FormulaError(f"it has more than {MOST_COMMANDS:,} commands; write it as several formulas")
