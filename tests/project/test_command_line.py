"""The command `fleuron`: its subcommands, their own options, and one message for what is mistyped."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError

import pytest

import fleuron
from fleuron import extras
from fleuron.commands.arguments import UsageError
from fleuron.commands.main import COMMANDS, main, parser_of, run, summary_of
from tests.support.publications import ROOT, Maker

OPTIONS = {
    "new": {"--kind", "--title", "--languages", "--style", "--author", "--address", "--yes"},
    "article": {"--source", "--name", "--author"},
    "contributor": {"--source", "--organization", "--orcid", "--affiliation"},
    "policy": {"--source"},
    "language": {"--source"},
    "style": {"--source", "--languages"},
    "adopt": {"--source", "--part", "--dry-run"},
    "doctor": set(),
    "publish": {
        "--source",
        "--build",
        "--languages",
        "--options",
        "--article",
        "--issue",
        "--keep-going",
        "--untrusted",
    },
    "live": {"--source", "--build", "--languages", "--options", "--format", "--port", "--untrusted"},
    "import": {"--source", "--replace", "--review", "--accept"},
    "export": {"--to", "--output", "--source", "--build", "--languages", "--options", "--untrusted"},
    "check": {"--source", "--format", "--fix", "--advice", "--online"},
    "translations": {"--source", "--build", "--languages", "--options", "--untrusted", "--from"},
    "progress": {
        *("--source", "--build", "--languages", "--options", "--untrusted", "--format", "--fail-under", "--stale"),
    },
    "translation": {"--source", "--section", "--replace"},
    "archive": {"--source", "--sign", "--timestamp", "--ocfl", "--untrusted"},
    "verify": {"--expect", "--trust", "--rebuild"},
    "release": {"--source"},
    "package": {"--source", "--build"},
}


def usage_error(*words: str) -> str:
    with pytest.raises(UsageError) as error:
        run(words)
    return str(error.value)


def test_the_overview_lists_every_command_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    output = capsys.readouterr().out
    for name in COMMANDS:
        assert re.search(rf"^  {name} +{re.escape(summary_of(name))}$", output, re.MULTILINE)
        assert len(summary_of(name)) <= 100
    assert run([]) == 2


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"fleuron {fleuron.__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_a_help_and_only_its_own_options(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert set(parser_of(name).option_names()) == OPTIONS[name] | {"--help"}
    with pytest.raises(SystemExit) as end:
        run([name, "--help"])
    assert end.value.code == 0
    assert f"usage: fleuron {name} " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["pubish"], "there is no command “pubish”; did you mean “publish”?"),
        (["--versoin"], "there is no option “--versoin”; did you mean “--version”?"),
        (["publish"], "name what to publish: html, epub, pdf, records; for example: fleuron publish html"),
        (["publish", "htm"], "there is no format “htm”; did you mean “html”?"),
        (
            ["publish", "html", "--langages=tr"],
            "“fleuron publish” has no option “--langages”; did you mean “--languages”?",
        ),
        (
            ["verify", "--source", "."],
            "“fleuron verify” has no option “--source”; choose from: --expect, --help, --rebuild, --trust",
        ),
        (["live", "html"], "“fleuron live” does not expect “html”; see fleuron live --help"),
        (["live", "--port", "x"], "fleuron live: argument --port: invalid int value: 'x'"),
        (["new"], "name the folder of the publication; for example: fleuron new my-review"),
        (["article"], 'name the article; for example: fleuron article "A Short Life of the Footnote"'),
        (["contributor"], 'name the contributor; for example: fleuron contributor "Ada Author"'),
        (["language"], "say what to do with the languages; for example: fleuron language add fa"),
        (["language", "ad", "fa"], "“fleuron language” has no action “ad”; did you mean “add”?"),
        (["style", "try"], "name the style; for example: fleuron style try review"),
        (["adopt", "--part", "note"], "there is no part “note”; did you mean “notes”?"),
        (["doctor", "pfd"], "there is no task “pfd”; did you mean “pdf”?"),
        (["archive"], "name the tag to archive; for example: fleuron archive v1.0"),
        (["release", "v1.0"], "name the version and the folder of the site; for example: fleuron release v1.0 public"),
        (["verify"], "name the bag to verify; for example: fleuron verify archive/marginalia-v1.0"),
    ],
)
def test_a_wrong_call_gets_one_message(words: list[str], message: str) -> None:
    assert usage_error(*words) == message


def test_a_wrong_call_ends_with_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["fleuron", "publish"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith("fleuron: name what to publish: ")


def test_python_m_fleuron_is_the_same_command() -> None:
    process = subprocess.run(
        [sys.executable, "-P", "-m", "fleuron", "--version"], capture_output=True, text=True, check=False
    )
    assert (process.returncode, process.stdout) == (0, f"fleuron {fleuron.__version__}\n")


def test_who_reads_no_further_is_told_nothing(make: Maker) -> None:
    words = [sys.executable, "-P", "-m", "fleuron", "new", str(make({}).source / "new"), "--yes"]
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.run(words, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (process.returncode, process.stderr) == (141, "")


def test_missing_packages_are_reported_with_the_extra_that_installs_them(
    make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        if name in ("weasyprint", "pikepdf", "pymarc", "watchfiles", "pypdfium2"):
            raise PackageNotFoundError(name)
        return "1"

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    requirements = [
        *project["dependencies"],
        *(
            f'{requirement}; extra == "{extra}"'
            for extra, requirements in project["optional-dependencies"].items()
            for requirement in requirements
        ),
    ]
    monkeypatch.setattr(extras, "version", version)
    monkeypatch.setattr(extras, "requires", lambda _name: requirements)
    source = str(make({}).source)
    for words, message in (
        (
            ["publish", "html", "pdf", "--source", source],
            'fleuron: weasyprint, pikepdf are not installed; to publish PDFs: pip install "fleuron[pdf]"',
        ),
        (
            ["publish", "records", "--source", source],
            'fleuron: pymarc is not installed; to publish library records: pip install "fleuron[records]"',
        ),
        (
            ["live", "--source", source],
            "fleuron: watchfiles, pypdfium2 are not installed; to serve the site while you write: "
            'pip install "fleuron[live]"',
        ),
        (
            ["archive", "v1.0", "--source", source],
            "fleuron: weasyprint, pikepdf, pymarc are not installed; to archive a version: "
            'pip install "fleuron[archive]"',
        ),
    ):
        with pytest.raises(extras.MissingExtra) as end:
            run(words)
        assert end.value.code == message
