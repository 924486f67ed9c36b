"""Build a publication as `make` does, and measure what the build costs."""

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
SAMPLE = ("conf.py", "index.md", "refs.bib", "issues", "articles", "authors", "locale", "_static", "_templates")
# Templates of the pages that Fleuron adds; another theme does not have them.
OTHER_TEMPLATES = ("keyword.html", "colophon.html")

NOT_INHERITED = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")


class BuildFailed(SystemExit):
    """Ends the benchmark with the messages of the build that failed."""


@dataclass(frozen=True)
class Cost:
    """The cost of a run: clock time and processor time in seconds, and the memory of its largest process in MB."""

    clock: float
    work: float
    memory: float


def publish(
    source: Path,
    build: Path,
    languages: Sequence[str] = (),
    form: str = "html",
    arguments: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> Cost:
    """Publish one format of a publication in ``build``, continuing from earlier builds there.

    ``arguments`` are passed to the command, ``environment`` are added to its environment variables.
    """
    command = ["-P", "-m", "fleuron", "publish", form, "--source", str(source), "--build", str(build)]
    return cost([*command, "--languages", " ".join(languages), *arguments], build, environment or {})


def cost(
    command: Sequence[str], build: Path, environment: Mapping[str, str], program: Path = Path(sys.executable)
) -> Cost:
    """Run a program and return its cost; its output is written to a log file beside ``build``."""
    # Compiled Python files are cached as usual, but beside the build and not in the checkout.
    compiled = {"PYTHONPYCACHEPREFIX": str(build.with_name("compiled"))}
    inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    build.mkdir(parents=True, exist_ok=True)
    log_file = build.with_name(f"{build.name}.log")
    started = time.monotonic()
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [str(program), *command],
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**inherited, **compiled, **environment},
        )
        # The resources of this process and its children alone; os.times() would add those of earlier runs.
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise BuildFailed(log_file.read_text("utf-8", "replace"))
    per_unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes on macOS, KiB on Linux
    return Cost(time.monotonic() - started, used.ru_utime + used.ru_stime, used.ru_maxrss * per_unit / 1e6)


def copy_sample(folder: Path, address: str) -> None:
    """Copy the sample publication, with an address for its site."""
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


def set_theme(folder: Path, theme: str) -> None:
    """Set another theme, with templates for the pages that Fleuron adds."""
    templates = folder / "_other"
    templates.mkdir()
    for name in OTHER_TEMPLATES:
        (templates / name).write_text('{% extends "page.html" %}\n', "utf-8")
    add_to_conf(folder, f'html_theme = "{theme}"\ntemplates_path = ["_other"]')
