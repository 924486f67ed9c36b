"""Make temporary folders that no killed command leaves for ever: the next command deletes those of commands that ended.

A folder is locked by the system as long as its process, or a copy of it, runs. So that of a command that runs is never
deleted, whatever the numbers of processes are; and where the system has no locks, nothing is.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

# How the names of these folders begin.
PREFIX = "fleuron-archive-"


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Yield a new temporary folder, and delete it at the end; first delete those of commands that were killed."""
    delete_abandoned(Path(tempfile.gettempdir()))
    folder, descriptor = new_locked_folder()
    try:
        yield folder
    finally:
        delete_whole(folder)
        if descriptor is not None:
            os.close(descriptor)


def delete_whole(folder: Path) -> None:
    """Delete a folder, and do so to the end if a signal to end the command comes meanwhile, which is raised then."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except KeyboardInterrupt:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def new_locked_folder() -> tuple[Path, int | None]:
    """Make a folder and lock it; return its path, and the descriptor that holds the lock, if the system has locks."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        descriptor = locked(folder)
        # Another command may have deleted it before it was locked.
        if descriptor is None or folder.is_dir():
            return folder, descriptor
        os.close(descriptor)


def delete_abandoned(parent: Path) -> None:
    """Delete the folders of commands of this user that have ended without doing so."""
    for folder in parent.glob(f"{PREFIX}*"):
        # Whoever may write to the system's folder can make a link or a folder of such a name.
        with suppress(OSError):
            status = folder.lstat()
            if not stat.S_ISDIR(status.st_mode) or sys.platform == "win32" or status.st_uid != os.getuid():
                continue
            if (descriptor := locked(folder)) is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(descriptor)


def locked(folder: Path) -> int | None:
    """Lock a folder and return what holds the lock; None if another process has it, or the system has no locks."""
    if sys.platform == "win32":
        return None
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
