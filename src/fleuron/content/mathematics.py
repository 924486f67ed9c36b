"""Convert formulas from LaTeX to MathML while building: no script, nothing fetched, readable by screen readers."""

from __future__ import annotations

import html
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

from fleuron.adopted import set_up_for_publications
from fleuron.config import is_set
from fleuron.formulas.latex_tree import FormulaError
from fleuron.formulas.mathml import latex_to_mathml
from fleuron.manuscript.equations.commands import DEFINITIONS
from fleuron.manuscript.equations.numbering import RENDERER, number_of, tags_of

logger = logging.getLogger(__name__)


def convert(node: nodes.Element, *, block: bool) -> str:
    """Convert a node's LaTeX to MathML; raise FormulaError if it cannot be converted."""
    return latex_to_mathml(
        node.astext(),
        block=block,
        definitions=node.get(DEFINITIONS, ""),
        row_numbers=tags_of(node),
    )


def formula_mathml(node: nodes.Element, *, block: bool) -> str:
    """Convert a node's LaTeX to MathML; report a formula that cannot be converted, and return an empty string."""
    try:
        return convert(node, block=block)
    except FormulaError as error:
        logger.error(
            "the formula cannot be converted to MathML: %s", error, location=node, type="fleuron", subtype="formula"
        )
    return ""


def formula_html(node: nodes.Element, *, block: bool) -> str:
    """Return a formula with its LaTeX as alternative text, or its LaTeX as code if it cannot be converted."""
    latex = html.escape(node.astext())
    mathml = formula_mathml(node, block=block)
    return mathml.replace("<math ", f'<math alttext="{" ".join(latex.split())}" ', 1) or f"<code>{latex}</code>"


def visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    self.body.append(formula_html(node, block=False))
    raise nodes.SkipNode


def visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    # On a page, a wide formula scrolls by itself, also for those who use a keyboard.
    scrolling: dict[str, Any] = {} if self.builder.name == "epub" else {"tabindex": "0"}
    self.body.append(self.starttag(node, "div", CLASS="math", **scrolling))
    if number := number_of(node):
        self.body.append(f'<span class="eqno">{html.escape(number)}</span>')
    self.body.append(formula_html(node, block=True) + "</div>\n")
    raise nodes.SkipNode


def choose_renderer(app: Sphinx, config: Config) -> None:
    """Set html_math_renderer where conf.py does not: MathML in Fleuron's theme, or else what the project would have.

    Sphinx 9.0 prefers any registered renderer to its own, MathJax: registering one changes every project's pages.
    MathJax loads a script from the web.
    """
    if is_set(config, "html_math_renderer"):
        return
    others = [name for name in app.registry.html_inline_math_renderers if name not in ("mathjax", RENDERER)]
    named = [name for name in ("sphinx.ext.mathjax", "sphinx.ext.imgmath") if name in config.extensions]
    if others or named or config.html_theme != "fleuron":
        config.html_math_renderer = others[0] if others else "mathjax"
    else:
        config.html_math_renderer = RENDERER


def setup(app: Sphinx) -> None:
    set_up_for_publications(app, "fleuron.manuscript.equations")
    app.add_html_math_renderer(RENDERER, (visit_inline, None), (visit_block, None))
    # After `config.set_defaults`, which sets the theme.
    app.connect("config-inited", choose_renderer, priority=120)
