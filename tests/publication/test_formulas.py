"""Formulas as MathML: what is converted, by which converter, and what is refused."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from lxml import etree

from fleuron.content.mathematics import FormulaError, formula_html, latex_to_mathml

M = "{http://www.w3.org/1998/Math/MathML}"


def converted(latex: str, *, block: bool = False) -> etree._Element:
    root = etree.fromstring(latex_to_mathml(latex, block=block))
    assert root.tag == f"{M}math"
    return root


def texts(latex: str, *, block: bool = False) -> str:
    return "".join("".join(map(str, converted(latex, block=block).itertext())).split())


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\sum_{\substack{i<n \\ j<m}} x", "∑i<nj<mx"),
        (r"x \tag{1}", "x(1)"),
        (r"\stackrel{a}{=}", "=a"),
        (r"\begin{array}{cc}a&b\end{array}", "ab"),
        (r"\begin{align}a&=b\\c&=d\end{align}", "a=bc=d"),  # numbered by Sphinx, and not here
        (r"\cancel{x}", "x"),
    ],
)
def test_what_docutils_does_not_know_is_converted_as_well(latex: str, text: str) -> None:
    with pytest.raises(MathError):
        tex2mathml(latex)
    assert texts(latex) == text
    assert "&" not in latex_to_mathml(latex, block=False).replace("&lt;", "")


def test_an_argument_without_braces_is_one_digit() -> None:
    for latex in (r"\frac12 x", r"\dfrac12", r"\left(\frac 1 2\right)"):
        (fraction,) = converted(latex).iter(f"{M}mfrac")
        assert ["".join(map(str, part.itertext())) for part in fraction] == ["1", "2"]


def test_what_docutils_knows_is_its_own() -> None:
    for latex in ("x^2", r"\mathrm{d}x", r"\text{if $x$ then}", r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"):
        assert latex_to_mathml(latex, block=True) == tex2mathml(latex, as_block=True)
    assert texts(r"a &= b \\ c &= d", block=True) == "a=bc=d"


def test_styles_are_where_an_epub_may_have_them() -> None:
    """In MathML Core, which docutils 0.22 writes, any element may have them; EPUB 3.3 asks for MathML 3."""
    for latex in (r"\dfrac{a}{b} + c", r"\vec{v}", r"\tfrac12"):
        for element in converted(latex).iter():
            if {"displaystyle", "scriptlevel"} & set(element.attrib):
                assert (element.tag, len(element)) == (f"{M}mstyle", 1)
    assert texts(r"\dfrac{a}{b} + c") == "ab+c"


def test_references_are_characters_for_xml() -> None:
    """Docutils 0.22 writes `&ApplyFunction;`, which breaks an EPUB."""
    assert texts(r"\operatorname{rank} A") == "rank\u2061A"
    assert texts(r"a < b \& c") == "a<b&c"


@pytest.mark.parametrize(
    ("latex", "problem"),
    [
        (r"\nocturne x", r"Unknown LaTeX command “\nocturne”"),
        (r"\substack{a} \nocturne", r"Unknown LaTeX command “\nocturne”"),
        ("x & y", "“&” can only be used in matrices, cases and aligned formulas"),
        (r"\frac{a}", "Last node missing children. Source incomplete?"),
        (r"\text{if $\stackrel{a}{b}$}", r"Unknown LaTeX command “\stackrel”"),
        (r"\stackrel{a}", "\\stackrel"),
        (r"\begin{foo}", "Environment “foo” not supported"),
        ("_", "it is incomplete"),
    ],
)
def test_a_formula_is_refused_with_the_reason(latex: str, problem: str) -> None:
    with pytest.raises(FormulaError) as refused:
        latex_to_mathml(latex, block=False)
    assert problem in str(refused.value)


def test_a_formula_has_its_latex_as_alternative_text() -> None:
    node = nodes.math("", "a <\n b")
    assert formula_html(node, block=False).startswith('<math alttext="a &lt; b" ')
    node = nodes.math("", r"\substack{a \\ b}")
    assert formula_html(node, block=False).startswith(r'<math alttext="\substack{a \\ b}" ')
