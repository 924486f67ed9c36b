"""Convert formulas from LaTeX to MathML while building: no script, nothing fetched, readable by screen readers."""

from __future__ import annotations

import html
import re

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from lxml import etree
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

from fleuron.config import is_set

# The name of the renderer in html_math_renderer.
RENDERER = "mathml"

logger = logging.getLogger(__name__)

# TeX takes one digit as an argument without braces; docutils 0.22 takes the number, so that \frac12 x is 12/x.
FRACTION_OF_DIGITS = re.compile(r"(\\[dt]?frac)\s*(\d)\s*(\d)")
# latex2mathml 3.81 numbers the lines of this environment; Sphinx numbers formulas by their labels.
NUMBERED = re.compile(r"\\(begin|end)\{align\}")
# Named character references, which XML does not know, but for its own five.
REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]+;")
MATHML = "http://www.w3.org/1998/Math/MathML"
# The attributes of styles, and the elements that may have them in MathML 3.
STYLES = {"displaystyle", "scriptlevel"}
STYLED = {"math": STYLES, "mstyle": STYLES, "mtable": {"displaystyle"}}
# How many children elements of MathML must have (MathML Core, 3).
CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3}


class FormulaError(ValueError):
    """The reason why a formula cannot be converted, in a few words."""


def latex_to_mathml(latex: str, *, block: bool) -> str:
    """Convert a formula; raise FormulaError if it cannot be converted.

    docutils' converter comes first, because it refuses what it does not know. latex2mathml knows more (align, array,
    substack, tag, stackrel, cancel, color), but 3.81 prints an unknown command as its name, sets a single upright
    letter in italics, and does not know aligned; so it gets what docutils refuses, and its result is checked.
    """
    source = FRACTION_OF_DIGITS.sub(r"\1{\2}{\3}", latex)
    try:
        mathml = str(tex2mathml(source, as_block=block))
    except MathError as error:
        problem = re.sub('"(.*?)"', r"“\1”", str(error)).rstrip(".!")
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, NameError):
        # docutils 0.22 does not report these with a MathError.
        misplaced = "“&” can only be used in matrices, cases and aligned formulas"
        problem = misplaced if "&" in latex else "it is incomplete"
    else:
        return as_mathml3(REFERENCE.sub(lambda reference: html.unescape(reference[0]), mathml))
    # Imported here, because few formulas need it.
    from latex2mathml.converter import convert

    try:
        return checked_mathml(convert(NUMBERED.sub(r"\\\1{align*}", latex), display="block" if block else "inline"))
    except FormulaError:
        raise
    except Exception as error:  # latex2mathml 3.81 raises many kinds of errors where a formula is incomplete
        raise FormulaError(problem) from error


def as_mathml3(mathml: str) -> str:
    """Move the attributes that MathML Core allows on any element, but MathML 3 and so EPUB do not, to an `mstyle`."""
    if "displaystyle" not in mathml and "scriptlevel" not in mathml:
        return mathml
    root, changed = etree.fromstring(mathml), False
    for element in list(root.iter()):
        moved = STYLES - STYLED.get(etree.QName(element).localname, set())
        attributes = {name: str(element.attrib.pop(name)) for name in sorted(moved) if name in element.attrib}
        parent = element.getparent()
        if attributes and parent is not None:
            style = etree.Element(f"{{{MATHML}}}mstyle", attributes)
            element.tail, style.tail = None, element.tail
            parent.replace(element, style)
            style.append(element)
            changed = True
    etree.cleanup_namespaces(root, {None: MATHML})  # type: ignore[dict-item]  # lxml-stubs 0.5
    return etree.tostring(root, encoding="unicode") if changed else mathml


def checked_mathml(mathml: str) -> str:
    """Return MathML with characters for its references.

    Raise FormulaError for an unknown command, and ValueError if other LaTeX is left or an argument is missing.
    """
    root = etree.fromstring(mathml)
    for element in root.iter():
        name, text = etree.QName(element).localname, element.text or ""
        if text.startswith("\\"):
            raise FormulaError(f"Unknown LaTeX command “{text}”")
        if "\\" in text or "$" in text or (text in ("{", "}") and name == "mi") or "href" in element.attrib:
            raise ValueError(text)
        if len(element) != CHILDREN.get(name, len(element)):
            raise ValueError(name)
    return etree.tostring(root, encoding="unicode")


def formula_mathml(node: nodes.Element, *, block: bool) -> str:
    """Convert a node's LaTeX to MathML; report a formula that cannot be converted, and return an empty string."""
    try:
        return latex_to_mathml(node.astext(), block=block)
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
    self.body.append(self.starttag(node, "div", CLASS="math"))
    if node["number"]:
        self.body.append(f'<span class="eqno">({node["number"]})</span>')
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
    app.add_html_math_renderer(RENDERER, (visit_inline, None), (visit_block, None))
    # After `config.set_defaults`, which sets the theme.
    app.connect("config-inited", choose_renderer, priority=120)
