"""The pages of a project with a theme of its own are the same, byte by byte, with Fleuron and without it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fleuron.adopted import is_left_to_sphinx, is_other_project
from fleuron.adopted.citations import keeps_citations
from fleuron.content.numbering.figure_numbers import numbers_articles
from tests.support.publications import run_in_process

CONF = """
extensions = ["myst_parser", "sphinxcontrib.bibtex"]
html_theme = "alabaster"
bibtex_bibfiles = ["old.bib"]
bibtex_reference_style = "author_year"
numfig = True
myst_enable_extensions = ["dollarmath"]
"""
PROJECT = {
    "conf.py": CONF,
    "old.bib": "@book{mu,\n title = {Der {Titel}}, author = {M. Mann}, publisher = {V}, year = 2001, pubmed_id = 7}\n",
    "map.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    "index.rst": (
        "Manual\n======\n\nVersion |version|, of |release|, as {cite} of :cite:t:`mu` says, and كتاب too.\n\n"
        ".. figure:: map.svg\n   :name: one\n\n   One.\n\n"
        ".. toctree::\n\n   notes\n   text\n   articles/post\n   list\n"
    ),
    "notes.rst": (
        "Notes\n=====\n\nText [12]_ and [#]_, and [#named]_, [12]_ again.\n\n.. [12] Twelve.\n.. [#] One.\n"
        ".. [#named] Two, as in [12]_.\n"
    ),
    "text.md": (
        "# Text\n\nText[^a] [^1]. Thanks to [@octocat]; names match ^[A-Z]. From $5 to $10.\n\n1. One\n3. Three\n\n"
        "```{figure} map.svg\n:name: two\n\nTwo, {numref}`two` after {numref}`one`.\n```\n\n[^a]: A.\n[^1]: One.\n\n"
        "See {cite:p}`mu`.\n"
    ),
    "articles/post.md": (
        "---\ntitle: A post\nauthor: Jane\ntags: x, y\n---\n\n# A post\n\n% A comment.\n\nWords[^1].\n\n[^1]: A.\n"
    ),
    "list.rst": "List\n====\n\n.. bibliography::\n",
}
# What names the extensions of a project, or is made of what does.
OTHERWISE = {".buildinfo", "searchindex.js"}


def sphinx(source: Path, out: Path) -> tuple[str, dict[str, bytes]]:
    """Build the pages of a project; return what was printed, and the files by their names."""
    words = [sys.executable, "-P", "-m", "sphinx", "-q", "-b", "html", "-d", str(out.with_suffix(".d"))]
    done = subprocess.run([*words, str(source), str(out)], capture_output=True, text=True, check=True)
    files = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    return done.stdout + done.stderr, {name: files[name].read_bytes() for name in files.keys() - OTHERWISE}


@pytest.mark.slow
def test_pages_of_a_project_are_the_same_with_fleuron(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for name, text in PROJECT.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, "utf-8")
    said, before = sphinx(source, tmp_path / "before")
    assert said == ""
    adopted = run_in_process(["adopt", "--source", str(source)])
    assert adopted.code == 0, adopted.output
    assert "{cite} and {bibliography} stay" in adopted.output
    said, after = sphinx(source, tmp_path / "after")
    assert said == ""
    assert after.keys() == before.keys()
    assert [name for name in sorted(before) if before[name] != after[name]] == []
    assert b"Mann" in after["list.html"]
    assert b"Fig. 2" in after["text.html"]


def project(folder: Path, builder: str = "html", **options: Any) -> Any:
    """Stand for Sphinx with a project of a theme of its own."""
    values = {"html_theme": "furo", "extensions": ["sphinxcontrib.bibtex"], **options}
    defaults = {"fleuron_cite_style": "", "fleuron_numbering": "article"}
    config = SimpleNamespace(_raw_config=values, overrides={}, **{**defaults, **values})
    return SimpleNamespace(config=config, srcdir=folder, builder=SimpleNamespace(name=builder), extensions={"fleuron"})


def test_a_folder_of_articles_makes_no_publication_and_contributors_do(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/one.md").write_text("# One\n", "utf-8")
    app = project(tmp_path)
    assert (is_other_project(app), is_left_to_sphinx(app), numbers_articles(app)) == (True, True, False)
    assert not is_left_to_sphinx(project(tmp_path, "pdf"))
    assert numbers_articles(project(tmp_path, fleuron_numbering="article"))
    (tmp_path / "authors").mkdir()
    assert is_other_project(app)
    (tmp_path / "authors/ada.md").write_text("---\nname: Ada\n---\n", "utf-8")
    assert (is_other_project(app), is_left_to_sphinx(app), numbers_articles(app)) == (False, False, True)


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ({}, True),
        ({"fleuron_cite_style": "apa"}, False),
        ({"extensions": []}, False),
        ({"html_theme": "fleuron"}, False),
    ],
)
def test_a_style_of_the_project_words_its_citations(options: dict[str, Any], kept: bool, tmp_path: Path) -> None:
    assert keeps_citations(SimpleNamespace(app=project(tmp_path, **options), _app=project(tmp_path, **options))) == kept  # type: ignore[arg-type]
