"""A build that would change nothing is not run: what an edition depends on, and what runs when it has changed."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from fleuron.interruption import EndedBySignal
from fleuron.publish import kept_builds
from fleuron.publish.build_inputs import is_digestible, machine_digest, publication_inputs
from fleuron.publish.build_processes import run_builds
from fleuron.publish.edition_builds import EditionBuild
from fleuron.publish.settings import read_settings
from tests.support.publications import SMALL, Maker, Publication, text_of

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\nmsgid "One"\nmsgstr "Bir"\n'
FILES = {
    "locale/tr/LC_MESSAGES/articles/one.po": PO,
    "_templates/page.html": "",
    "drawings/x.txt": "x",
    "refs.bib": "@book{a, title = {A}}\n",
}


def inputs_of(publication: Publication, language: str = "en", form: str = "html") -> str:
    """Return the digest of what a build depends on."""
    settings = read_settings(publication.source)
    build = EditionBuild(publication.source, publication.build, language, form, ("en", "tr"), (), ())
    inputs = publication_inputs(settings, publication.build, machine_digest())
    return inputs.of_build(build, (), inputs.states(build, {}))


def write(name: str, text: str) -> Callable[[Publication], None]:
    return lambda publication: publication.write(name, text)


def write_book(publication: Publication) -> None:
    path = publication.build / "pdf" / "small-en.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"%PDF")


def write_plan(publication: Publication) -> None:
    path = publication.build / "editions/en/doctrees/pages.json"
    path.parent.mkdir(parents=True)
    path.write_text("{}", "utf-8")


def rename(path: Path, name: str) -> None:
    path.rename(path.with_name(name))


def edit_within_a_moment(publication: Publication) -> None:
    path = publication.source / "articles/one.md"
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    path.write_text(path.read_text("utf-8").replace("first", "other"), "utf-8")
    os.utime(path, ns=times)


CHANGES: dict[str, Callable[[Publication], None]] = {
    "a text of the same size and time": edit_within_a_moment,
    "a new file": write("articles/two.md", "# Two\n"),
    "a deleted file": lambda publication: (publication.source / "drawings/x.txt").unlink(),
    "a renamed file": lambda publication: rename(publication.source / "drawings/x.txt", "y.txt"),
    "a template": write("_templates/page.html", "{{ body }}"),
    "the bibliography": write("refs.bib", "@book{a, title = {B}}\n"),
    "an option": lambda publication: publication.write(
        "conf.py", (publication.source / "conf.py").read_text("utf-8") + "fleuron_older_books = True\n"
    ),
    "a published book": write_book,
    "the page plan": write_plan,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen(make: Maker, change: str) -> None:
    publication = make(FILES)
    before = inputs_of(publication)
    assert inputs_of(publication) == before
    CHANGES[change](publication)
    assert inputs_of(publication) != before


def test_what_changes_no_page_is_not_seen(make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    publication = make(FILES)
    before = inputs_of(publication)
    publication.write("locale/tr/LC_MESSAGES/articles/one.mo", b"compiled")
    publication.write(".git/index", "x")
    publication.write("node_modules/x/index.js", "x")
    publication.write("tools/pyvenv.cfg", "")
    publication.write("tools/bin/x", "x")
    monkeypatch.setenv("FLEURON_CACHE", "elsewhere")
    assert inputs_of(publication) == before


def test_a_catalogue_is_of_its_edition_and_of_the_sites_that_say_how_much_is_translated(make: Maker) -> None:
    publication = make(FILES)
    builds = [("tr", "pdf"), ("tr", "html"), ("en", "html"), ("en", "records"), ("en", "epub"), ("en", "pdf")]
    before = {build: inputs_of(publication, *build) for build in builds}

    def changed_by(catalogue: str) -> list[tuple[str, str]]:
        publication.write("locale/tr/LC_MESSAGES/articles/one.po", catalogue)
        return [build for build in builds if inputs_of(publication, *build) != before[build]]

    # A site says of the other editions how much is translated, and not how; records have their titles.
    assert changed_by(PO.replace("Bir", "Biri")) == [("tr", "pdf"), ("tr", "html"), ("en", "records")]
    counted = [("tr", "pdf"), ("tr", "html"), ("en", "html"), ("en", "records")]
    assert changed_by(PO.replace("Bir", "")) == counted
    assert changed_by(PO.replace('msgid "One"', '#, fuzzy\nmsgid "One"')) == counted
    assert changed_by(PO.replace('msgid "One"', 'msgid "Other"')) == counted
    assert changed_by(PO) == []


def test_a_setting_from_the_environment_is_seen(make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    publication = make(FILES)
    publication.write(
        "conf.py",
        (publication.source / "conf.py").read_text("utf-8") + "import os\nrelease = os.getenv('RELEASE', '')\n",
    )
    before = inputs_of(publication)
    monkeypatch.setenv("RELEASE", "2")
    assert inputs_of(publication) != before
    monkeypatch.delenv("RELEASE")
    assert inputs_of(publication) == before
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert inputs_of(publication) != before


def test_the_books_are_made_of_the_text_alone(make: Maker) -> None:
    publication = make(FILES)
    before = inputs_of(publication, form="pdf")
    write_book(publication)
    assert inputs_of(publication, form="pdf") == before


@pytest.mark.parametrize(
    "line",
    [
        "def setup(app):\n    pass\n",
        'extensions += ["sphinx.ext.intersphinx"]\n',
        'extensions += ["unknown"]\n',
        'locale_dirs = ["../locale"]\n',
        'templates_path = ["x/../../templates"]\n',
    ],
)
def test_what_may_do_or_read_anything_is_always_run(make: Maker, line: str) -> None:
    publication = make({})
    assert is_digestible(read_settings(publication.source))
    publication.write("conf.py", (publication.source / "conf.py").read_text("utf-8") + line)
    assert not is_digestible(read_settings(publication.source))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages of the builds that were run."""
    languages: list[str] = []

    def recording(builds: Sequence[Sequence[str]], at_once: int, temporary: Path, **options: Any) -> object:
        languages.extend(word.removeprefix("language=") for each in builds for word in each if "language=" in word)
        return run_builds(builds, at_once, temporary, **options)

    monkeypatch.setattr(kept_builds, "run_builds", recording)
    return languages


def test_a_signal_while_the_files_of_builds_are_deleted_ends_the_command(
    make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*arguments: Any, **options: Any) -> Iterator[object]:
        try:
            yield from run_builds(*arguments, **options)
        finally:
            raise EndedBySignal(signal.SIGTERM)

    monkeypatch.setattr(kept_builds, "run_builds", interrupted)
    assert make({}).publish("html", languages="en").code == 128 + signal.SIGTERM


def settle(path: Path) -> None:
    """Date a file back: a build that begins within a second of a change is not recorded, as it may not have read it."""
    os.utime(path, (path.stat().st_mtime - 60,) * 2)


def test_only_the_editions_that_have_changed_are_built(make: Maker, run: list[str]) -> None:
    # A picture in a folder that is no part of the publication, and a warning, which every build reports.
    text = "# One\n\n![A dot](../_drafts/dot.svg)\n\n```{figure} ../_drafts/dot.svg\n```\n"
    publication = make(
        {
            **FILES,
            "articles/one.md": f"---\nauthors: [ada]\ndate: 2026-01-02\n---\n{text}",
            "_drafts/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
        }
    )
    publication.write(
        "conf.py", (publication.source / "conf.py").read_text("utf-8") + 'exclude_patterns = ["_drafts"]\n'
    )
    settle(publication.source / "_drafts/dot.svg")
    first = publication.publish("html")
    assert first.code == 0, first.output
    assert "WARNING" in first.output
    pages = publication.files()
    assert sorted(run) == ["en", "tr"]

    run.clear()
    again = publication.publish("html")
    assert (again.code, run) == (0, [])
    assert again.output == first.output.replace(first.output.splitlines()[-1], again.output.splitlines()[-1])
    assert again.output.splitlines()[-1].endswith("no file has changed")
    assert publication.files() == pages

    publication.write("locale/tr/LC_MESSAGES/articles/one.po", PO.replace("Bir", "Biri"))
    assert publication.publish("html").code == 0
    assert run == ["tr"], "how much is translated is the same"
    assert "Biri" in publication.page("tr", "articles/one").findtext(".//h1")

    run.clear()
    publication.write("locale/tr/LC_MESSAGES/articles/one.po", PO.replace("Bir", ""))
    assert publication.publish("html").code == 0
    assert sorted(run) == ["en", "tr"], "which the colophon of each edition says"

    run.clear()
    (publication.build / "editions/en/html/articles/one.html").unlink()
    assert publication.publish("html").code == 0
    assert run == ["en"]

    run.clear()
    publication.write("_drafts/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>')
    assert publication.publish("html").code == 0
    assert sorted(run) == ["en", "tr"]

    run.clear()
    assert publication.publish("html", options="-E").code == 0
    assert sorted(run) == ["en", "tr"]


def test_an_edition_that_is_not_built_again_is_as_if_it_were(make: Maker, tmp_path: Path, run: list[str]) -> None:
    """Whatever a translator corrects: titles, keywords, the abstract, names, and what stands around a text."""
    messages = ("One", "The first text.", "What it says.", "paper", "Small", "A small publication.", "Ada writes.")

    def catalogue(mark: str) -> str:
        return PO.partition('msgid "One"')[0] + "".join(
            f'msgid "{each}"\nmsgstr "{mark} {each}"\n\n' for each in messages
        )

    head = "---\nauthors: [ada]\ndate: 2026-01-02\nabstract: What it says.\nkeywords: [paper]\n---\n"
    conf = SMALL["conf.py"] + 'html_baseurl = "https://example.org/"\nfleuron_imprint = {"email": "a@example.org"}\n'
    names = [f"locale/tr/LC_MESSAGES/{name}.po" for name in ("articles/one", "index", "authors/ada")]
    publication = make(
        {
            "conf.py": conf,
            "articles/one.md": f"{head}# One\n\nThe first text.\n",
            **dict.fromkeys(names, catalogue("Eski")),
        }
    )
    assert publication.publish("html").code == 0
    run.clear()
    for name in names:
        publication.write(name, catalogue("Yeni"))
    assert publication.publish("html").code == 0
    assert run == ["tr"]
    clean = Publication(tmp_path / "clean" / "source")
    shutil.copytree(publication.source, clean.source, ignore=shutil.ignore_patterns("*.mo"))
    assert clean.publish("html").code == 0
    assert publication.files() == clean.files()
    assert "Yeni One" in text_of(publication.page("tr", "articles/one"))


def test_a_build_that_has_failed_is_run_again(make: Maker, run: list[str]) -> None:
    publication = make({"articles/one.md": "---\nauthors: ada\ndat: 2026-01-02\n---\n# One\n\nText.\n"})
    failed = publication.publish("html", options="-W")
    assert failed.code == 1, failed.output
    run.clear()
    again = publication.publish("html", options="-W")
    assert (again.code, again.output) == (1, failed.output)
    assert sorted(run) == ["en", "tr"]


def test_the_last_builds_share_the_cores_that_are_free() -> None:
    def workers(count: int, at_once: int, *options: str) -> list[str]:
        builds = [EditionBuild(Path(), Path(), str(n), "html", (), (), options) for n in range(count)]
        arguments = kept_builds.shared_arguments(builds, at_once)
        return ["".join(words[1:2]) if words[0] == "-j" else "" for words in arguments]

    assert workers(3, 2) == ["", "", "2"]
    assert workers(5, 4) == ["", "", "", "", "4"]
    assert workers(6, 4) == ["", "", "", "", "2", "2"]
    assert workers(4, 2) == ["", "", "", ""]
    assert workers(1, 2) == [""]
    assert workers(3, 2, "-j", "8") == ["", "", ""]
