"""`fleuron.notes` loaded alone, in projects with other themes: what it adds, and what it leaves unchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from lxml import html
from sphinx.application import Sphinx
from sphinx.testing.util import SphinxTestApp

from fleuron.notes.notes_transform import NOTES_WORDED, WordedNote
from tests.support.publications import ROOT, text_of

pytestmark = pytest.mark.slow

CONF = 'project = "Other"\nextensions = ["myst_parser", "fleuron.notes"]\n'
PROJECT = {
    "conf.py": CONF,
    "refs.bib": (ROOT / "refs.bib").read_text("utf-8"),
    "index.md": "# Other\n\nOne.{footcite}`grafton1997` Two.{footcite}`ghubar1967{p. 3}`{footcite}`grafton1997` "
    "{footcite:t}`rubin2002` writes.[^own]\n\nافغانستان here.\n\n[^own]: Own words.{footcite}`rashid2000`\n\n"
    "```{toctree}\ntwo\n```\n\n## Sources\n\n```{bibliography}\n```\n",
    "two.md": "# Two\n\nOne.{footcite}`grafton1997` See {cite}`rashid2000`.\n\n```{footbibliography}\n```\n",
}
Build = Callable[..., Path]


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    """Build a project in this process with warnings as errors; return the folder of what is built."""
    apps: list[SphinxTestApp] = []

    def build_project(
        builder: str, changes: Mapping[str, str | None] | None = None, listener: Callable[..., None] | None = None
    ) -> Path:
        for name, text in {**PROJECT, **(changes or {})}.items():
            if text is not None:
                (tmp_path / name).write_text(text, "utf-8")
        app = SphinxTestApp(builder, srcdir=tmp_path, freshenv=True, warningiserror=True)
        apps.append(app)
        if listener is not None:
            app.connect(NOTES_WORDED, listener)
        app.build(force_all=True)
        assert app.warning.getvalue() == ""
        return Path(app.outdir)

    yield build_project
    for app in apps:
        app.cleanup()


def page_of(path: Path) -> html.HtmlElement:
    return html.parse(str(path)).getroot()


def notes_of(page: html.HtmlElement) -> list[str]:
    """Return the notes of a page without their numbers and full sources."""
    return [
        " ".join(text_of(block) for block in note.findall("p")) for note in page.cssselect("aside[role=doc-footnote]")
    ]


@pytest.mark.parametrize("theme", ["alabaster", "furo"])
@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_notes_in_a_theme_of_the_project(build: Build, builder: str, theme: str) -> None:
    folder = build(builder, {"conf.py": f'{CONF}html_theme = "{theme}"\n'})
    page = page_of(folder / "index.html")
    first, second, third, fourth, fifth = notes_of(page)
    assert first.startswith("Anthony Grafton, The Footnote: A Curious History, Harvard")
    assert second.endswith("1346/1967, p. 3.")
    assert third == "Grafton, op.cit."
    assert fourth.startswith("Barnett R. Rubin")
    assert fifth.startswith("Own words. Ahmed Rashid, Taliban")
    for call in page.cssselect("a[role=doc-noteref]"):
        note = page.get_element_by_id(call.get("href").removeprefix("#"))
        assert note.cssselect("[role=doc-backlink]")[0].get("href") == f"#{call.get('id')}"
    (details,) = page.cssselect("aside details")
    assert "The Footnote: A Curious History" in text_of(details)
    assert "Grafton, Anthony" in text_of(page.cssselect(".bibliography")[0])
    two = page_of(folder / ("two.html" if builder == "html" else "two/index.html"))
    assert len(two.cssselect("section#two aside[role=doc-footnote]")) == 1


def test_foreign_words_in_notes_have_a_direction_and_the_text_is_unchanged(build: Build) -> None:
    page = page_of(build("html") / "index.html")
    persian = page.get_element_by_id("note-index-2")
    words = [word for word in persian.cssselect("bdi") if any(map(str.isalpha, text_of(word)))]
    assert {(word.get("lang"), word.get("dir")) for word in words} == {("fa", "rtl")}
    (paragraph,) = [found for found in page.cssselect("p") if text_of(found) == "افغانستان here."]
    assert not paragraph.cssselect("bdi")


@pytest.mark.parametrize(("builder", "file"), [("singlehtml", "index.html"), ("epub", "index.xhtml")])
def test_other_formats_of_html(build: Build, builder: str, file: str) -> None:
    folder = build(builder, {"conf.py": f'{CONF}version = "1"\ncopyright = "Nobody"\n'})
    words = (folder / file).read_text("utf-8")
    assert "The Footnote: A Curious History" in words
    ids = [element.get("id") for element in html.fromstring(words.encode()).iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_latex_has_footnotes(build: Build) -> None:
    words = (build("latex") / "other.tex").read_text("utf-8")
    assert words.count(r"\begin{footnote}") + words.count(r"\begin{footnotetext}") == 6
    assert "Grafton, op.cit." in words
    assert "Full source" not in words


def test_plain_text_has_notes(build: Build) -> None:
    words = (build("text") / "index.txt").read_text("utf-8")
    assert "Two.[2][3] Rubin[4] writes.[5]" in words
    assert "[3] Grafton, op.cit." in words


@pytest.mark.parametrize(
    "extensions",
    [
        ["fleuron.notes", "myst_parser"],
        ["sphinxcontrib.bibtex", "myst_parser", "fleuron.notes"],
        ["myst_parser", "fleuron.notes", "sphinxcontrib.bibtex"],
    ],
    ids=", ".join,
)
def test_the_order_of_extensions_does_not_matter(build: Build, extensions: list[str]) -> None:
    conf = f'project = "Other"\nextensions = {extensions!r}\nbibtex_bibfiles = ["refs.bib"]\n'
    assert notes_of(page_of(build("html", {"conf.py": conf}) / "index.html"))[2] == "Grafton, op.cit."


def test_a_project_without_markdown(build: Build, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Not a page.", "utf-8")
    rst = "Other\n=====\n\nOne :footcite:`grafton1997` and two :footcite:`grafton1997`.\n\n.. footbibliography::\n"
    # Set, for Sphinx 9.0 keeps in its default what an earlier project in this process has added.
    conf = 'extensions = ["fleuron.notes"]\nsource_suffix = {".rst": "restructuredtext"}\n'
    files = {"conf.py": conf, "index.md": None, "two.md": None, "index.rst": rst}
    folder = build("html", files)
    assert notes_of(page_of(folder / "index.html"))[1] == "Ibid."
    assert not (folder / "README.html").exists()


def test_a_style_and_a_language_of_the_project(build: Build) -> None:
    conf = f'{CONF}language = "de"\nfleuron_note_style = "chicago-notes-bibliography"\n'
    assert "(Harvard University Press, 1997)" in notes_of(page_of(build("html", {"conf.py": conf}) / "index.html"))[0]


def test_what_conf_py_and_sphinx_set_is_unchanged(tmp_path: Path) -> None:
    """The theme, the math renderer, numbering, builders and translators are those of a project without notes."""
    found = []
    for extensions in (["myst_parser"], ["myst_parser", "fleuron.notes"]):
        conf = f'project = "Other"\nextensions = {extensions!r}\nbibtex_bibfiles = ["refs.bib"]\n'
        (tmp_path / "conf.py").write_text(conf, "utf-8")
        (tmp_path / "refs.bib").write_text(PROJECT["refs.bib"], "utf-8")
        app = SphinxTestApp("html", srcdir=tmp_path, freshenv=True)
        names = [name for name in app.config.values if not name.startswith(("fleuron_", "bibtex_", "extensions"))]
        values = {name: getattr(app.config, name) for name in names}
        found.append(
            (values, dict(app.registry.builders), app.registry.translators.copy(), dict(app.registry.html_themes))
        )
        app.cleanup()
    for name, value in found[0][0].items():
        assert found[1][0][name] == value, name
    assert found[0][1:] == found[1][1:]


def test_only_the_options_of_notes_are_registered(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(CONF, "utf-8")
    app = SphinxTestApp("html", srcdir=tmp_path, freshenv=True)
    assert {name for name in app.config.values if name.startswith("fleuron_")} == {
        "fleuron_note_style",
        "fleuron_cite_style",
        "fleuron_languages",
    }
    assert not [name for name in app.extensions if name.startswith("fleuron") and name != "fleuron.notes"]
    app.cleanup()


@pytest.mark.parametrize("extensions", [["fleuron.notes", "fleuron"], ["fleuron", "fleuron.notes"]], ids=", ".join)
def test_beside_fleuron_it_is_set_up_once(tmp_path: Path, extensions: list[str]) -> None:
    (tmp_path / "conf.py").write_text(f'project = "Other"\nextensions = {extensions!r}\n', "utf-8")
    app = SphinxTestApp("html", srcdir=tmp_path, freshenv=True)
    assert app.warning.getvalue() == ""
    transforms = [transform.__name__ for transform in app.registry.get_transforms()]
    assert transforms.count("NotesTransform") == 1
    assert "IsolateNotes" not in [transform.__name__ for transform in app.registry.get_post_transforms()]
    app.cleanup()


def test_worded_notes_are_an_event(build: Build) -> None:
    """Another extension sees each document's notes, and may change them."""
    worded: dict[str, list[WordedNote]] = {}

    def listener(app: Sphinx, docname: str, notes: list[WordedNote]) -> None:
        worded[docname] = notes
        notes[0].node["classes"].append("first-of-all")

    page = page_of(build("html", listener=listener) / "index.html")
    assert {docname: [note.number for note in notes] for docname, notes in worded.items()} == {
        "index": [1, 2, 3, 4, 5],
        "two": [1],
    }
    first, *_, last = worded["index"]
    assert (first.keys, first.has_own_text) == (("grafton1997",), False)
    assert (last.keys, last.has_own_text) == (("rashid2000",), True)
    assert last.node.astext().startswith("5\n\nOwn words. Ahmed Rashid")
    assert page.cssselect("aside.first-of-all")[0].get("id") == "note-index-1"
