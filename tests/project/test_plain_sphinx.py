"""Sphinx without Fleuron's command: `sphinx-build` on a publication, and Fleuron in a project that exists already."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from tests.support.publications import SMALL, Maker, Publication, pdf_pages, text_of

pytestmark = pytest.mark.slow

NOTES = {
    "refs.bib": "@book{grafton, author={Anthony Grafton}, title={The Footnote}, publisher={Faber}, year=1997}\n",
    "articles/one.md": (
        "---\nauthors: [ada]\ndate: 2026-01-02\n---\n# One\n\nThe first text.{footcite}`grafton`\n\n"
        "## Its section\n\nMore text, with a formula $a^2$.\n"
    ),
}


def sphinx(publication: Publication, *arguments: str) -> None:
    """Run sphinx-build on a publication, with warnings as errors; it must print nothing."""
    process = subprocess.run(
        [sys.executable, "-P", "-m", "sphinx", *arguments, "-q", "-W", "--keep-going"],
        cwd=publication.source.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert (process.returncode, process.stdout) == (0, "")


def pages(folder: Path) -> dict[str, html.HtmlElement]:
    paths = sorted(folder.rglob("*.html"))
    return {path.relative_to(folder).as_posix(): html.parse(str(path)).getroot() for path in paths}


def dead_links(folder: Path) -> Iterator[str]:
    """Yield the links between pages, or to files, that lead nowhere."""
    for name, page in pages(folder).items():
        ids = {element.get("id") for element in page.iter() if isinstance(element.tag, str)}
        for element, _attribute, link, _position in page.iterlinks():
            path, _, fragment = unquote(link).partition("#")
            path = path.partition("?")[0]
            if ":" in path or element.get("type") == "application/ld+json":
                continue
            if not path:
                if fragment and fragment not in ids:
                    yield f"{name}: {link}"
                continue
            target = (folder / name).parent / path
            if not (target / "index.html" if target.is_dir() or path.endswith("/") else target).is_file():
                yield f"{name}: {link}"


@pytest.mark.parametrize(
    ("arguments", "output", "article"),
    [
        pytest.param(("-M", "html", "source", "out"), "out/html", "articles/one.html", marks=pytest.mark.nightly),
        (("-b", "html", "source", "out"), "out", "articles/one.html"),
        (("-b", "dirhtml", "source", "out"), "out", "articles/one/index.html"),
        (("-b", "singlehtml", "source", "out"), "out", "index.html"),
    ],
    ids=["make-html", "html", "dirhtml", "singlehtml"],
)
def test_html_builders_write_whole_pages_without_dead_links(
    make: Maker, arguments: tuple[str, ...], output: str, article: str
) -> None:
    publication = make(NOTES)
    sphinx(publication, *arguments)
    folder = publication.source.parent / output
    assert list(dead_links(folder)) == []
    page = pages(folder)[article]
    assert page.get("lang") == "en"
    assert "The first text." in text_of(page)
    assert "Anthony Grafton, The Footnote" in text_of(page)
    assert page.xpath("//math")
    assert page.xpath("//link[contains(@href, 'fleuron.css')]")
    assert not [link for link in page.cssselect("a[hreflang]") if link.get("hreflang") == "tr"]


@pytest.mark.parametrize(("builder", "files"), [("epub", ["small-en.epub"]), ("pdf", ["en/one.pdf", "small-en.pdf"])])
def test_book_builders_write_the_edition(make: Maker, builder: str, files: list[str]) -> None:
    publication = make(NOTES)
    sphinx(publication, "-b", builder, "source", "out")
    folder = publication.source.parent / "out"
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob(f"*.{builder}")) == files


def project(tmp_path: Path, conf: str) -> Publication:
    """Make an ordinary Sphinx project."""
    publication = Publication(tmp_path / "source")
    publication.write("conf.py", f'project = "Manual"\n{conf}')
    publication.write(
        "index.rst",
        "Manual\n======\n\n.. toctree::\n\n   guide\n",
    )
    publication.write(
        "guide.rst",
        "Guide\n=====\n\nA formula: :math:`a^2`.\n\n.. figure:: picture.svg\n   :alt: A picture\n\n   A picture.\n",
    )
    publication.write(
        "picture.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    )
    return publication


@pytest.mark.parametrize("theme", ["furo", "pydata_sphinx_theme", "alabaster"])
def test_an_existing_project_keeps_its_theme_formulas_and_numbering(tmp_path: Path, theme: str) -> None:
    pytest.importorskip("pydata_sphinx_theme" if theme.startswith("pydata") else theme)
    publication = project(
        tmp_path,
        f'extensions = ["sphinx.ext.mathjax", "fleuron"]\nhtml_theme = "{theme}"\nhtml_permalinks_icon = "§"\n',
    )
    sphinx(publication, "-b", "html", "source", "out")
    page = pages(publication.source.parent / "out")["guide.html"]
    assert not page.xpath("//link[contains(@href, 'fleuron.css')]")
    assert page.xpath("//*[contains(@class, 'math')]") and not page.xpath("//math")
    assert page.xpath("//script[contains(@src, 'mathjax')]")
    assert "Fig." not in text_of(page.xpath("//figcaption")[0])
    assert page.xpath("//a[@class='headerlink']")[0].text == "§"


@pytest.mark.parametrize("theme", ["furo", "pydata_sphinx_theme"])
def test_a_theme_keeps_the_options_that_it_sets(tmp_path: Path, theme: str) -> None:
    pytest.importorskip(theme)
    conf = f'extensions = ["fleuron"]\nhtml_theme = "{theme}"\n'
    with_fleuron, without = project(tmp_path / "with", conf), project(tmp_path / "without", f'html_theme = "{theme}"\n')
    for publication in (with_fleuron, without):
        sphinx(publication, "-b", "html", "source", "out")
    for name in ("_sources/guide.rst.txt", "genindex.html"):
        exist = {(publication.source.parent / "out" / name).exists() for publication in (with_fleuron, without)}
        assert len(exist) == 1, name


def test_the_paged_builder_alone_makes_a_pdf_of_any_project(tmp_path: Path) -> None:
    publication = project(tmp_path, 'extensions = ["fleuron.paged"]\n')
    sphinx(publication, "-b", "pdf", "source", "out")
    text = "\n".join(pdf_pages(publication.source.parent / "out" / "manual-en.pdf"))
    assert "Manual" in text and "A formula" in text and "A picture." in text


@pytest.mark.parametrize("extensions", [["fleuron", "fleuron.paged"], ["fleuron.paged", "fleuron"]])
def test_the_extensions_may_be_named_together(make: Maker, extensions: list[str]) -> None:
    publication = make({"conf.py": SMALL["conf.py"].replace('["fleuron"]', str(extensions))})
    sphinx(publication, "-b", "html", "source", "out")
