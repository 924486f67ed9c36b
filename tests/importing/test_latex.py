"""LaTeX documents become articles with cites, notes, figures, tables, formulas and references, and all their words."""

from __future__ import annotations

from pathlib import Path

import pytest

from fleuron.importing.document_words import lacking_words, words_in
from fleuron.importing.latex.document import count_arguments, definition, read_document
from fleuron.importing.latex.words import latex_text
from fleuron.importing.new_sources import new_sources
from tests.importing.test_import_command import import_file
from tests.importing.test_recognised_notes import FOLDER, SOURCES
from tests.support.publications import ROOT, SMALL, Publication

ESSAY = r"""\documentclass{article}
\usepackage[style=verbose]{biblatex}
\addbibresource{essay.bib}
\title{On \emph{Notes}}
\author{Ada Lovelace \and Grace Hopper}
\date{2026-11-20}
\newcommand{\term}[1]{\textit{#1}}
\graphicspath{{pictures/}}
\begin{document}
\maketitle
\begin{abstract}What it says.\end{abstract}
\section{First}\label{sec:first}
A \emph{stress} and a \term{term}.\footnote{A note with \emph{words} and \cite[12]{grafton1997}.} % not printed
\textcite{grafton1997} says so.\footcite[see][33]{gra} Two.\autocite[12--14]{barfield2010} See \ref{sec:first},
\ref{fig:page}, \ref{tab:small} and \eqref{eq:energy}.
Na\"{\i}ve G\"odel's \c{c}a, $a^2+b$:
\begin{equation}\label{eq:energy}E=mc^2\end{equation}
\begin{quote}A quotation.\end{quote}
\begin{figure}[ht]\centering\includegraphics[width=3cm]{page}\caption{The \emph{page}}\label{fig:page}\end{figure}
\begin{table}\caption{Small}\label{tab:small}\begin{tabular}{lr}\hline a & b\\ \hline 1 & 2 \\ \end{tabular}\end{table}
\foreignlanguage{turkish}{Türkçe} \unknown[option]{lost}{words} \marginpar{aside} 50\% \url{https://example.org/x_y}

\input{more}
\nocite{nobody}
\printbibliography
\end{document}
"""
BIBLIOGRAPHY = """@string{h = "Harvard"}
@book{gra, author={Grafton, Anthony}, title={The Footnote: A Curious History}, year=1997}
@book{barfield2010, author={Other, Tom}, title={Another}, year=2001, publisher=h}
@book{new2020, author={New, Ann}, title={Newest}, year=2020, note={kept {as} it is}}
"""
BODY = """
(sec:first)=

## First

A *stress* and a *term*.[^1] {footcite:t}`grafton1997` says so.{footcite}`{see}grafton1997{p. 33}` \
Two.{footcite}`barfield2010a{pp. 12-14}` See [](#sec:first), {numref}`%s <fig:page>`, {numref}`%s <tab:small>` and \
{eq}`eq:energy`. Naïve Gödel’s ça, $a^2+b$:

````{math}
:label: eq:energy

E=mc^2
````

> A quotation.

````{figure} essay/pictures/page.png
:width: 3cm
:name: fig:page

The *page*

````

````{table} Small
:name: tab:small

| a   |   b |
|:----|----:|
| 1   |   2 |

````

[Türkçe]{.language-tr} option lost words aside 50% <https://example.org/x_y>

More words of another file.{footcite}`new2020`

[^1]: A note with *words* and {footcite}`grafton1997{p. 12}`.
"""


@pytest.fixture
def publication(tmp_path: Path) -> Publication:
    made = Publication(tmp_path / "source")
    made.write("conf.py", SMALL["conf.py"])
    made.write("index.md", SMALL["index.md"])
    made.write("refs.bib", (FOLDER / "refs.bib").read_bytes())
    made.write("essay.tex", ESSAY)
    made.write("more.tex", "More words of another file.\\footcite{new2020}\n")
    made.write("essay.bib", BIBLIOGRAPHY)
    made.write("pictures/page.png", (ROOT / "docs/pictures/page.png").read_bytes())
    return made


def test_a_latex_document_becomes_an_article(publication: Publication) -> None:
    result = import_file(publication, "essay.tex")
    article = (publication.source / "articles/essay.md").read_text("utf-8")
    assert article.startswith("---\ntitle: On *Notes*\nabstract: What it says.\ndate: 2026-11-20\n---\n")
    assert article.partition("---\n\n")[2] == BODY.lstrip()
    assert (publication.source / "articles/essay/pictures/page.png").is_file()
    assert result.code == 0, result.output
    for told in (
        "the author “Grace Hopper” has no file in authors/",
        "the command \\unknown is not known; its words stand as they are",
        "the key “gra” of its bibliography is “grafton1997” here",
        "the key “barfield2010” of its bibliography is “barfield2010a” here",
        "imported/essay.bib: barfield2010a, new2020; correct them there",
    ):
        assert told in result.output


def test_its_entries_are_added_only_if_they_are_accepted(publication: Publication) -> None:
    before = (publication.source / "refs.bib").read_text("utf-8")
    import_file(publication, "essay.tex")
    assert (publication.source / "refs.bib").read_text("utf-8") == before
    proposed = publication.source / "imported/essay.bib"
    assert "author    = {Other, Tom}" in proposed.read_text("utf-8"), "with what its macro stands for"
    proposed.write_text(proposed.read_text("utf-8").replace("Newest", "The Newest"), "utf-8")
    import_file(publication, "essay.tex", "--replace")
    assert "The Newest" in proposed.read_text("utf-8"), "what the author has corrected stays"
    result = import_file(publication, "essay.tex", "--replace", "--accept")
    after = (publication.source / "refs.bib").read_text("utf-8")
    assert after.startswith(before.rstrip()) and "The Newest" in after and "@book{barfield2010a," in after
    assert "refs.bib: barfield2010a, new2020" in result.output and not proposed.exists()


def test_words_that_pandoc_loses_are_told(publication: Publication) -> None:
    publication.write("essay.tex", ESSAY.replace("A quotation.", r"A quotation. \def\own#1{#1} \iffalse z \fi"))
    result = import_file(publication, "essay.tex")
    assert result.code == 1 and "the article lacks words of essay.tex: z" in result.output, result.output


def test_the_words_of_a_document_are_read_without_pandoc(tmp_path: Path) -> None:
    (tmp_path / "essay.tex").write_text(ESSAY, "utf-8")
    text = latex_text(read_document(tmp_path / "essay.tex").text)
    words = list(words_in(text))
    for expected in (
        "notes",
        "hopper",
        "stress",
        "naïve",
        "gödel",
        "grafton1997",
        "energy",
        "aside",
        "option",
        "türkçe",
    ):
        assert (expected in words) == (expected != "energy"), expected
    assert (
        lacking_words(text, BODY + " On Notes 2026-11-20 What it says. Ada Lovelace and Grace Hopper gra barfield2010")
        == []
    )
    assert lacking_words(text, BODY.replace("quotation", "")) != lacking_words(text, BODY)


def test_files_are_read_only_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.tex").write_text("secret", "utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.tex").write_text("A \\input{../secret} \\include{b} 5\\% % comment \\input{b}\nB", "utf-8")
    (folder / "b.tex").write_text("included \\input{a}", "utf-8")
    document = read_document(folder / "a.tex")
    assert "secret" not in document.text.replace("../secret", "") and document.text.count("included") == 5
    assert "5\\% B" in document.text
    assert document.left_out[0] == "the file “../secret” that it includes is not in its folder"


@pytest.mark.parametrize(("source", "count"), [("{a}{b {c}}", 2), ("[o]{a} {b}", 2), (" words", 0), ("{a\\}b}", 1)])
def test_arguments_of_unknown_commands_are_counted(source: str, count: int) -> None:
    assert count_arguments(source) == count
    assert definition("x", 1, has_option=True) == "\\newcommand{\\x}[2][]{#1 #2}\n"


def test_entries_are_renamed_where_the_publication_has_another_of_their_key() -> None:
    found = new_sources([BIBLIOGRAPHY], ["gra", "barfield2010", "new2020", "rashid2000", "none"], SOURCES)
    assert found.renamed == {"gra": "grafton1997", "barfield2010": "barfield2010a"}
    assert list(found.entries) == ["barfield2010a", "new2020"] and found.missing == ("none",)
