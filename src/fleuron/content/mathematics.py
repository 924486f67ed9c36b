"""Formulas as MathML, made while building: no script, nothing fetched, readable aloud."""

from __future__ import annotations

import html

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)


def converted(node: nodes.Element, *, block: bool) -> str:
    """Convert a node's LaTeX to MathML; nothing comes of what docutils cannot convert, which is told."""
    try:
        return str(tex2mathml(node.astext(), as_block=block))
    except MathError as error:
        problem = str(error)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, NameError):
        problem = "it is not whole"  # docutils 0.22 stumbles over “x & y”, which belongs into a table of formulas
    logger.error("the formula cannot be set: %s", problem, location=node, type="fleuron", subtype="formula")
    return ""


def mathml(node: nodes.Element, *, block: bool) -> str:
    """Set a formula, with what was written as its alternative; one that cannot be set is printed as it was written."""
    written = html.escape(node.astext())
    formula = converted(node, block=block)
    return formula.replace("<math ", f'<math alttext="{" ".join(written.split())}" ', 1) or f"<code>{written}</code>"


def visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    self.body.append(mathml(node, block=False))
    raise nodes.SkipNode


def visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    self.body.append(self.starttag(node, "div", CLASS="math"))
    if node["number"]:
        self.body.append(f'<span class="eqno">({node["number"]})</span>')
    self.body.append(mathml(node, block=True) + "</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
