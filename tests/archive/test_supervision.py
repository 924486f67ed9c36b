"""Nothing that a validator starts or writes outlives the command, whichever way that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from fleuron.archive.validation.supervision import run_supervised
from tests.support.publications import ROOT

# A program that begins a session of its own, as browsers do, has a copy of itself, and writes who it is.
BROWSER = """
import os, sys, tempfile, time
os.setsid()
tempfile.mkdtemp(prefix="browser-")
if os.fork() == 0:
    os.setsid()
with open(sys.argv[1], "a") as stream:
    stream.write(f"{os.getpid()}\\n")
time.sleep(600)
"""
COMMAND = """
import sys
from tests.archive.test_supervision import validate
from fleuron.archive.validation.supervision import run_supervised
run_supervised(lambda: validate(sys.argv[1], ends=False))
"""


def validate(listed: str, *, ends: bool) -> str:
    """Start a browser and write which processes there are; end, or wait for ever."""
    subprocess.Popen([sys.executable, "-P", "-c", BROWSER, listed])
    processes_in(Path(listed))
    while not ends:
        time.sleep(1)
    return tempfile.gettempdir()


def processes_in(listed: Path) -> list[int]:
    """Wait until the two processes of the browser are listed, and return them."""
    last = time.monotonic() + 60
    while len(found := listed.read_text().splitlines() if listed.exists() else []) < 2:
        assert time.monotonic() < last
        time.sleep(0.01)
    return [int(each) for each in found]


def is_running(process: int) -> bool:
    """Return whether a process runs: one that has ended and is not waited for does not."""
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


def test_a_result_is_returned_and_the_browser_ended(tmp_path: Path) -> None:
    listed = tmp_path / "processes"
    folder = run_supervised(lambda: validate(str(listed), ends=True))
    assert folder != tempfile.gettempdir() and not Path(folder).exists()
    assert not [each for each in processes_in(listed) if is_running(each)]


def test_what_is_raised_is_raised_again() -> None:
    def refuse() -> None:
        raise ValueError("no such book")

    with pytest.raises(ValueError, match="no such book"):
        run_supervised(refuse)


@pytest.mark.parametrize("whole_group", [False, True])
def test_a_killed_command_leaves_neither_a_browser_nor_its_folder(tmp_path: Path, whole_group: bool) -> None:
    listed, temporary = tmp_path / "processes", tmp_path / "temporary"
    temporary.mkdir()
    command = subprocess.Popen(
        [sys.executable, "-P", "-c", COMMAND, listed],
        env={**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    processes = processes_in(listed)
    assert list(temporary.rglob("browser-*"))
    (os.killpg if whole_group else os.kill)(command.pid, signal.SIGKILL)
    command.wait()
    last = time.monotonic() + 30
    while any(map(is_running, processes)) or list(temporary.iterdir()):
        assert time.monotonic() < last, (list(map(is_running, processes)), list(temporary.rglob("*")))
        time.sleep(0.01)
