"""Prints a publication as `make` does, by the press or otherwise, and takes the time of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = ("conf.py", "index.md", "refs.bib", "articles", "authors", "locale", "_static", "_templates")
# The pages that the press adds have templates of their own names, which another theme has not.
OTHER_TEMPLATES = ("keyword.html", "colophon.html")

UNHEEDED = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")


class NotPrinted(SystemExit):
    """Ends the measures with what the press said."""


@dataclass(frozen=True)
class Cost:
    """What a run cost: seconds by the clock and of the processors, and the memory of its largest process in MB."""

    clock: float
    work: float
    memory: float


def publish(
    source: Path,
    build: Path,
    languages: Sequence[str] = (),
    form: str = "html",
    further: Sequence[str] = (),
    surroundings: Mapping[str, str] | None = None,
) -> Cost:
    """Publish one format of a publication below ``build``; what was built there before is built upon.

    ``further`` are arguments of the press, ``surroundings`` variables of the environment.
    """
    command = ["-P", "-m", "fleuron", "publish", form, "--source", str(source), "--build", str(build)]
    return cost([*command, "--languages", " ".join(languages), *further], build, surroundings or {})


def cost(
    command: Sequence[str], build: Path, surroundings: Mapping[str, str], program: Path = Path(sys.executable)
) -> Cost:
    """Run a program with its arguments, and take what it cost; what it says is beside ``build``."""
    # Python keeps what it has compiled, as it does unless told otherwise; beside the build, not in the checkout.
    compiled = {"PYTHONPYCACHEPREFIX": str(build.with_name("compiled"))}
    inherited = {name: value for name, value in os.environ.items() if name not in UNHEEDED}
    build.mkdir(parents=True, exist_ok=True)
    said = build.with_name(f"{build.name}.log")
    begun = time.monotonic()
    with said.open("wb") as log:
        process = subprocess.Popen(
            [str(program), *command],
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**inherited, **compiled, **surroundings},
        )
        # Of this run and its own runs, which the shells' `times` and the library's sums cannot tell apart.
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise NotPrinted(said.read_text("utf-8", "replace"))
    per_unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes there, KiB here
    return Cost(time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss * per_unit / 1e6)


def copy_sample(folder: Path, address: str) -> None:
    """Copy the sample publication, for a site at an address."""
    folder.mkdir(parents=True)
    for name in SAMPLE:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, folder / name, ignore=shutil.ignore_patterns("*.mo", "pot"))
        else:
            shutil.copy(path, folder / name)
    add_to_conf(folder, f"html_baseurl = {address!r}")


def add_to_conf(folder: Path, line: str) -> None:
    path = folder / "conf.py"
    path.write_text(f"{path.read_text('utf-8')}\n{line}\n", "utf-8")


def dress(folder: Path, theme: str) -> None:
    """Give a publication another theme, with its own frame for the pages that the press adds."""
    templates = folder / "_other"
    templates.mkdir()
    for name in OTHER_TEMPLATES:
        (templates / name).write_text('{% extends "page.html" %}\n', "utf-8")
    add_to_conf(folder, f'html_theme = "{theme}"\ntemplates_path = ["_other"]')
