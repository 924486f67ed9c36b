"""`fleuron adopt` adds lines to the conf.py of a Sphinx project, which keeps all its pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fleuron.adopted import keeps_its_pages, note_documents, read_again
from fleuron.authoring.adoption import adopted
from tests.support.epub_books import COUNTED, messages
from tests.support.publications import SMALL, Maker, run_in_process, text_of

PROJECT = {
    "conf.py": '# The settings.\nproject = "Manual"\nextensions = [\n    "myst_parser",  # Markdown\n]\n',
    "index.md": "# Manual\n\nWords.\n\n```{toctree}\nguide\nmodules\n```\n",
    "guide.md": "# Guide\n\n```{index} guide\n```\n\nText.[^1] See {ref}`genindex`.\n\n[^1]: A note.\n",
    "modules.rst": "Modules\n=======\n\nText [1]_.\n\n.. [1] A note.\n\n.. py:module:: foo\n\n.. py:function:: f()\n",
}
# What Sphinx reads without a word, though a publication would be told: a file outside, pictures that nobody has
# described or that are in the network, directives within lists and cells, and an example of an extension of its own.
READ_BY_SPHINX = {
    "../README.md": "The readme of the program.\n",
    "more.md": (
        "# More\n\n```{include} ../README.md\n```\n\n![](https://example.org/a.png)\n\n![](map.svg)\n\n"
        "```{demo} Shown with *stars*\n```\n\nText at {demo}`words;1em`.\n"
    ),
    "lists.rst": (
        "Lists\n=====\n\n- A) Using bullets\n\n.. hlist::\n\n   - .. figure:: map.svg\n\n        Short.\n\n"
        "====  ======================\nOne   .. code-block:: python\n\n         y = 1\n\n====  ======================\n"
    ),
    "map.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
}
DEMO = """
from docutils import nodes
from docutils.parsers.rst import Directive


class Demo(Directive):
    required_arguments = 1
    final_argument_whitespace = True

    def run(self):
        return [nodes.paragraph("", "An example.")]


def setup(app):
    app.add_directive("demo", Demo)
    app.add_role("demo", lambda *_given: ([nodes.inline("", "an example")], []))
"""
# Texts without titles, a file of another encoding, one that documents code, lists by key, and a page beside them.
OTHER_TEXTS = {
    "untitled.rst": "Words alone, and {{ a tag }} of a template.\n",
    "empty.rst": "\n",
    "code.rst": "Code\n====\n\n.. automodule:: textwrap\n\n.. bibliography::\n   :filter: False\n\n   mu\n",
    "extra/verified.html": "<p>Verified.</p>",
}
BIBLIOGRAPHY = "@book{mu,\n title = {M\u00fchle}, author = {M\u00fcller, M.}, publisher = {V}, year = 2001}\n"


def project(folder: Path, **changes: str) -> Path:
    for name, text in {**PROJECT, **changes}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def sphinx(source: Path, out: Path, builder: str = "html") -> set[str]:
    """Build a project with Sphinx alone, which must print nothing, and return the names of what it has written."""
    words = [
        sys.executable,
        "-P",
        "-m",
        "sphinx",
        "-q",
        "-W",
        "-b",
        builder,
        "-d",
        str(out / ".d"),
        str(source),
        str(out),
    ]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return {name for name in files_of(out) if not name.startswith(".")}


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["", 'html_theme = "furo"\n'])
def test_no_page_of_a_project_disappears(theme: str, tmp_path: Path) -> None:
    index = PROJECT["index.md"].replace("modules\n", "modules\nmore\nlists\n")
    conf = PROJECT["conf.py"] + theme + DEMO
    source = project(tmp_path / "source", **READ_BY_SPHINX, **{"conf.py": conf, "index.md": index})
    before = sphinx(source, tmp_path / "before")
    result = run_in_process(["adopt", "--source", str(source)])
    assert result.code == 0, result.output
    after = sphinx(source, tmp_path / "after")
    assert {"genindex.html", "py-modindex.html", "_sources/guide.md.txt"} <= before == after
    page = (tmp_path / "after/more.html").read_text("utf-8")
    assert 'src="https://example.org/a.png"' in page and "The readme of the program." in page
    again = run_in_process(["adopt", "--source", str(source)])
    assert "has what is needed already" in again.output


@pytest.mark.slow
def test_what_only_a_publication_must_have_is_no_error_of_a_project(tmp_path: Path) -> None:
    index = PROJECT["index.md"].replace("modules\n", "modules\nuntitled\nempty\ncode\n")
    conf = (
        'project = "Manual"\nextensions = ["myst_parser", "sphinx.ext.autodoc", "sphinxcontrib.bibtex", "fleuron"]\n'
        'html_theme = "alabaster"\nbibtex_bibfiles = ["old.bib"]\nbibtex_encoding = "latin-1"\n'
        'html_extra_path = ["extra"]\nsuppress_warnings = ["toc.no_title"]\n'
    )
    source = project(tmp_path / "source", **OTHER_TEXTS, **{"conf.py": conf, "index.md": index})
    (source / "old.bib").write_text(BIBLIOGRAPHY, "latin-1")
    after = sphinx(source, tmp_path / "after")
    assert {"untitled.html", "empty.html", "verified.html"} <= after
    assert "M\u00fchle" in (tmp_path / "after/code.html").read_text("utf-8")


def test_a_format_of_fleuron_reads_again_what_was_left_to_sphinx(tmp_path: Path) -> None:
    env = SimpleNamespace(found_docs={"a", "b"})
    config = SimpleNamespace(_raw_config={"html_theme": "furo"}, overrides={}, html_theme="furo")

    def build(builder: str) -> Any:
        return SimpleNamespace(config=config, srcdir=tmp_path, builder=SimpleNamespace(name=builder))

    note_documents(build("html"), env, ["a", "b", "gone"])  # type: ignore[arg-type]
    assert read_again(build("html"), env) == set()  # type: ignore[arg-type]
    assert read_again(build("pdf"), env) == {"a", "b"}  # type: ignore[arg-type]
    note_documents(build("pdf"), env, ["a"])  # type: ignore[arg-type]
    assert read_again(build("epub"), env) == {"b"}  # type: ignore[arg-type]
    (tmp_path / "authors").mkdir()
    (tmp_path / "authors/ada.md").write_text("", "utf-8")
    assert not keeps_its_pages(build("html"))


@pytest.mark.slow
def test_a_project_with_a_theme_of_its_own_has_books(tmp_path: Path) -> None:
    source = project(tmp_path / "source", **{"conf.py": PROJECT["conf.py"] + 'html_theme = "furo"\n'})
    assert run_in_process(["adopt", "--source", str(source)]).code == 0
    assert "manual-en.pdf" in sphinx(source, tmp_path / "pdf", "pdf")
    assert "py-modindex.xhtml" in sphinx(source, tmp_path / "epub", "epub")
    assert {each[0] for each in messages(tmp_path / "epub/manual-en.epub")} <= {COUNTED}


def test_each_line_is_named_with_its_reason_and_no_other_is_changed(tmp_path: Path) -> None:
    source = project(tmp_path, **{"locale/tr/LC_MESSAGES/x.po": "", "locale/xx/LC_MESSAGES/x.po": ""})
    text = PROJECT["conf.py"] + 'locale_dirs = ["locale"]\n'
    (source / "conf.py").write_text(text, "utf-8")
    dry = run_in_process(["adopt", "--source", str(source), "--dry-run"])
    assert (dry.code, (source / "conf.py").read_text("utf-8")) == (0, text)
    assert run_in_process(["adopt", "--source", str(source)]).code == 0
    assert (source / "conf.py").read_text("utf-8") == (
        text.replace('"myst_parser",  # Markdown', '"myst_parser", "fleuron",  # Markdown')
        + '\n# For Fleuron.\nhtml_theme = "alabaster"\nfleuron_languages = ["en", "tr"]\n'
    )
    for line in (
        '"myst_parser", "fleuron",  # Markdown',
        'html_theme = "alabaster"',
        'fleuron_languages = ["en", "tr"]',
    ):
        assert f"conf.py: {line}\n    " in dry.output


@pytest.mark.parametrize(
    ("text", "values", "part", "line"),
    [
        ("extensions = base + ['a']\n", {"extensions": ["a"]}, "notes", 'extensions = [*extensions, "fleuron.notes"]'),
        ("", {}, "pdf", 'extensions = ["fleuron.paged"]'),
        ("extensions = ['fleuron']\n", {"extensions": ["fleuron"], "html_theme": "furo"}, "all", ""),
    ],
)
def test_a_part_is_taken_by_its_own_extension(
    text: str, values: dict[str, object], part: str, line: str, tmp_path: Path
) -> None:
    found = adopted(text, values, tmp_path, part)
    assert [added.line for added in found.lines] == ([line] if line else [])
    assert found.text == (f"{text.rstrip()}\n\n# For Fleuron.\n{line}\n" if line else text)


def test_what_an_author_has_to_decide_is_told(tmp_path: Path) -> None:
    values = {"extensions": ["rst2pdf.pdfbuilder", "sphinxcontrib.bibtex"]}
    told = adopted("extensions = x\n", values, tmp_path, "all").notices
    assert [notice.split()[0] for notice in told] == ["rst2pdf.pdfbuilder", "{footcite}", "{cite}", "html_baseurl,"]


def test_a_conf_py_that_cannot_be_read_stays_as_it_is(tmp_path: Path) -> None:
    source = project(tmp_path, **{"conf.py": "extensions = [\n"})
    result = run_in_process(["adopt", "--source", str(source)])
    assert (result.code, (source / "conf.py").read_text("utf-8")) == (1, "extensions = [\n")
    assert (result.output.count("\n"), "line 1" in result.output) == (1, True)
    nowhere = run_in_process(["adopt", "--source", str(tmp_path / "none")])
    assert (nowhere.code, nowhere.output.count("\n")) == (1, 1)


def test_a_publication_in_another_theme_keeps_its_translations_and_marks(make: Maker) -> None:
    """A publication has contributors: its translations are found, and the words of other languages are marked."""
    text = "A [слово]{.language-ru} of it."
    publication = make(
        {
            "conf.py": SMALL["conf.py"] + 'html_theme = "furo"\n',
            "articles/one.md": f"---\nauthors: [ada]\ndate: 2026-01-02\n---\n# One\n\n{text}\n",
            "locale/tr/LC_MESSAGES/articles/one.po": (
                'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
                f'msgid "{text}"\nmsgstr "Bir [слово]{{.language-ru}}."\n'
            ),
        }
    )
    result = publication.publish("html")
    assert result.code == 0, result.output
    assert "WARNING" not in result.output
    for language, words in (("en", "A слово of it."), ("tr", "Bir слово.")):
        page = publication.page(language, "articles/one")
        assert words in text_of(page)
        assert [text_of(each) for each in page.xpath("//*[@lang='ru']")] == ["слово"]
