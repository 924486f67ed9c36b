"""Where the file system has no locks, a file in the folder keeps other commands out."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from fleuron.publish.build_folder import LOCK_FILE, locked


@pytest.fixture(autouse=True)
def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that has no locks, as some that are shared by a network."""

    def refused(*_arguments: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refused)


def test_a_file_says_who_has_the_folder_and_goes_with_the_command(tmp_path: Path) -> None:
    with locked(tmp_path / "build"):
        assert (tmp_path / "build" / LOCK_FILE).read_text() == f"{os.getpid()} {socket.gethostname()}"
    assert list((tmp_path / "build").iterdir()) == []


@pytest.mark.parametrize("machine", [socket.gethostname(), "another.example"])
def test_a_command_waits_for_one_that_is_running(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], machine: str
) -> None:
    path = tmp_path / LOCK_FILE
    path.write_text(f"{os.getppid()} {machine}")
    is_mine = threading.Event()

    def wait() -> None:
        with locked(tmp_path):
            is_mine.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    told = ""
    while not told and waiting.is_alive():
        told = capfd.readouterr().err
        time.sleep(0.01)
    assert f"process {os.getppid()} of {machine} is writing to {tmp_path}; waiting until it ends" in told
    assert told.endswith(f"; if it has ended, delete {path}\n")
    assert not is_mine.is_set()
    path.unlink()
    waiting.join()
    assert is_mine.is_set() and capfd.readouterr().err == "" and not path.exists()


def test_the_file_of_a_command_that_was_killed_is_told_and_deleted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    path = tmp_path / LOCK_FILE
    path.write_text(f"{ended.pid} {socket.gethostname()}")
    with locked(tmp_path):
        assert capsys.readouterr().err == f"fleuron: a command that was killed has left {path}; it is deleted\n"
        assert path.read_text().startswith(f"{os.getpid()} ")
    assert list(tmp_path.iterdir()) == []


def test_one_of_many_commands_has_the_folder_at_a_time(tmp_path: Path) -> None:
    """Also at the moment when several find the file of a killed command."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    (tmp_path / LOCK_FILE).write_text(f"{ended.pid} {socket.gethostname()}")
    children = []
    for _ in range(4):
        if not (child := os.fork()):
            code = 1
            try:
                with locked(tmp_path):
                    (tmp_path / "inside").mkdir()  # fails if another is inside
                    time.sleep(0.01)
                    (tmp_path / "inside").rmdir()
                    code = 0
            finally:
                os._exit(code)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    assert list(tmp_path.iterdir()) == []
