"""Temporary folders of commands that were killed are deleted by the next; those of commands that run are not."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from fleuron.archive.bag.tarball import write_tar
from fleuron.archive.bag.temporary_folders import PREFIX, temporary_folder
from tests.archive.test_bag import MOMENT, PLAIN, make

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locks")

# Unpacks a bag as `fleuron verify` does, and says so while it has it.
UNPACK = """
import sys, time
from pathlib import Path
from typing import Any
from fleuron.archive.bag.verification_report import opened_bag
with opened_bag(Path(sys.argv[1])) as bag:
    print(bag, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, empty."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@contextmanager
def unpacking(tar: Path, temporary: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Run a command that has unpacked a bag, and yield its process and the bag."""
    command = [sys.executable, "-P", "-c", UNPACK, str(tar)]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield process, Path(process.stdout.readline().rstrip("\n"))
        finally:
            process.kill()


def test_a_killed_command_leaves_its_folder_to_the_next(tmp_path: Path, temporary: Path) -> None:
    write_tar(make(tmp_path / "bag", PLAIN), tmp_path / "bag.tar", MOMENT)
    with (
        unpacking(tmp_path / "bag.tar", temporary) as (killed, left),
        unpacking(tmp_path / "bag.tar", temporary) as (_, kept),
    ):
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert left.is_dir() and kept.is_dir()
        with temporary_folder() as own:
            assert {path.name for path in temporary.iterdir()} == {own.name, kept.parent.parent.name}
            assert kept.joinpath("bagit.txt").is_file()
        assert not own.exists()


def test_only_folders_of_this_name_and_user_are_deleted(tmp_path: Path, temporary: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (temporary / f"{PREFIX}link").symlink_to(outside)
    (temporary / f"{PREFIX}file").write_text("x", "utf-8")
    (temporary / "fleuron-other").mkdir()
    (temporary / f"{PREFIX}left").mkdir()
    with temporary_folder():
        pass
    assert {path.name for path in temporary.iterdir()} == {f"{PREFIX}link", f"{PREFIX}file", "fleuron-other"}
    assert outside.is_dir()


def test_a_signal_while_a_folder_is_deleted_leaves_nothing(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    delete, signals = shutil.rmtree, iter([KeyboardInterrupt()])

    def interrupted(folder: Path, **options: Any) -> None:
        for error in signals:
            raise error
        delete(folder, **options)

    monkeypatch.setattr(shutil, "rmtree", interrupted)
    with pytest.raises(KeyboardInterrupt), temporary_folder() as folder:
        (folder / "file").write_text("x", "utf-8")
    assert list(temporary.iterdir()) == []


def test_an_interrupted_command_leaves_nothing(temporary: Path) -> None:
    with pytest.raises(KeyboardInterrupt), temporary_folder() as folder:
        (folder / "file").write_text("x", "utf-8")
        raise KeyboardInterrupt
    assert list(temporary.iterdir()) == []
