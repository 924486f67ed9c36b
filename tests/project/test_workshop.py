"""The Makefile, its set-up and the lock: what a stranger's machine meets first."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tests.support.publications import ROOT

TARGETS = (
    *("html", "epub", "pdf", "all", "archive", "verify", "publish"),
    *("bench", "live", "translations", "test", "test-fast", "lint", "clean"),
)


def run(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, **env})


def test_a_bare_make_tells_every_target_in_a_line() -> None:
    done = run("make")
    assert done.returncode == 0
    told = {line.split()[0]: line for line in done.stdout.splitlines() if line.startswith("  ")}
    assert set(told) == set(TARGETS)
    assert all(len(line.split()) > 3 for line in told.values())


def test_the_lock_pins_every_package_by_hash_and_names_no_index() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    pins = re.findall(r"^([a-z0-9][\w.-]*)==[^ ]+.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(pins) == len(blocks) > 50
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?://|--index|--find-links|--extra", text)


def test_what_the_press_needs_is_locked() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = [*project["dependencies"], *extras["author"], *extras["workshop"]]
    locked = set(re.findall(r"^([a-z0-9][\w.-]*)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE))
    assert {re.split(r"[><=~ ]", each)[0].lower().replace("_", "-") for each in needed} <= locked


def test_a_machine_that_has_everything_is_left_alone() -> None:
    for words in (("setup/provide", "venv", "pdf", "test"), ("setup/venv", ".venv", "requirements.lock")):
        done = run("sh", *words)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A PATH with the commands of a small system and a Python, and nothing that prints or installs."""
    small = "sh cat sed awk grep tr id dirname readlink uname head paste printf mktemp rm ls env"
    for name in (*small.split(), "python3"):
        found = shutil.which(name)
        if found:
            (tmp_path / name).symlink_to(Path(found).resolve() if name != "python3" else found)
    return tmp_path


def test_a_machine_without_apt_is_told_what_is_missing_in_one_message(bare: Path) -> None:
    done = run("sh", "setup/provide", "test", PATH=str(bare))
    assert done.returncode == 1
    assert done.stdout == ""
    first, *rest = done.stderr.splitlines()
    assert first.startswith("fleuron: missing for the tests:")
    for thing in ("Chromium", "qpdf", "pdftoppm", "faketime", "npm"):
        assert thing in first
    for system, command in (("Debian", "apt install"), ("Fedora", "dnf install"), ("macOS", "brew install")):
        assert any(system in line and command in line for line in rest)


def test_a_browser_that_is_named_and_is_not_there_is_told(tmp_path: Path) -> None:
    done = run("sh", "setup/provide", "test", CHROMIUM=str(tmp_path / "nothing"))
    assert done.returncode == 1
    assert "CHROMIUM=" in done.stderr


def test_a_python_that_is_too_old_is_told(tmp_path: Path) -> None:
    old = tmp_path / "python"
    old.write_text("#!/bin/sh\necho 3.9\n")
    old.chmod(old.stat().st_mode | stat.S_IXUSR)
    done = run("sh", "setup/provide", "venv", PYTHON=str(old))
    assert done.returncode == 1
    assert "Python 3.11 or newer" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_makefile_builds_a_publication_elsewhere(tmp_path: Path) -> None:
    source, build = tmp_path / "a publication", tmp_path / "out"
    source.mkdir()
    (source / "conf.py").write_text(
        'project = "Elsewhere"\nextensions = ["fleuron"]\nfleuron_languages = ["en", "ru"]\n'
    )
    (source / "index.md").write_text("# Elsewhere\n\nText.\n")
    done = run(
        "make", "html", f"SOURCEDIR={source}", f"BUILDDIR={build}", "LANGUAGES=ru", "SPHINXOPTS=-W -D project=New"
    )
    assert done.returncode == 0, done.stderr
    assert (build / "html" / "ru" / "index.html").is_file()
    assert not (build / "html" / "en").exists()
    assert run("make", "clean", f"BUILDDIR={build}").returncode == 0
    assert not build.exists()
