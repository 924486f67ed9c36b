"""`fleuron doctor` names what a machine lacks, from the table that `setup/provide` reads, for the system it is."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from fleuron.commands.main import run
from fleuron.machine import installed_requirements, readiness
from fleuron.machine.package_table import INSTALLERS, all_requirements, install_commands, requirements_for, system_of
from tests.support.publications import ROOT


def lacking(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let the machine lack things, and have all others."""
    monkeypatch.setattr(readiness, "is_present", lambda requirement: requirement.name not in names)
    monkeypatch.setattr(readiness, "missing_packages", lambda _extra: [])
    monkeypatch.setattr("fleuron.commands.doctor.system_of", lambda _platform: "Fedora")


def test_what_is_missing_is_named_with_the_command_of_this_system(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking(monkeypatch, "Pango", "Pango for FreeType", "the font Amiri")
    assert run(["doctor", "html", "pdf"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "html          ready; without the font Amiri, texts are shown in the reader’s own typefaces",
        "                sudo dnf install amiri-fonts",
        "pdf           missing: Pango, Pango for FreeType, the font Amiri",
        "                sudo dnf install pango amiri-fonts",
    ]


def test_packages_of_python_are_installed_by_their_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking(monkeypatch)
    monkeypatch.setattr(readiness, "missing_packages", lambda extra: ["watchfiles"] if extra == "live" else [])
    assert run(["doctor"]) == 1
    assert '                pip install "fleuron[live]"' in capsys.readouterr().out.splitlines()
    assert run(["doctor", "translations", "archive"]) == 0


def test_every_thing_has_a_package_on_each_system_and_can_be_looked_for() -> None:
    assert {need for requirement in all_requirements() for need in requirement.needs} == {
        *("venv", "pdf", "fonts", "archive", "validators", "test")
    }
    for requirement in all_requirements():
        assert len(requirement.packages) == len(INSTALLERS) and all(requirement.packages), requirement
        assert isinstance(installed_requirements.is_present(requirement), bool)


def test_provide_names_the_same_packages(tmp_path: Path) -> None:
    """On a PATH without fonts, Java and browsers."""
    for name in ["sh", "sed", "awk", "grep", "tr", "dirname", "uname", "paste", "printf"]:
        (tmp_path / name).symlink_to(subprocess.check_output(["which", name], text=True).strip())
    done = subprocess.run(
        ["sh", "setup/provide", "test"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": str(tmp_path)},
    )
    assert done.returncode == 1
    for name, command in zip(INSTALLERS, install_commands(requirements_for("test"), ""), strict=True):
        told = next(line for line in done.stderr.splitlines() if name in line)
        assert set(told.split(" install ")[1].split()) == set(command.split(" install ")[1].split())


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("ID=ubuntu\nID_LIKE=debian\n", "Debian, Ubuntu"),
        ('ID="linuxmint"\nID_LIKE="ubuntu debian"\n', "Debian, Ubuntu"),
        ("NAME=Fedora\nID=fedora\n", "Fedora"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "Fedora"),
        ("ID=arch\n", ""),
    ],
)
def test_the_system_is_known_by_its_own_name_or_a_relative(text: str, system: str, tmp_path: Path) -> None:
    (tmp_path / "os-release").write_text(text)
    assert system_of("linux", tmp_path / "os-release") == system
    assert system_of("darwin", tmp_path / "os-release") == "macOS"
    assert system_of("linux", tmp_path / "none") == ""
