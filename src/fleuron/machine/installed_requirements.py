"""Find out whether the machine has a program, a library or a typeface, as the table of packages says to look for it."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Collection
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fleuron.fonts.font_list import listed_faces
from fleuron.machine.package_table import Requirement

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge")
# Where Homebrew keeps libraries, on machines with processors of Apple and of Intel.
HOMEBREW = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))


def is_present(requirement: Requirement) -> bool:
    """Return whether the machine has what a requirement names."""
    kind, _colon, name = requirement.look_for.partition(":")
    match kind:
        case "python":
            return True  # it runs this
        case "module":
            return find_spec(name) is not None
        case "command":
            return shutil.which(name) is not None
        case "library":
            return has_library(name)
        case "font":
            return name.casefold() in installed_families()
        case "browser":
            return has_browser()
        case "java":
            return has_java()
    raise ValueError(f"the table of packages looks for an unknown kind of requirement: {requirement.look_for}")


def has_library(name: str) -> bool:
    """Return whether a shared library can be loaded, by its name on Linux: ``libpango-1.0.so.0``."""
    names = [name]
    if sys.platform == "darwin":
        stem, _so, version = name.partition(".so.")
        names = [f"{stem}.{version}.dylib"]
        names += [str(folder / names[0]) for folder in HOMEBREW]
    return any(map(can_be_loaded, names))


def can_be_loaded(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


@cache
def installed_families() -> Collection[str]:
    """Return the names of the installed typefaces, with case folded."""
    return frozenset(family.casefold() for face in listed_faces() for family in face.families)


def has_browser() -> bool:
    """Return whether there is a Chromium that is not a snap, which could not read most folders."""
    named = os.environ.get("CHROMIUM")
    return any(is_browser(path) for name in ([named] if named else BROWSERS) if (path := shutil.which(name)))


def is_browser(path: str) -> bool:
    """Return whether a program is neither a snap nor a script that calls one, as Ubuntu has."""
    program = Path(path).resolve()
    if "snap" in program.parts[1:2] or program.name == "snap":
        return False
    with program.open("rb") as stream:
        return b"/snap/bin/" not in stream.read(4096)


def has_java() -> bool:
    """Return whether there is a Java that runs: a Mac has a program of this name that only says that it is missing."""
    if shutil.which("java") is None:
        return False
    return sys.platform != "darwin" or subprocess.run(["java", "-version"], capture_output=True).returncode == 0
