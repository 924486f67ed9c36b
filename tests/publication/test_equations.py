"""Equations in all formats: numbers, references to them, commands that authors define, and translations."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import etree, html

from fleuron.manuscript.equations.commands import documents_with_other_macros
from tests.support.publications import Publication

CONF = r"""
project = "Small"
author = "A. Author"
extensions = ["fleuron"]
fleuron_languages = ["en", "tr"]
fleuron_edition_threshold = 0
fleuron_epub_fonts = False
mathjax3_config = {"tex": {"macros": {"RR": r"\mathbb{R}", "norm": [r"\|#2\|_{#1}", 2, "p"]}}}
"""
TEXT = r"""---
authors: [ada]
date: 2026-01-02
---
# One

Let $x \in \RR$ and $\norm{x} = \norm[2]{y}$.

$$
\newcommand{\half}[1]{\frac{#1}{2}}
$$

\begin{align}
a &= \half{b} \label{first} \\
c &= d \notag \\
e &= f \tag{A*} \label{star} \\
g &= h
\end{align}

\begin{equation}
E = mc^2 \label{einstein}
\end{equation}

$$
A = B
$$ (given)

$$
x = y \tag*{B1}
$$

See $\eqref{first}$, {eq}`star`, {eq}`einstein` and {eq}`given`.
"""
PO = r"""
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

msgid "Let $x \\in \\RR$ and $\\norm{x} = \\norm[2]{y}$."
msgstr "Bozuk $\\frac{x$."

#: two
msgid "A = B"
msgstr "A = \\nocturne"

msgid ""
"See $\\eqref{first}$, {eq}`star`, {eq}`einstein` and {eq}`given`."
msgstr ""
"Bkz. {eq}`given`, {eq}`einstein`, {eq}`star` ve $\\eqref{first}$."
"""


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    publication = Publication(tmp_path_factory.mktemp("equations") / "source")
    publication.write("conf.py", CONF)
    publication.write("index.md", "# Small\n\nText.\n\n```{toctree}\narticles/one\n```\n")
    publication.write("authors/ada.md", "---\nname: Ada Author\n---\nAda writes.\n")
    publication.write("articles/one.md", TEXT)
    publication.write("locale/tr/LC_MESSAGES/articles/one.po", PO)
    result = publication.publish("html", "records")
    assert result.code == 0, result.output
    told = [line for line in result.output.splitlines() if "WARNING" in line or "ERROR" in line]
    assert [line.partition("one.po:")[2].partition(": ")[0] for line in told] == ["6", "10"], told
    assert "a brace is not closed" in told[0] and "“\\nocturne”" in told[1]
    return publication


def article(publication: Publication, language: str) -> html.HtmlElement:
    page = html.document_fromstring(Path(publication.build, f"html/{language}/articles/one.html").read_bytes())
    return page.find(".//main") if page.find(".//main") is not None else page


def test_numbers_are_in_the_order_of_the_article_and_references_say_the_same(publication: Publication) -> None:
    page = article(publication, "en")
    rows = [row.text_content().split("(") for row in page.iter("mtr")]
    assert [row[-1].strip() for row in rows if len(row) > 1] == ["1)", "A*)", "2)"]
    assert [each.text for each in page.find_class("eqno")] == ["(3)", "(4)", "B1"]
    links = [(link.text_content(), link.get("href")) for link in page.xpath(".//a[contains(@href, '#equation-')]")]
    assert links == [
        ("(1)", "#equation-first"),
        ("(A*)", "#equation-star"),
        ("(3)", "#equation-einstein"),
        ("(4)", "#equation-given"),
    ]
    ids = set(page.xpath(".//@id"))
    assert {"equation-first", "equation-star", "equation-einstein", "equation-given"} <= ids
    assert not [name for name in ids if name.startswith("equation-") and name.count("-") > 1]


def test_commands_of_conf_py_and_of_the_article_are_known(publication: Publication) -> None:
    texts = ["".join(map(str, each.itertext())) for each in article(publication, "en").iter("math")]
    assert texts[:2] == ["x∈ℝ", "‖x‖p=‖y‖2"]
    assert "newcommand" not in "".join(texts)


def test_a_broken_formula_of_a_translation_leaves_the_source(publication: Publication) -> None:
    page = article(publication, "tr")
    text = " ".join(page.text_content().split())
    assert "Bozuk" not in text and "Let x" in text
    assert "Bkz. (4), (3), (A*) ve (1)." in text
    assert "A=B" in ["".join(map(str, each.itertext())) for each in page.iter("math")]


def test_records_have_the_numbers(publication: Publication) -> None:
    record = etree.fromstring((publication.build / "records/en/one.jats.xml").read_bytes())
    labels = [each.text for each in record.iter("label")]
    assert labels[:3] == ["(3)", "(4)", "B1"]


def test_formulas_are_read_again_with_other_macros() -> None:
    env = SimpleNamespace(found_docs={"index", "articles/one"})

    def outdated(macros: dict[str, Any]) -> set[str]:
        app = SimpleNamespace(config=SimpleNamespace(mathjax4_config={"tex": {"macros": macros}}))
        return set(documents_with_other_macros(app, env, set(), set(), set()))  # type: ignore[arg-type]

    assert outdated({}) == outdated({}) == set()
    assert outdated({"R": "x"}) == env.found_docs
    assert outdated({"R": "x"}) == set()
    assert outdated({"R": ["x", 1]}) == env.found_docs
