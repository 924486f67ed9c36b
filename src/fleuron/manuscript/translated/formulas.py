"""Find formulas of translations that cannot be converted; their source is printed instead."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.config import Config

from fleuron.formulas.definitions import definitions_in
from fleuron.formulas.latex_tree import FormulaError
from fleuron.formulas.mathml import latex_to_mathml
from fleuron.manuscript.equations.commands import formulas_of, macros_of, needed
from fleuron.manuscript.equations.numbering import REFERENCE


class FormulaCheck:
    """Checks the formulas of a document's translations, with the commands that its source and conf.py define."""

    def __init__(self, document: nodes.document, config: Config) -> None:
        self.definitions = macros_of(config)
        for formula in formulas_of(document):
            self.definitions += definitions_in(formula.astext())[0]

    def problems(self, block: nodes.Element) -> Iterator[str]:
        """Yield what is wrong with the formulas in a block."""
        for formula in formulas_of(block):
            yield from self.problems_of(formula.astext(), block=isinstance(formula, nodes.math_block))

    def problems_of(self, latex: str, *, block: bool) -> Iterator[str]:
        if REFERENCE.fullmatch(latex):
            return
        try:
            latex_to_mathml(latex, block=block, definitions=needed(latex, self.definitions))
        except FormulaError as error:
            yield f"the formula cannot be converted to MathML: {error}"
