"""Errors in styles, items and notes: one message with the file and the place, and no traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fleuron.csl import __main__ as command
from fleuron.csl.rendering.compiled_style import compile_style
from fleuron.csl.style.style_files import find_style, read_style
from fleuron.csl.style.xml import StyleError

NS = 'xmlns="http://purl.org/net/xbiblio/csl"'
SOUND = f"""<style {NS} class="note" version="1.0">
<citation>
<layout><text variable="title"/></layout>
</citation>
</style>"""


def style(citation: str, before: str = "") -> str:
    """Return a style whose citation begins on line 3, and the content of its layout on line 4."""
    return (
        f'<style {NS} class="note" version="1.0">\n{before}\n<citation>\n<layout>{citation}</layout></citation></style>'
    )


BILLION_LAUGHS = """<!DOCTYPE style [
<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
]>
"""
WRONG: dict[str, tuple[str | bytes, int, str]] = {
    "no XML": ("<style", 1, "not well-formed"),
    "empty": ("", 1, "not well-formed"),
    "cut off": (SOUND[:-9], 4, "not well-formed"),
    "no CSL": ("<html><body/></html>", 1, "not a CSL style: the root element is <html>"),
    "another namespace": (SOUND.replace("xbiblio", "xblibio"), 1, "not a CSL style"),
    "a version to come": (SOUND.replace("1.0", "2.0"), 1, "version “2.0”"),
    "no version": (SOUND.replace(' version="1.0"', ""), 1, "version “”"),
    "no citation": (f'<style {NS} class="note" version="1.0"><info/></style>', 1, "must have a <citation>"),
    "no layout": (f'<style {NS} class="note" version="1.0"><citation/></style>', 1, "<layout>"),
    "unknown macro": (
        style('<text macro="titel"/>', '<macro name="title"/>'),
        4,
        "the macro “titel” does not exist; existing macros: title",
    ),
    "recursion": (
        style(
            '<text macro="a"/>', '<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>'
        ),
        2,
        "a → b → a",
    ),
    "unknown element": (style("<group>\n<txet/></group>"), 5, "<txet> is not a rendering element"),
    "no content": (style("<text/>"), 4, "<text> has no content"),
    "no test": (style("<choose><if/></choose>"), 4, "<if> has no condition"),
    "odd match": (style('<choose><if type="book" match="most"/></choose>'), 4, "match=“most”"),
    "odd sort key": (style('<text value="x"/>').replace("<layout>", "<sort><key/></sort><layout>"), 4, "<key>"),
    "an external entity": (
        '<!DOCTYPE style [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + style('<text value="&x;"/>'),
        1,
        "declares entities",
    ),
    "a billion laughs": (BILLION_LAUGHS + style('<text value="&c;"/>'), 2, "declares entities"),
    "a billion laughs in UTF-16": ((BILLION_LAUGHS + SOUND).encode("utf-16"), 1, "declares entities"),
}


@pytest.mark.parametrize(("source", "line", "said"), WRONG.values(), ids=WRONG)
def test_a_style_that_cannot_be_used(source: str | bytes, line: int, said: str) -> None:
    with pytest.raises(StyleError) as caught:
        compile_style(read_style(source if isinstance(source, bytes) else source.encode(), "styles/mine.csl"), "en-US")
    assert str(caught.value).startswith(f"styles/mine.csl:{line}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_bibliography_is_checked_as_well() -> None:
    source = SOUND.replace("</style>", '<bibliography>\n<layout><text macro="x"/></layout></bibliography></style>')
    with pytest.raises(StyleError, match=r"^a\.csl:6: the macro “x” does not exist"):
        compile_style(read_style(source.encode(), "a.csl"))


def test_a_missing_style_suggests_a_similar_name() -> None:
    with pytest.raises(StyleError, match="did you mean “chicago-notes-bibliography”"):
        find_style("chicago-note-bibliography")


def test_a_missing_style_suggests_one_of_the_own_folder(tmp_path: Path) -> None:
    (tmp_path / "borders-review.csl").write_text(SOUND, "utf-8")
    assert find_style("borders-review", tmp_path).name == "borders-review"
    with pytest.raises(StyleError, match="did you mean “borders-review”"):
        find_style("border-review", tmp_path)


DEPENDENT = f"""<style {NS} version="1.0" default-locale="tr-TR"><info>
<link href="http://www.zotero.org/styles/%s" rel="independent-parent"/></info></style>"""


def test_a_dependent_style_takes_its_parents_rules_and_its_own_locale(tmp_path: Path) -> None:
    (tmp_path / "parent.csl").write_text(SOUND, "utf-8")
    (tmp_path / "child.csl").write_text(DEPENDENT % "parent", "utf-8")
    found = find_style("child", tmp_path)
    assert (found.name, found.default_locale, found.path) == ("child", "tr-TR", str(tmp_path / "parent.csl"))
    assert compile_style(found).locale.language == "tr-TR"
    assert compile_style(found, "fr-FR").locale.language == "fr-FR"


def test_a_missing_parent_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "child.csl").write_text(DEPENDENT % "no-such-parent", "utf-8")
    with pytest.raises(
        StyleError, match=r"child\.csl:2: the style depends on “no-such-parent”, which is not installed"
    ):
        find_style("child", tmp_path)


def test_styles_that_depend_on_each_other_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "one.csl").write_text(DEPENDENT % "two", "utf-8")
    (tmp_path / "two.csl").write_text(DEPENDENT % "one", "utf-8")
    with pytest.raises(StyleError, match=r"two\.csl:2: .*cannot be the parent"):
        find_style("one", tmp_path)


ITEMS = '[{"id": "a", "type": "book", "title": "One"}, {"id": 2, "type": "book", "title": "Two"}]'
GIVEN = {
    "items.json": ITEMS,
    "notes.json": '[[{"id": "a"}], [{"id": 2, "prefix": "see"}, {"id": "a"}]]',
    "plain.csl": SOUND,
    "macro.csl": style('<text macro="gone"/>'),
    "one.json": '[[{"id": 2}]]',
    "broken.json": '[\n{"id": "a",]',
    "string.json": '"a"',
    "numbers.json": "[1]",
    "nameless.json": '[{"id": "a"}, {"title": "One"}]',
    "stranger.json": '[[{"id": "a"}], [{"id": "nobody"}]]',
    "no_cites.json": "[[1]]",
    "no_list.json": '[{"id": "a"}]',
    "refs.bib": "@book{a, title = {One}, nosuchfield = {x}}",
}
SAID = [
    (["--style", "plain.csl", "--items", "gone.json"], "gone.json: No such file"),
    (["--style", "plain.csl", "--items", "broken.json"], "broken.json:2: the file is not valid JSON"),
    (["--style", "plain.csl", "--items", "string.json"], "string.json: the file must contain a list of CSL-JSON items"),
    (["--style", "plain.csl", "--items", "numbers.json"], "numbers.json: item 1 must be an object"),
    (["--style", "plain.csl", "--items", "nameless.json"], "nameless.json: item 2 must have an “id”"),
    (["--style", "plain.csl", "--items", "latin.json"], "latin.json: the file is not valid UTF-8"),
    (["--style", "plain.csl", "--bib", "gone.bib"], "gone.bib: No such file"),
    (["--style", "plain.csl", "--items", "items.json", "--notes", "gone.json"], "gone.json: No such file"),
    (
        ["--style", "plain.csl", "--items", "items.json", "--notes", "string.json"],
        "string.json: the file must contain a list of notes",
    ),
    (
        ["--style", "plain.csl", "--items", "items.json", "--notes", "no_list.json"],
        "no_list.json: note 1 must be a list",
    ),
    (["--style", "plain.csl", "--items", "items.json", "--notes", "no_cites.json"], "note 1: a cite must be an object"),
    (
        ["--style", "plain.csl", "--items", "items.json", "--notes", "stranger.json"],
        "note 2: the item “nobody” does not exist",
    ),
    (["--style", "gone.csl", "--items", "items.json"], "gone.csl: the style does not exist"),
    (
        ["--style", "macro.csl", "--items", "items.json"],
        "macro.csl:4: the macro “gone” does not exist; the style has no macros",
    ),
    (["--style", "items.json/x.csl", "--items", "items.json"], "the style does not exist"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in GIVEN.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "latin.json").write_bytes('[{"id": "ä"}]'.encode("latin-1"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    """Run a command; return the message with which it exits, or None."""
    monkeypatch.setattr(sys, "argv", ["fleuron.csl", *arguments])
    try:
        command.main()
    except SystemExit as stopped:
        return stopped.code
    return None


@pytest.mark.parametrize(("arguments", "said"), SAID, ids=[said for _arguments, said in SAID])
def test_the_command_reports_errors_in_its_input(
    arguments: list[str], said: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    message = run(monkeypatch, "render", *arguments)
    assert isinstance(message, str)
    assert said in message
    assert "\n" not in message
    assert capsys.readouterr().out == ""


def rendered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *options: str
) -> tuple[list[str], str]:
    arguments = ["render", "--style", "plain.csl", *options]
    assert run(monkeypatch, *arguments) is None
    written = capsys.readouterr()
    return json.loads(written.out), written.err


@pytest.mark.usefixtures("folder")
def test_the_command_prints_notes(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    notes, said = rendered(monkeypatch, capsys, "--items", "items.json", "--notes", "notes.json")
    assert notes == ["One", "see TwoOne"]
    assert said == ""


@pytest.mark.usefixtures("folder")
def test_the_command_prints_findings_about_bibtex(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    notes, said = rendered(monkeypatch, capsys, "--bib", "refs.bib")
    assert notes == []
    assert said.startswith("refs.bib:1: a: ")
    assert "nosuchfield" in said


@pytest.mark.usefixtures("folder")
def test_the_command_prints_a_bibliography_in_html(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    bibliography = '<bibliography><layout><text variable="title" font-style="italic"/></layout></bibliography></style>'
    (folder / "plain.csl").write_text(SOUND.replace("</style>", bibliography), "utf-8")
    entries, _said = rendered(monkeypatch, capsys, "--items", "items.json", "--bibliography", "--html")
    assert entries == ["<i>One</i>", "<i>Two</i>"]
    cited, _said = rendered(monkeypatch, capsys, "--items", "items.json", "--notes", "one.json", "--bibliography")
    assert cited == ["Two"]


@pytest.mark.usefixtures("folder")
def test_the_suite_needs_cases(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert run(monkeypatch, "suite", "gone") == "gone: the folder has no test cases (*.txt)"


@pytest.mark.usefixtures("folder")
def test_the_command_runs_as_a_module() -> None:
    arguments = ["render", "--style", "plain.csl", "--items", "items.json", "--notes", "notes.json"]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "fleuron.csl", *arguments], capture_output=True, text=True, check=False
    )
    assert (json.loads(done.stdout), done.stderr, done.returncode) == (["One", "see TwoOne"], "", 0)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "fleuron.csl", *arguments[:3], "--items", "gone.json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("", 1)
    assert done.stderr == "gone.json: No such file or directory\n"
