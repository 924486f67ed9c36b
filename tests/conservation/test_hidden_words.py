"""What an author wrote and a publication's own style hides is told, with the rule and the line of the words."""

from __future__ import annotations

from pathlib import Path

import pytest

from fleuron.conservation.hidden_words import hidden_texts
from fleuron.conservation.own_styles import StyleSheet, hiding_rules
from tests.support.publications import SMALL, Maker

PAGE = """<html><body><nav><p class="aside">Menu</p></nav><main><article>
<h1>Title<a class="headerlink">Link</a></h1>
<p class="aside">An <em id="one">aside of</em> ours.</p>
<div class="box"><p>Inner</p><p class="again">Again</p></div>
</article></main></body></html>"""


def found(css: str, page: str = PAGE, medium: str = "screen") -> list[tuple[str, str]]:
    rules = hiding_rules((StyleSheet("own.css", css),), medium)
    return [(" ".join(hidden.words), hidden.declaration.where) for hidden in hidden_texts(page, rules)]


@pytest.mark.parametrize(
    ("css", "words", "where"),
    [
        (".aside { display: none }", "An aside of ours", "“display: none” at line 1 of own.css"),
        ("\n\n#one { VISIBILITY: hidden }", "aside of", "“visibility: hidden” at line 3 of own.css"),
        ("p.aside > em { font-size: 0px !important }", "aside of", "“font-size: 0px” at line 1 of own.css"),
        ("article em { opacity: .0 }", "aside of", "“opacity: .0” at line 1 of own.css"),
        ("@media (max-width: 40em) {\n.aside { display: none } }", "An aside of ours", "line 2 of own.css"),
        ("@media screen { @supports (display: grid) { em { display: none } } }", "aside of", "line 1 of own.css"),
        (".box { font-size: 0 } .again { font-size: 1rem }", "Inner", "“font-size: 0” at line 1 of own.css"),
        (".box { visibility: hidden } .again { visibility: visible }", "Inner", "line 1 of own.css"),
        ("#one { display: none } em { display: inline }", "aside of", "“display: none”"),
        ("main { display: none }", "Title An aside of ours Inner Again", "“display: none”"),
    ],
)
def test_what_a_style_sheet_hides_is_found(css: str, words: str, where: str) -> None:
    ((hidden, rule),) = found(css)
    assert hidden == words
    assert where in rule


@pytest.mark.parametrize(
    "css",
    [
        "",
        "nav, .headerlink { display: none }",
        "@media print { .aside { display: none } }",
        ".aside { display: none } article .aside { display: block }",
        ".aside { display: none !important } .aside { display: block !important }",
        ".aside::before { display: none } .aside:hover { display: none } .aside { opacity: 0.5; font-size: 0.8em }",
        "p:frobnicate { display: none } .aside { display: none",
        ".nothing { display: none }",
    ],
)
def test_what_is_shown_or_not_the_authors_is_not_told(css: str) -> None:
    page = PAGE.replace('aside">Menu', 'menu">Menu')
    assert [words for words, _ in found(css, page)] == (["An aside of ours"] if css.endswith("none") else [])


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ('<p style="color: red; display:none">Red.</p>', ["Red"]),
        ("<p hidden>Gone.</p>", ["Gone"]),
        ('<p hidden="until-found">Later.</p><p style="color:red">Seen.</p>', []),
    ],
)
def test_what_an_attribute_hides_is_found(markup: str, words: list[str]) -> None:
    assert [words for words, _ in found("", f"<article>{markup}</article>")] == words


def test_paper_has_rules_of_its_own() -> None:
    css = "@media print { .aside { display: none } } @media screen { em { display: none } }"
    assert [words for words, _ in found(css, medium="print")] == ["An aside of ours"]


CSS = ".secret { display: none }\n"
ARTICLE = """---
authors: [ada]
date: 2026-01-02
---
# One

Seen.

:::{container} secret
Words that nobody sees.
:::

A <span style="display: none">lost</span> word.
"""


@pytest.mark.parametrize(
    ("format", "where"),
    [
        ("html", "page"),
        pytest.param("epub", "EPUB", marks=pytest.mark.nightly),
        pytest.param("pdf", "PDF", marks=pytest.mark.nightly),
    ],
)
def test_a_build_warns_at_the_line_of_the_words(make: Maker, format: str, where: str) -> None:
    conf = SMALL["conf.py"] + 'html_static_path = ["_static"]\nhtml_css_files = ["own.css"]\n'
    conf += 'fleuron_pdf_css = ["_static/own.css"]\n'
    publication = make({"conf.py": conf, "_static/own.css": CSS, "articles/one.md": ARTICLE})
    result = publication.publish(format, languages="en")
    assert result.code == 0, result.output
    told = [line for line in result.output.splitlines() if "hides" in line]
    assert [line.removeprefix(f"{publication.source}/") for line in told] == [
        f"articles/one.md:10: WARNING: the {where} hides “Words that nobody sees”: “display: none” at line 1 of "
        "_static/own.css [fleuron.hidden_words]",
        f"articles/one.md:13: WARNING: the {where} hides “lost”: “display: none” in its attribute “style” "
        "[fleuron.hidden_words]",
    ]


def test_a_style_sheet_may_be_in_a_folder_beside_the_publication(make: Maker, tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "own.css").write_text(CSS, "utf-8")
    conf = SMALL["conf.py"] + f'html_static_path = [{str(tmp_path / "shared")!r}]\nhtml_css_files = ["own.css"]\n'
    result = make({"conf.py": conf, "articles/one.md": ARTICLE}).publish("html", languages="en")
    assert result.code == 0, result.output
    assert "shared/own.css" in result.output and result.output.count("hides") == 2, result.output
