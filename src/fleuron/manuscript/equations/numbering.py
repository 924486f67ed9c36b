r"""Number displayed formulas in the order of their article, as LaTeX does, and let `{eq}` and `\eqref` find them.

MyST 5.2 numbers an environment such as `align` as a whole, by a label of its own that differs in each build. Sphinx
9.0 knows no `\label` and no `\tag`. In a project whose pages show formulas otherwise, such as with MathJax, the
numbers stay Sphinx's.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from docutils.nodes import make_id
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale

from fleuron.editions.edition_names import current_edition
from fleuron.formulas.equation_rows import Equation, equations_of

# The name of our renderer in html_math_renderer.
RENDERER = "mathml"
# The attribute of a formula with the numbers of its rows, as they are printed.
ROW_NUMBERS = "row_numbers"
REFERENCE = re.compile(r"\s*\\eqref\s*\{\s*([^{}]+?)\s*\}\s*")


def number_of(node: nodes.Element) -> str:
    """Return the number of a formula as it is printed, or ""; rows with numbers of their own have them within it."""
    text = node.astext()
    if "\\tag" in text and len(equations := equations_of(text)) == 1 and equations[0].tag:
        return equations[0].tag
    return f"({node['number']})" if node.get("number") else ""


def tags_of(node: nodes.Element) -> tuple[str, ...]:
    """Return the numbers of a formula's rows: those given, or else the author's own."""
    if ROW_NUMBERS in node:
        return tuple(node[ROW_NUMBERS])
    equations = equations_of(node.astext()) if "\\tag" in node.astext() else []
    return tuple(equation.tag for equation in equations) if len(equations) > 1 else ()


class NumberEquations(SphinxTransform):
    """Number the equations of a document, after translation."""

    default_priority = Locale.default_priority + 6

    def apply(self, **kwargs: Any) -> None:
        if self.config.html_math_renderer != RENDERER:
            return
        self.domain = self.env.domains.math_domain
        self.last = 0
        for block in list(self.document.findall(nodes.math_block)):
            self.number_block(block)
        for formula in list(self.document.findall(nodes.math)):
            if reference := REFERENCE.fullmatch(formula.astext()):
                formula.replace_self(self.reference(formula, reference[1]))

    def number_block(self, block: nodes.math_block) -> None:
        """Number a displayed formula, or its rows."""
        is_bare = "amsmath" in block["classes"]  # an environment that is not within dollar signs
        equations = equations_of(block.astext())
        if not is_bare and block.get("label"):
            labels = tuple(label for equation in equations for label in equation.labels)
            tag = equations[0].tag if len(equations) == 1 else ""
            block["number"] = self.number(Equation(not tag, labels, tag), block)
            self.domain.equations[block["label"]] = (self.env.docname, block["number"])
            return
        self.forget_label(block)
        if not is_bare:
            equations = [Equation(bool(each.labels) and not each.tag, each.labels, each.tag) for each in equations]
        numbers = [self.number(equation, block) for equation in equations]
        block["number"] = None
        if len(equations) > 1:
            block[ROW_NUMBERS] = [
                each.tag or (f"({number})" if number else "") for each, number in zip(equations, numbers, strict=True)
            ]
        else:
            block["number"] = numbers[0] or None

    def forget_label(self, block: nodes.math_block) -> None:
        """Remove the label that MyST made, and its target."""
        label = block.attributes.pop("label", None)
        if label is None:
            return
        self.domain.equations.pop(label, None)
        identifier = make_id(f"equation-{label}")
        for target in list(self.document.findall(nodes.target)):
            if identifier in target["ids"]:
                target.parent.remove(target)
        self.document.ids.pop(identifier, None)

    def number(self, equation: Equation, block: nodes.math_block) -> Any:
        """Return the number of an equation, a count or the author's own without brackets; register its labels."""
        number: Any = equation.tag.removeprefix("(").removesuffix(")")
        if equation.is_numbered:
            self.last += 1
            number = current_edition(self.config).numerals(self.last)
        for label in equation.labels:
            self.domain.note_equation(self.env.docname, label, location=block)
            self.domain.equations[label] = (self.env.docname, number)
            identifier = make_id(f"equation-{label}")
            if identifier not in self.document.ids:
                self.document.ids[identifier] = block
                block["ids"].append(identifier)
        return number

    def reference(self, formula: nodes.math, label: str) -> addnodes.pending_xref:
        xref = addnodes.pending_xref(
            formula.rawsource,
            nodes.literal("", label),
            refdoc=self.env.docname,
            refdomain="math",
            reftype="eq",
            reftarget=label,
            refexplicit=False,
            refwarn=True,
        )
        xref.source, xref.line = formula.source, formula.line
        return xref


def setup(app: Sphinx) -> None:
    app.add_transform(NumberEquations)
