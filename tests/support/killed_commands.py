"""Commands that are killed at a moment, and what they leave behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# What drafts, marks and temporary folders of Fleuron are called.
LEFTOVERS = ("**/.*.part", "**/.*.old", "editions/.temporary", "editions/*/*.unfinished")
Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, negative for a signal, what it printed, and how long it ran, in seconds.

    ``session`` is the number of its session, which all has that it started.
    """

    code: int
    output: str
    seconds: float
    session: int = 0


def command_line(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-P", "-m", "fleuron", *map(str, arguments)]


def run(command: Sequence[str], temporary: Path, env: Mapping[str, str] | None = None) -> Ended:
    """Run a command to its end, with a folder for its temporary files."""
    return run_until(command, temporary, None, whole_group=False, env=env)


def run_until(
    command: Sequence[str],
    temporary: Path,
    seconds: float | None,
    *,
    whole_group: bool,
    env: Mapping[str, str] | None = None,
) -> Ended:
    """Run a command, and kill it after so many seconds: only its own process, or all that it has started too."""
    temporary.mkdir(exist_ok=True)
    begin = time.monotonic()
    with (temporary.parent / "printed").open("w+b") as printed:
        process = subprocess.Popen(
            command,
            stdout=printed,
            stderr=subprocess.STDOUT,
            env={**os.environ, "TMPDIR": str(temporary), **(env or {})},
            start_new_session=True,
        )
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            (os.killpg if whole_group else os.kill)(process.pid, signal.SIGKILL)
            process.wait()
        printed.seek(0)
        return Ended(process.returncode, printed.read().decode("utf-8", "replace"), time.monotonic() - begin)


def run_until_page(
    command: Sequence[str], output: Path, temporary: Path, signal_number: int, *, whole_group: bool
) -> Ended:
    """Run a command until it has written the first page in a folder, which is deleted before; then send a signal."""
    temporary.mkdir(exist_ok=True)
    shutil.rmtree(output, ignore_errors=True)
    begin = time.monotonic()
    # A shell lets what it starts in the background ignore Ctrl-C, and all that is started from there.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "TMPDIR": str(temporary)},
        start_new_session=True,
        text=True,
    )
    signal.signal(signal.SIGINT, before)
    while process.poll() is None and not any(output.glob("*.html")):
        time.sleep(0.005)
    (os.killpg if whole_group else os.kill)(process.pid, signal_number)
    printed, _ = process.communicate()
    return Ended(process.returncode, printed, time.monotonic() - begin, process.pid)


def of_session(leader: int) -> list[int]:
    """List the processes of a session that are running (Linux)."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _parent, _group, session = path.read_text("utf-8", "replace").rpartition(")")[2].split()[:4]
            found += [int(path.parent.name)] if int(session) == leader and state != "Z" else []
    return found


def wait_until_empty(folder: Path) -> None:
    """Wait until a folder is empty; fail if it is not within a minute."""
    last = time.monotonic() + 60
    while left := sorted(folder.iterdir()):
        assert time.monotonic() < last, left
        time.sleep(0.01)


def published(build: Path) -> dict[str, dict[str, bytes]]:
    """Read what is published, by what must be old or new as a whole: a format of an edition, or a file of all."""
    units: dict[str, dict[str, bytes]] = {}
    for form in sorted(build.iterdir()) if build.is_dir() else []:
        for entry in sorted(form.iterdir()) if form.name != "editions" else []:
            if entry.name.startswith("."):
                continue  # drafts, which nobody sees
            paths = sorted(path for path in entry.rglob("*") if path.is_file()) if entry.is_dir() else [entry]
            unit = units.setdefault(str(entry.relative_to(build)), {})
            unit.update({str(path.relative_to(build)): path.read_bytes() for path in paths})
    return units


def leftovers(build: Path) -> Iterator[str]:
    """Yield the drafts, marks and temporary folders in a build folder."""
    for pattern in LEFTOVERS:
        yield from (str(path.relative_to(build)) for path in sorted(build.glob(pattern)))


def is_either(found: Files | None, *states: Files | None) -> bool:
    """Return whether a unit is exactly as in one of the states."""
    return any((found or {}) == (state or {}) for state in states)
