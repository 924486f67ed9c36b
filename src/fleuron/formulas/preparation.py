"""Rewrite LaTeX that math-core 0.9 does not know, or reads as something else, as what it knows.

It refuses what it does not know, but prints the length of `\\\\[2pt]` and the position of `\\begin{aligned}[t]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from fleuron.formulas.latex_tree import (
    ENDS_OF_ROWS,
    Cursor,
    Environment,
    FormulaError,
    Group,
    Node,
    parse,
    rows_of,
    text_of,
    text_of_node,
)

# What has a name in math-core that differs, or nothing to print.
OTHER_NAMES = {
    "\\Bbb": "\\mathbb",
    "\\adots": "\\iddots",
    "\\allowbreak": "",
    "\\bold": "\\mathbf",
    "\\centerdot": "\\cdot",
    "\\displaylimits": "",
    "\\dotsb": "\\cdots",
    "\\dotsc": "\\ldots",
    "\\dotsi": "\\cdots",
    "\\dotsm": "\\cdots",
    "\\dotso": "\\ldots",
    "\\enskip": "\\enspace",
    "\\ensuremath": "",
    "\\euro": "€",
    "\\hbox": "\\text",
    "\\hdots": "\\ldots",
    "\\hfill": "\\quad",
    "\\injlim": "\\operatorname*{inj\\,lim}",
    "\\intop": "\\int\\limits",
    "\\llap": "",
    "\\mathbbm": "\\mathbb",
    "\\mathclap": "",
    "\\mathds": "\\mathbb",
    "\\mathellipsis": "\\ldots",
    "\\mathllap": "",
    "\\mathnormal": "",
    "\\mathrlap": "",
    "\\mbox": "\\text",
    "\\nobreak": "",
    "\\noindent": "",
    "\\nonumber": "",
    "\\notag": "",
    "\\pmb": "\\boldsymbol",
    "\\projlim": "\\operatorname*{proj\\,lim}",
    "\\protect": "",
    "\\rlap": "",
    "\\shortmid": "\\mid",
    "\\shortparallel": "\\parallel",
    "\\smallfrown": "\\frown",
    "\\smallint": "\\int",
    "\\smallsetminus": "\\setminus",
    "\\smallsmile": "\\smile",
    "\\smash": "",
    "\\strut": "\\mathstrut",
    "\\textmd": "\\text",
    "\\textnormal": "\\text",
    "\\textup": "\\text",
    "\\thickapprox": "\\approx",
    "\\thicksim": "\\sim",
    "\\varinjlim": "\\underrightarrow{\\lim}",
    "\\varprojlim": "\\underleftarrow{\\lim}",
    "\\varpropto": "\\propto",
    "\\vcenter": "",
    "\\wideparen": "\\overparen",
}  # fmt: skip
TEXTS = frozenset({"\\text", "\\textrm", "\\textbf", "\\textit", "\\textsf", "\\texttt", "\\emph"})
SIZES = frozenset(
    f"\\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "m", "r")
)  # fmt: skip
FENCES = frozenset({"\\left", "\\middle", "\\right", *SIZES})
DEFINITIONS = frozenset({"\\newcommand", "\\renewcommand", "\\providecommand"})
# What is not LaTeX's mathematics, each with what to write instead.
REFUSED = {
    **dict.fromkeys(("\\ce", "\\cee", "\\cf"), "write the chemical formula as \\mathrm{H_2O}"),
    **dict.fromkeys(("\\SI", "\\si", "\\num", "\\qty", "\\unit"), "write the quantity as 5\\,\\mathrm{km}"),
    **dict.fromkeys(("\\href", "\\url"), "write the link outside of the formula"),
    **dict.fromkeys(("\\eqref", "\\ref", "\\autoref", "\\cref"), "write {eq}`label` outside of the formula"),
    **dict.fromkeys(("\\cite", "\\footnote"), "write the note outside of the formula"),
    **dict.fromkeys(("\\require", "\\usepackage", "\\begingroup"), "a formula cannot load packages"),
    **dict.fromkeys(("\\intertext", "\\shortintertext"), "end the formula, write the text, and begin another one"),
    "\\raisebox": "write the formula without it",
    "\\includegraphics": "write the picture outside of the formula",
    "\\verb": "write \\texttt{…}",
}
ALIGNED = frozenset({"align", "alignat", "alignedat", "aligned", "flalign", "split"})
GATHERED = frozenset({"gather", "gathered"})
PLAIN = frozenset({"displaymath", "equation", "math"})
# Matrices whose columns can be aligned (mathtools), with their delimiters.
MATRICES = {
    "matrix": ("", ""),
    "pmatrix": ("(", ")"),
    "bmatrix": ("[", "]"),
    "Bmatrix": ("\\{", "\\}"),
    "vmatrix": ("|", "|"),
    "Vmatrix": ("\\|", "\\|"),
}
REPEATED_COLUMNS = re.compile(r"\*\s*\{(\d{1,2})\}\s*\{([^{}]*)\}")
SPACE_BETWEEN_COLUMNS = re.compile(r"[@!]\{(?:\\[,;:! ]|\\q?quad|\\hspace\{[^{}]*\}|~|\s)*\}")


def prepare(latex: str, *, block: bool, row_numbers: Sequence[str] = ()) -> str:
    """Return a formula as math-core converts it; raise FormulaError for what cannot be converted.

    ``row_numbers`` are the numbers of its rows as they are printed, "" for a row without one.
    """
    return Preparation(block=block, row_numbers=row_numbers).formula(parse(latex))


class Preparation:
    """Rewrites one formula."""

    def __init__(self, *, block: bool, row_numbers: Sequence[str]) -> None:
        self.block = block
        self.row_numbers = row_numbers
        # The commands that the formula defines, with the default of an optional first argument.
        self.defined: dict[str, str | None] = {}
        self.commands: Mapping[str, Callable[[Cursor], str]] = {
            "\\substack": self.substack,
            "\\label": self.label,
            "\\tag": self.tag,
            "\\mathop": self.mathop,
            "\\DeclareMathOperator": self.operator,
            "\\varliminf": partial(self.with_limits, "\\underline{\\lim}"),
            "\\varlimsup": partial(self.with_limits, "\\overline{\\lim}"),
            **dict.fromkeys(DEFINITIONS, self.definition),
            **dict.fromkeys(("\\def", "\\let"), self.plain_definition),
            **dict.fromkeys(("\\hline", "\\toprule", "\\midrule", "\\bottomrule"), self.rule),
        }

    def formula(self, nodes: Sequence[Node]) -> str:
        """Rewrite a whole formula; several lines or columns of a displayed one are aligned, as Sphinx does."""
        if not self.block:
            return self.write(nodes)
        lines = [
            node for node in nodes if node in ENDS_OF_ROWS or (isinstance(node, str) and re.search(r"\n\s*\n", node))
        ]
        separated = [("\\\\" if isinstance(node, str) and re.search(r"\n\s*\n", node) else node) for node in nodes]
        if "&" in nodes:
            return self.aligned(rows_of(separated))
        return self.gathered(rows_of(separated)) if lines and len(rows_of(separated)) > 1 else self.write(nodes)

    def write(self, nodes: Sequence[Node]) -> str:
        written: list[str] = []
        cursor = Cursor(nodes)
        for node in cursor:
            if isinstance(node, Group):
                written.append(f"{{{self.write(node.children)}}}")
            elif isinstance(node, Environment):
                written.append(self.environment(node))
            elif node in self.defined:
                written.append(self.defined_command(node, cursor))
            elif node in REFUSED:
                raise FormulaError(f"“{node}” cannot be used in a formula; {REFUSED[node]}")
            elif node in self.commands:
                written.append(self.commands[node](cursor))
            elif node in TEXTS or (node := OTHER_NAMES.get(node, node)) in TEXTS:
                written.append(self.text(node, cursor))
            elif node in FENCES:
                written.append(node + self.delimiter(cursor))
            elif node in ENDS_OF_ROWS:
                cursor.skip_length()
                written.append("\\\\ ")
            else:
                written.append(separated_from_next(node, cursor))
        return "".join(written)

    def environment(self, environment: Environment) -> str:
        name = environment.name.rstrip("*")
        if environment.name in self.defined:
            return text_of_node(environment)
        if name in PLAIN:
            return self.formula(environment.children) if self.block else self.write(environment.children)
        if name in ALIGNED:
            return self.aligned(rows_of(self.without_argument(environment)))
        if name == "eqnarray":
            return self.array("rcl", rows_of(environment.children))
        if name in GATHERED:
            return self.gathered(rows_of(self.without_argument(environment)))
        if name == "multline":
            return f"\\begin{{multline*}}{self.write(environment.children)}\\end{{multline*}}"
        if name == "smallmatrix":
            return f"\\begin{{subarray}}{{c}}{self.write(environment.children)}\\end{{subarray}}"
        if environment.name.endswith("*") and name in MATRICES:
            return self.matrix(name, environment)
        if name in ("array", "darray", "subarray"):
            return self.array_as_written(environment)
        if name == "CD":
            raise FormulaError("commutative diagrams (“CD”) cannot be converted; write the diagram as a picture")
        return f"\\begin{{{environment.name}}}{self.write(environment.children)}\\end{{{environment.name}}}"

    def without_argument(self, environment: Environment) -> Sequence[Node]:
        """Return the content of an environment without its position, and without the number of its columns."""
        cursor = Cursor(environment.children)
        cursor.optional()
        if environment.name.rstrip("*") in ("alignat", "alignedat"):
            cursor.argument(f"\\begin{{{environment.name}}}")
        return environment.children[cursor.position :]

    def aligned(self, rows: Sequence[Sequence[Node]]) -> str:
        """Write rows that are aligned at each second `&`, with their numbers in a last column."""
        numbers = self.numbers_of(rows)
        columns = max(row.count("&") for row in rows) + 1
        lines = []
        for row, number in zip(rows, numbers, strict=True):
            missing = columns - row.count("&") - 1
            ends = "&" * (missing + 1 + columns % 2) + printed_number(number) if any(numbers) else ""
            lines.append(self.write(row) + ends)
        return "\\begin{aligned}" + "\\\\ ".join(lines) + "\\end{aligned}"

    def gathered(self, rows: Sequence[Sequence[Node]]) -> str:
        if any(self.row_numbers):
            return self.array("c", rows)
        return "\\begin{gathered}" + "\\\\ ".join(self.write(row) for row in rows) + "\\end{gathered}"

    def array(self, columns: str, rows: Sequence[Sequence[Node]]) -> str:
        numbers = self.numbers_of(rows)
        lines = []
        for row, number in zip(rows, numbers, strict=True):
            ends = "&" * (len(columns) - row.count("&")) + printed_number(number) if any(numbers) else ""
            lines.append(self.write(row) + ends)
        columns += "r" if any(numbers) else ""
        return f"\\begin{{darray}}{{{columns}}}" + "\\\\ ".join(lines) + "\\end{darray}"

    def numbers_of(self, rows: Sequence[Sequence[Node]]) -> Sequence[str]:
        """Return the numbers of rows, once: those of the first environment that could have them."""
        numbers, self.row_numbers = self.row_numbers, ()
        return [*numbers[: len(rows)], *[""] * (len(rows) - len(numbers))]

    def matrix(self, name: str, environment: Environment) -> str:
        cursor = Cursor(environment.children)
        column = text_of(cursor.optional() or ("c",)).strip()
        rows = rows_of(environment.children[cursor.position :])
        columns = column * (max(row.count("&") for row in rows) + 1)
        content = "\\\\ ".join(self.write(row) for row in rows)
        left, right = MATRICES[name]
        array = f"\\begin{{array}}{{{columns}}}{content}\\end{{array}}"
        return f"\\left{left}{array}\\right{right}" if left else array

    def array_as_written(self, environment: Environment) -> str:
        cursor = Cursor(environment.children)
        cursor.optional()
        begin = f"\\begin{{{environment.name}}}"
        columns = SPACE_BETWEEN_COLUMNS.sub("", text_of(cursor.argument(begin)))
        columns = REPEATED_COLUMNS.sub(lambda match: match[2] * int(match[1]), columns)
        columns = re.sub(r"\s|\|(?=\s*\|)", "", re.sub(r"[pmb]\{[^{}]*\}", "l", columns))
        if not re.fullmatch(r"[lcr|:]*[lcr][lcr|:]*", columns):
            raise FormulaError(f"the columns “{columns}” of “{begin}” are not made of l, c, r and |")
        content = environment.children[cursor.position :]
        if max(row.count("&") for row in rows_of(content)) >= len(re.sub("[|:]", "", columns)):
            raise FormulaError(f"“{begin}” has more columns in a row than “{columns}” says")
        return f"{begin}{{{columns}}}{self.write(content)}\\end{{{environment.name}}}"

    def defined_command(self, node: str, cursor: Cursor) -> str:
        default = self.defined[node]
        if default is None:
            return separated_from_next(node, cursor)
        given = cursor.optional()
        return f"{node}{{{default if given is None else self.write(given)}}}"

    def definition(self, cursor: Cursor) -> str:
        r"""Rewrite `\newcommand{\name}[count][default]{body}` as `\def`, which may define again what there is."""
        cursor.take("*")
        name = text_of(cursor.argument("\\newcommand")).strip()
        count = text_of(cursor.optional() or ("0",)).strip()
        default = cursor.optional()
        if not re.fullmatch(r"\\(?:[A-Za-z]+|.)", name) or not re.fullmatch(r"\d", count):
            raise FormulaError(f"“\\newcommand{{{name}}}[{count}]” does not define a command")
        body = self.write(cursor.argument(name))
        self.defined[name] = None if default is None else self.write(default)
        return f"\\def{name}{''.join(f'#{number}' for number in range(1, int(count) + 1))}{{{body}}}"

    def operator(self, cursor: Cursor) -> str:
        star = "*" if cursor.take("*") else ""
        name = text_of(cursor.argument("\\DeclareMathOperator")).strip()
        self.defined[name] = None
        return f"\\def{name}{{\\operatorname{star}{{{self.write(cursor.argument(name))}}}}}"

    def plain_definition(self, cursor: Cursor) -> str:
        r"""Copy the beginning of `\def` or `\let`, with the name that it defines."""
        command = str(cursor.nodes[cursor.position - 1])
        name = text_of(cursor.argument(command)).strip()
        self.defined[name] = None
        return command + name

    def substack(self, cursor: Cursor) -> str:
        rows = rows_of(cursor.argument("\\substack"))
        return "\\begin{subarray}{c}" + "\\\\ ".join(self.write(row) for row in rows) + "\\end{subarray}"

    def label(self, cursor: Cursor) -> str:
        cursor.argument("\\label")
        return ""

    def tag(self, cursor: Cursor) -> str:
        if not self.block:
            raise FormulaError("“\\tag” is for displayed formulas")
        cursor.take("*")
        return self.label(cursor)

    def rule(self, cursor: Cursor) -> str:
        """Write one rule where there are two."""
        cursor.skip_space()
        while cursor.take("\\hline"):
            cursor.skip_space()
        return "\\hline "

    def mathop(self, cursor: Cursor) -> str:
        return self.with_limits(self.write(cursor.argument("\\mathop")), cursor)

    def with_limits(self, operator: str, cursor: Cursor) -> str:
        r"""Write the limits of an operator above and below it where LaTeX does; math-core puts them beside it."""
        base = f"\\mathop{{{operator}}}"
        cursor.skip_space()
        if not (cursor.take("\\limits") or self.block):
            return base
        limits: dict[str, str] = {}
        while (mark := cursor.peek()) in ("_", "^") and mark not in limits:
            cursor.position += 1
            limits[str(mark)] = self.write(cursor.argument(str(mark)))
            cursor.skip_space()
        if "_" in limits:
            base = f"\\underset{{{limits['_']}}}{{{base}}}"
        return f"\\overset{{{limits['^']}}}{{{base}}}" if "^" in limits else base

    def text(self, command: str, cursor: Cursor) -> str:
        """Write a text, whose formulas between dollar signs become formulas beside it."""
        children = cursor.argument(command)
        if "$" not in children:
            return f"{command}{{{plain_text(children)}}}"
        if children.count("$") % 2:
            raise FormulaError(f"a formula in “{command}{{…}}” has no second dollar sign")
        pieces: list[list[Node]] = [[]]
        for child in children:
            if child == "$":
                pieces.append([])
            else:
                pieces[-1].append(child)
        written = [
            self.write(piece) if place % 2 else f"{command}{{{plain_text(piece)}}}"
            for place, piece in enumerate(pieces)
        ]
        return f"{{{''.join(written)}}}"

    def delimiter(self, cursor: Cursor) -> str:
        """Return the angle bracket that `<` and `>` are after `\\left` and the like; else nothing."""
        cursor.skip_space()
        for sign, bracket in (("<", "\\langle "), (">", "\\rangle ")):
            if cursor.take(sign):
                return bracket
        return " "


def plain_text(nodes: Sequence[Node]) -> str:
    r"""Return the LaTeX of a text; math-core drops the space after signs such as `\%`."""
    return re.sub(r"(\\[^A-Za-z'\"`^~=.])(?=\s)", r"\1{}", text_of(nodes))


def printed_number(number: str) -> str:
    return f"\\qquad\\text{{{number}}}" if number else ""


def separated_from_next(node: str, cursor: Cursor) -> str:
    """Keep a command apart from a letter that follows where something was taken out between them."""
    following = cursor.peek()
    letters = isinstance(following, str) and following[:1].isalpha()
    return f"{node} " if letters and re.fullmatch(r"\\[A-Za-z]+", node) else node
