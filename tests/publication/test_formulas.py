"""Formulas as MathML: what each expression says, and what is refused with its reason."""

from __future__ import annotations

import pytest
from docutils import nodes
from lxml import etree

from fleuron.content.mathematics import formula_html
from fleuron.formulas.equation_rows import Equation, equations_of
from fleuron.formulas.latex_tree import FormulaError
from fleuron.formulas.mathml import enclosed, latex_to_mathml

M = "{http://www.w3.org/1998/Math/MathML}"


def converted(latex: str, *, block: bool = True) -> etree._Element:
    root = etree.fromstring(latex_to_mathml(latex, block=block))
    assert root.tag == f"{M}math"
    return root


def texts(latex: str, *, block: bool = True) -> str:
    return "".join("".join(map(str, converted(latex, block=block).itertext())).replace("\u2061", "").split())


def shape(latex: str) -> str:
    """Return MathML without attributes and namespace, to compare its structure."""
    root = converted(latex)
    for element in root.iter():
        element.attrib.clear()
    written = etree.tostring(root, encoding="unicode").replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "")
    return written.removeprefix("<math>").removesuffix("</math>").replace("<mspace/>", "")


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\log x", "logx"),
        (r"\Pr(A \mid B)", "Pr(A∣B)"),
        (r"\operatorname*{argmax}_{x} f(x)", "argmaxxf(x)"),
        (r"a \iff b \implies c", "a⟺b⟹c"),
        (r"\sum_{\substack{i<n \\ j<m}} x", "∑i<nj<mx"),
        (r"\begin{matrix} a & b \cr c & d \end{matrix}", "abcd"),
        (r"{\rm d}x", "dx"),
        (r"1, \dots, n", "1,…,n"),
        (r"a + \dotsb + z", "a+⋯+z"),
        (r"\begin{align*} a &= b \\[2pt] c &= d \end{align*}", "a=bc=d"),
        (r"\begin{aligned}[t] a &= b \\* c &= d \end{aligned}", "a=bc=d"),
        (r"\begin{alignat}{2} a &= b &\quad c &= d \end{alignat}", "a=bc=d"),
        (r"\begin{eqnarray*} a &=& b \\ c &=& d \end{eqnarray*}", "a=bc=d"),
        (r"\begin{gathered} a = b \\ c = d \end{gathered}", "a=bc=d"),
        (r"\begin{split} a &= b \\ &= c \end{split}", "a=b=c"),
        (r"\begin{multline} a + b \\ + c \end{multline}", "a+b+c"),
        (r"\begin{array}{@{}l|*{2}{c}@{}} a & b & c \\ \hline \hline d & e & f \end{array}", "abcdef"),
        (r"\begin{smallmatrix} 1 & 2 \\ 3 & 4 \end{smallmatrix}", "1234"),
        (r"\begin{pmatrix*}[r] 1 & 2 \\ 3 & 4 \end{pmatrix*}", "(1234)"),
        (r"\begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}", "{1ifx>00otherwise\u2063"),
        (r"\text{50\% of $x$ and \textbf{all}}", "50%ofxandall"),
        (r"\mbox{where } x", "wherex"),
        (r"\left< x \right>", "⟨x⟩"),
        (r"\varlimsup_{n} a", "lim¯na"),
        (r"\mathop{\sum\sum}\limits_{i,j} x", "∑∑i,jx"),
        (r"3{,}14", "3,14"),
        (r"a % a comment", "a"),
        (r"x \label{a} \notag", "x"),
        (r"\mathbb{R} \mathcal{L} \mathfrak{g}", "ℝℒ\ufe00𝔤"),
        (r"\xrightarrow[under]{over}", "→underover"),
        (r"\stackrel{\text{def}}{=} \overset{a}{b}", "=defba"),
        (r"\newcommand{\R}[1]{\mathbf{#1}} \R{a}", "𝐚"),
        (r"\newcommand{\norm}[2][2]{\|#2\|_{#1}} \norm{x} \norm[p]{y}", "‖x‖2‖y‖p"),
        (r"\DeclareMathOperator*{\tr}{tr} \tr A", "trA"),
        (r"\def\half#1{\frac{#1}{2}} \half a", "a2"),
        ("∑_{i=1}^n i − 1", "∑i=1ni−1"),
    ],
)  # fmt: skip
def test_a_formula_says_what_its_latex_means(latex: str, text: str) -> None:
    assert texts(latex) == text
    assert "&" not in latex_to_mathml(latex, block=True).replace("&lt;", "").replace("&gt;", "").replace("&amp;", "")


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\frac12 x", "<mfrac><mn>1</mn><mn>2</mn></mfrac><mi>x</mi>"),
        (r"\mathop{A}_x", "<munder><mpadded><mi>A</mi></mpadded><mi>x</mi></munder>"),
        (
            r"a \\ b",
            "<mtable><mtr><mtd><mi>a</mi></mtd></mtr><mtr><mtd><mi>b</mi></mtd></mtr></mtable>",
        ),
        (
            "a\n\nb",
            "<mtable><mtr><mtd><mi>a</mi></mtd></mtr><mtr><mtd><mi>b</mi></mtd></mtr></mtable>",
        ),
        (
            r"a &= b",
            "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mo>=</mo><mi>b</mi></mtd></mtr></mtable>",
        ),
    ],
)
def test_a_formula_has_the_structure_that_its_latex_means(latex: str, expected: str) -> None:
    assert shape(latex) == expected


def test_rows_have_their_numbers_in_a_last_column() -> None:
    latex = r"\begin{align} a &= b \\ c &= d \notag \\ e &= f &= g \tag{*} \end{align}"
    assert equations_of(latex) == [Equation(True), Equation(False), Equation(False, (), "(*)")]
    root = etree.fromstring(latex_to_mathml(latex, block=True, row_numbers=("(1)", "", "(*)")))
    rows = [["".join(map(str, cell.itertext())).strip() for cell in row] for row in root.iter(f"{M}mtr")]
    assert rows == [["a", "=b", "", "", "(1)"], ["c", "=d", "", "", ""], ["e", "=f", "=g", "", "(*)"]]
    gathered = etree.fromstring(
        latex_to_mathml(r"\begin{gather}a\\b\end{gather}", block=True, row_numbers=("(1)", "(2)"))
    )
    assert "".join("".join(map(str, gathered.itertext())).split()) == "a(1)b(2)"


@pytest.mark.parametrize(
    ("latex", "equations"),
    [
        (r"x = y", [Equation(False)]),
        (r"x = y \label{a}", [Equation(True, ("a",))]),
        (r"x = y \tag{A1} \label{a}", [Equation(False, ("a",), "(A1)")]),
        (r"x = y \tag*{[$\ast$]}", [Equation(False, (), r"[$\ast$]")]),
        (r"\begin{equation} x \label{b} \end{equation}", [Equation(True, ("b",))]),
        (r"\begin{equation*} x \end{equation*}", [Equation(False)]),
        (r"\begin{gather} a \label{c} \\ b \nonumber \\ \end{gather}", [Equation(True, ("c",)), Equation(False)]),
        (r"\begin{multline} a \\ b \label{d} \end{multline}", [Equation(True, ("d",))]),
        (
            r"\begin{equation} \begin{split} a &= b \\ c &= d \label{e} \end{split} \end{equation}",
            [Equation(True, ("e",))],
        ),
    ],
)
def test_rows_are_counted_as_in_latex(latex: str, equations: list[Equation]) -> None:
    assert equations_of(latex) == equations


def test_styles_are_where_an_epub_may_have_them() -> None:
    """In MathML Core, which math-core 0.9 writes, any element may have them; EPUB 3.3 asks for MathML 3."""
    for latex in (r"\dfrac{a}{b} + c", r"\displaystyle x", r"\tfrac12", r"\textcolor{red}{x}"):
        for element in converted(latex, block=False).iter():
            if {"displaystyle", "scriptlevel", "mathcolor"} & set(element.attrib):
                assert element.tag == f"{M}mstyle"
    assert texts(r"\dfrac{a}{b} + c") == "ab+c"


def test_boxes_and_strokes_are_styles_and_for_mathml_3_elements() -> None:
    root = converted(r"\boxed{x} \xcancel{y}")
    box, stroke = (row for row in root.iter(f"{M}mrow") if row.get("class"))
    assert "border" in str(box.get("style")) and "linear-gradient" in str(stroke.get("style"))
    enclosed(root)
    assert [each.get("notation") for each in root.iter(f"{M}menclose")] == [
        "box",
        "updiagonalstrike downdiagonalstrike",
    ]


def test_references_are_characters_for_xml() -> None:
    """math-core writes `&ApplyFunction;`, which breaks an EPUB."""
    assert "rank" in texts(r"\operatorname{rank} A")
    assert "\u2061" in latex_to_mathml(r"\operatorname{rank} A", block=False)
    assert texts(r"a < b \& c") == "a<b&c"


@pytest.mark.parametrize(
    ("latex", "problem"),
    [
        (r"\nocturne x", "unknown LaTeX command “\\nocturne”"),
        (r"\substack{a} \nocturne", "unknown LaTeX command “\\nocturne”"),
        ("x & y", "“&” can only be used in matrices, cases and aligned formulas"),
        (r"\frac{a}", "it ends where an argument is missing"),
        (r"\begin{foo} a \end{foo}", "unknown LaTeX environment “foo”"),
        (r"\begin{matrix} a", "“\\begin{matrix}” has no “\\end{matrix}”"),
        (r"\begin{matrix} a \end{array}", "“\\begin{matrix}” is closed by “\\end{array}”"),
        ("{x", "a brace is not closed"),
        ("x}", "“}” closes nothing"),
        ("x^a^b", "Duplicate subscript or superscript"),
        (r"\text{if $x}", "has no second dollar sign"),
        (r"\begin{array}{c} a & b \end{array}", "has more columns in a row than “c” says"),
        (r"\begin{CD} A @>>> B \end{CD}", "write the diagram as a picture"),
        (r"\ce{H2O}", r"write the chemical formula as \mathrm{H_2O}"),
        (r"\SI{5}{km}", r"write the quantity as 5\,\mathrm{km}"),
        (r"a \eqref{b}", "write {eq}`label` outside of the formula"),
        (r"\href{https://a.example}{x}", "write the link outside of the formula"),
        (r"x \tag{1}", "“\\tag” is for displayed formulas"),
        (r"\def\x{\x}\x", "expan"),
        ("a\x00b", "XML"),
        ("_", "it ends where an argument is missing"),
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
