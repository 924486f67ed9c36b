"""Formulas in PDFs: drawn on the baseline, tagged with alternative text, and reported where they cannot be drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree
from ziamath.nodes.mnode import Mnode

from fleuron.formulas.mathml import latex_to_mathml
from fleuron.paged.sheets.formulas.drawing import FormulaError, draw
from tests.support.bound_book import faults
from tests.support.publications import Maker, Publication, pdf_pages

pytestmark = pytest.mark.slow

CONF = (
    'project = "Small"\nauthor = "A. Author"\nextensions = ["fleuron"]\nfleuron_languages = ["en"]\n'
    'myst_enable_extensions = ["amsmath", "dollarmath"]\n'
)
TEXT = r"""---
authors: [ada]
date: 2026-01-02
---
# One

Let $x^2 < y$ be small.[^n]

$$
A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}
$$ (matrix)

\begin{align}
a &= b \label{first} \\
c &= d \tag{A}
\end{align}

See {eq}`matrix` and $\eqref{first}$.

[^n]: As $e^{i\pi}$ is.
"""


def drawn(latex: str, *, block: bool = False) -> etree._Element:
    return etree.fromstring(draw(latex_to_mathml(latex, block=block), latex))


def em(element: etree._Element, what: str) -> float:
    found = re.search(rf"{what}:(-?[\d.]+)em", element.get("style", ""))
    assert found
    return float(found[1])


def test_a_formula_is_lowered_by_the_depth_below_its_baseline() -> None:
    assert -0.1 < em(drawn("x"), "vertical-align") <= 0
    assert em(drawn(r"\frac{a}{b}"), "vertical-align") < -0.3
    assert 0.4 < em(drawn("x"), "width") < 0.7


def test_a_formula_in_a_line_is_smaller_than_one_that_is_displayed() -> None:
    displayed = drawn(r"\frac{a}{b}", block=True)
    assert em(drawn(r"\frac{a}{b}"), "vertical-align") > em(displayed, "vertical-align")


def shapes(latex: str) -> int:
    return len(drawn(latex)) - 1


def test_rules_of_tables_and_lines_over_formulas_are_drawn() -> None:
    plain = shapes(r"\begin{array}{cc} a & b \\ c & d \end{array}")
    assert shapes(r"\begin{array}{|c|c|} \hline a & b \\ \hline c & d \\ \hline \end{array}") == plain + 6
    assert shapes(r"\overline{xyz}") == shapes("xyz") + 1
    assert shapes(r"\boxed{x}") == shapes(r"\cancel{x}") == shapes("x") + 1


def test_an_arrow_is_as_long_as_the_words_on_it() -> None:
    assert em(drawn(r"\xrightarrow{abcdefghijklm}"), "width") > em(drawn(r"\xrightarrow{a}"), "width") + 3


def test_a_formula_is_outlines_with_its_source_as_alternative_text() -> None:
    formula = drawn(r"x < \sqrt{2}")
    assert etree.QName(formula[0]).localname == "title"
    assert {etree.QName(child).localname for child in formula} <= {"title", "path", "rect"}
    assert formula[0].text == r"x < \sqrt{2}"
    assert etree.tostring(drawn("x")) == etree.tostring(drawn("x"))


def test_a_letter_missing_from_the_typeface_is_reported() -> None:
    with pytest.raises(FormulaError, match="no typeface has “س”"):
        drawn(r"\text{س} = 1")


@pytest.fixture(scope="module")
def offprint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    publication = Publication(tmp_path_factory.mktemp("formulas") / "source")
    publication.write("conf.py", CONF)
    publication.write("index.md", "# Small\n\n```{toctree}\narticles/one\n```\n")
    publication.write("authors/ada.md", "---\nname: Ada Author\n---\nAda writes.\n")
    publication.write("articles/one.md", TEXT)
    result = publication.publish("pdf", options="-W")
    assert (result.code, "ERROR" in result.output, "WARNING" in result.output) == (0, False, False), result.output
    return publication.build / "pdf/en/one.pdf"


def elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids: Any = parent.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def test_formulas_are_tagged_with_alternative_text(offprint: Path) -> None:
    with pikepdf.open(offprint) as pdf:
        found = [each for each in elements(pdf.Root.StructTreeRoot) if each.S == "/Formula"]
        assert [" ".join(str(each.Alt).split()) for each in found] == [
            "x^2 < y",
            r"e^{i\pi}",
            r"A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
            r"\begin{align} a &= b \label{first} \\ c &= d \tag{A} \end{align}",
        ]
    assert [faults(offprint.read_bytes(), profile) for profile in ("pdfa-3a", "pdfua-1")] == [[], []]


def test_no_latex_is_printed_and_the_number_of_a_formula_is(offprint: Path) -> None:
    text = "\n".join(pdf_pages(offprint))
    assert "\\" not in text
    assert text.count("(1)") == 2
    assert "See (1) and (2)." in text  # the second is in the drawing of its row


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        (
            "\\text{\U0001fbff}",
            "the formula cannot be drawn for the PDF: no typeface has “\U0001fbff”: name a typeface",
        ),
        (r"\nocturne", "the formula cannot be converted to MathML: unknown LaTeX command “\\nocturne”"),
        ("x & y", "to MathML: “&” can only be used in matrices, cases and aligned formulas"),
        (r"\frac{1", "the formula cannot be converted to MathML: a brace is not closed"),
    ],
)
def test_a_formula_that_cannot_be_drawn_is_reported_once_with_its_line(make: Maker, formula: str, told: str) -> None:
    publication = make({"conf.py": CONF, "articles/one.md": TEXT.replace("x^2 < y", formula)})
    result = publication.publish("pdf")
    assert result.code == 1
    assert [line for line in result.output.splitlines() if told in line and "one.md:7: ERROR" in line] != []
    assert result.output.count(told) == 1
    assert "Traceback" not in result.output


def test_what_is_nested_is_not_built_again_for_each_row_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    from_element: Any = vars(Mnode)["fromelement"].__func__

    def counted(kind: type[Mnode], *arguments: Any, **settings: Any) -> Mnode:
        built.append(arguments)
        node: Mnode = from_element(kind, *arguments, **settings)
        return node

    monkeypatch.setattr(Mnode, "fromelement", classmethod(counted))
    nested = drawn(r"\left(" * 12 + r"\frac{a}{b}" + r"\right)" * 12)
    assert len(built) < 1000
    assert em(nested, "width") > 5


@pytest.mark.parametrize("formula", [r"\textup{a} \smallsetminus b", r"\varinjlim_n A", r"\llap{x} \enskip \shortmid"])
def test_names_that_the_converter_lacks_are_those_of_others(formula: str) -> None:
    assert em(drawn(formula), "width") > 0
