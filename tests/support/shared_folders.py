"""Folders that the processes of one test run share: the first process to want one fills it, the others wait for it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def run_folder(factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the whole test run; each process of pytest-xdist has its own folder in it."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def shared_folder(factory: pytest.TempPathFactory, name: str, fill: Callable[[Path], None]) -> Path:
    """Return a folder of the test run, filled once by whichever process comes first; nobody may write to it later.

    Where filling fails, all processes that want the folder fail for the same reason.
    """
    folder = run_folder(factory) / name
    state = folder.with_name(f"{name}.state")
    with folder.with_name(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not state.exists():
            folder.mkdir()
            try:
                fill(folder)
            except BaseException as error:
                state.write_text(f"{type(error).__name__}: {error}", "utf-8")
                raise
            state.write_text("", "utf-8")
        failure = state.read_text("utf-8")
    assert not failure, failure
    return folder
