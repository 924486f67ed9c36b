"""Find the programs that validators need: Node packages, a browser, and the versions of command-line tools."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

# Folders of Node packages, separated as in PATH; they are searched before all others.
NODE_MODULES = "FLEURON_NODE_MODULES"
# The path of the browser, where it is not found by its name.
CHROMIUM = "CHROMIUM"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge")
# The names of Ace's program: of the package @daisy/ace, and of @daisy/ace-cli.
ACE_PROGRAMS = ("ace", "ace-cli")


class DidNotRun(Exception):
    """A validator did not run; the message says why, without a path."""


def node_folders(projects: Sequence[Path]) -> Iterator[Path]:
    """Yield the folders that Node packages are looked for in: those of the environment, then those of ``projects``."""
    for folder in os.environ.get(NODE_MODULES, "").split(os.pathsep):
        if folder:
            yield Path(folder).absolute()
    for project in projects:
        yield project.absolute() / "node_modules"


def find_ace(projects: Sequence[Path]) -> Path:
    """Return the program of Ace by DAISY; raise DidNotRun if it is not installed."""
    for folder in node_folders(projects):
        for name in ACE_PROGRAMS:
            if (program := folder / ".bin" / name).is_file():
                return program
    for name in ACE_PROGRAMS:
        if found := shutil.which(name):
            return Path(found)
    raise DidNotRun("Ace is not installed (npm install @daisy/ace)")


def find_axe(projects: Sequence[Path]) -> Path:
    """Return the script of axe-core; raise DidNotRun if it is not installed."""
    for folder in node_folders(projects):
        if (script := folder / "axe-core" / "axe.min.js").is_file():
            return script
    raise DidNotRun("axe-core is not installed (npm install axe-core)")


def find_browser() -> str:
    """Return the path of a Chromium browser; raise DidNotRun if there is none."""
    found = os.environ.get(CHROMIUM) or next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not found:
        raise DidNotRun(f"no Chromium browser was found: install one, or set {CHROMIUM} to its path")
    return found


def version_line(name: str, *arguments: str) -> str:
    """Return the first line that a program prints for these arguments; raise DidNotRun if it is not installed."""
    path = shutil.which(name)
    if path is None:
        raise DidNotRun(f"{name} is not installed")
    done = subprocess.run([path, *arguments], capture_output=True, text=True, check=False)
    return next(iter((done.stdout or done.stderr).strip().splitlines()), name)
