"""What a release is built under: nothing of the day, the machine or the person that builds it has a say."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fleuron.fonts.installed import listed_faces
from fleuron.paged.layout.program_versions import LIBRARIES, library_version
from fleuron.publish.settings import CommandError

LOCK = "requirements.lock"
# The press that is running; a repository may bring its own.
PRESS = Path(__file__).resolve().parents[4]
# Prints what is installed, by name.
INSTALLED = (
    "import importlib.metadata as m, json; "
    "print(json.dumps({d.name.lower(): d.version for d in m.distributions() if d.name.lower() != 'fleuron'}))"
)
FORMATS = ("pdf", "epub", "html", "records")


@dataclass(frozen=True)
class Workshop:
    """Where a release is built: by which Python, with which press."""

    python: str
    press: Path
    lock: Path


def workshop_of(tree: Path, folder: Path) -> Workshop:
    """Find the press that builds a tree: its own, where it brings one, with the packages of its own lock.

    A virtual environment is made in ``folder`` only where the lock differs from that of the press that is running.
    """
    press = tree if (tree / "src" / "fleuron" / "__main__.py").is_file() else PRESS
    lock = press / LOCK
    if not lock.is_file() or lock.read_bytes() == (PRESS / LOCK).read_bytes():
        return Workshop(sys.executable, press, PRESS / LOCK)
    made = folder / "venv"
    done = subprocess.run(["sh", str(press / "setup" / "venv"), str(made), str(lock)], check=False)
    if done.returncode:
        raise CommandError(f"the packages that {LOCK} of this version names cannot be installed")
    return Workshop(str(made / "bin" / "python"), press, lock)


def environment(moment: int, home: Path) -> dict[str, str]:
    """Return the environment of a build: dates are those of the commit, and nothing kept is used."""
    kept = {name: os.environ[name] for name in ("PATH", "CHROMIUM") if name in os.environ}
    fixed = {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    return kept | fixed | {"HOME": str(home), "SOURCE_DATE_EPOCH": str(moment), "FLEURON_CACHE": "off"}


def command(version: str) -> list[str]:
    """Word the build, without the paths of this machine."""
    options = f"-D version={version} -D release={version} -D fleuron_release={version}"
    return ["-P", "-m", "fleuron", "publish", *FORMATS, f"--options={options}"]


def build(workshop: Workshop, source: Path, target: Path, words: Sequence[str], moment: int) -> None:
    """Build all formats of all editions of a publication by a command; raises CommandError where the press does."""
    target.mkdir(parents=True)
    home = target.parent / "home"
    home.mkdir(exist_ok=True)
    there = environment(moment, home) | {"PYTHONPATH": str(workshop.press / "src")}
    run = [workshop.python, *words, "--source", str(source), "--build", str(target)]
    old = os.umask(0o022)
    try:
        done = subprocess.run(run, env=there, check=False)
    finally:
        os.umask(old)
    if done.returncode:
        raise CommandError("the version cannot be built; the errors are reported above")


def record(workshop: Workshop, families: Sequence[str]) -> dict[str, Any]:
    """Tell what a build depends on beside its sources: programs, libraries and fonts, without a path."""
    packages = json.loads(
        subprocess.run([workshop.python, "-P", "-c", INSTALLED], check=True, capture_output=True).stdout
    )
    return {
        "python": platform.python_version(),
        "packages": dict(sorted(packages.items())),
        "libraries": {name: library_version(name, function) for name, function in LIBRARIES.items()},
        "lock": {"name": LOCK, "sha512": digest(workshop.lock)},
        "fonts": fonts(families),
    }


def fonts(families: Sequence[str]) -> list[Mapping[str, str]]:
    """List the files of the typefaces, with their SHA-512."""
    wanted = {family.casefold() for family in families}
    paths = {face.path for face in listed_faces() if wanted & {name.casefold() for name in face.families}}
    return [
        {"name": path.name, "sha512": digest(path)} for path in sorted(paths, key=lambda path: (path.name, str(path)))
    ]


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha512").hexdigest()


def tool_version(name: str, *words: str) -> str:
    """Ask a program for its version, the first line of what it says; empty where it is not there."""
    path = shutil.which(name)
    if path is None:
        return ""
    said = subprocess.run([path, *words], capture_output=True, text=True, check=False)
    return (said.stdout or said.stderr).strip().splitlines()[0] if said.stdout or said.stderr else ""
