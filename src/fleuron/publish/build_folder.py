"""Keep a build folder to one command at a time, and begin anew what an interrupted command has left half built.

A folder is locked by the system, or by a file in it where the file system has no locks.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

if sys.platform != "win32":
    import fcntl

# Where a command keeps what it needs until it ends: not in the system's own folder, where a killed one would leave it.
TEMPORARY = Path("editions", ".temporary")
# Where Sphinx keeps what it has read: ENV_PICKLE_FILENAME of sphinx.application, whose import takes longer than all
# else that a command does if nothing has changed.
ENVIRONMENT = "environment.pickle"
# What drafts are called, and what was put aside for one.
DRAFTS = (".*.old", ".*.part", "*/.*.old", "*/.*.part")
# The end of the names of the files that mark the formats of an edition that are being built.
UNFINISHED = ".unfinished"

# The file that locks a folder where the system does not: the process and the machine of the command.
LOCK_FILE = ".lock"
# Seconds between two looks at a lock file, and after which one without content is taken for that of a killed command.
PAUSE, PATIENCE = 0.2, 5


@contextmanager
def reserved(build: Path) -> Iterator[Path]:
    """Keep other commands out of a build folder, and yield a new temporary folder in it."""
    with locked(build):
        temporary = build / TEMPORARY
        try:
            clear(build)  # of what an interrupted command has left
            temporary.mkdir(parents=True)
            yield temporary
        finally:
            clear(build)


def clear(folder: Path) -> None:
    """Delete the temporary folder of a build folder, and the drafts of formats and of what is published of them.

    A folder that was put aside for a new one, which was not put in its place, is published again.
    """
    shutil.rmtree(folder / TEMPORARY, ignore_errors=True)
    for old in (*folder.glob(".*.old"), *folder.glob("*/.*.old")):
        published = old.with_name(old.name[1:].removesuffix(".old"))
        if not published.exists():
            old.rename(published)
    for draft in (path for pattern in DRAFTS for path in folder.glob(pattern)):
        if draft.is_dir():
            shutil.rmtree(draft, ignore_errors=True)
        else:
            draft.unlink(missing_ok=True)


def begin_edition(edition: Path, output: Path, doctrees: Path) -> None:
    """Mark the build of a format of an edition as unfinished; if an earlier one is, delete what it may have left torn.

    ``output`` is the folder that the format is written to, ``doctrees`` that of what Sphinx has read.
    """
    mark = edition / f"{output.name}{UNFINISHED}"
    if any(edition.glob(f"*{UNFINISHED}")):
        (doctrees / ENVIRONMENT).unlink(missing_ok=True)  # Sphinx reads all sources again
    if mark.exists():
        shutil.rmtree(output, ignore_errors=True)
    edition.mkdir(parents=True, exist_ok=True)
    mark.touch()


def end_edition(edition: Path, output: Path) -> None:
    """Take note that a format of an edition is written as a whole."""
    (edition / f"{output.name}{UNFINISHED}").unlink(missing_ok=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other commands out of a folder, which is made if there is none.

    The copies of this process hold the folder too: if the command is killed, until the last of them has ended.
    """
    release = lock(folder)
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(folder)  # which writing into an open file does not name
        raise
    finally:
        release()


def lock(folder: Path) -> Callable[[], None]:
    """Lock a folder, and return what gives it back.

    It is the folder itself that is locked, so that no file is left of a command that was killed. Copies of this process
    have its descriptor too, programs that it starts have not.
    """
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        if sys.platform == "win32":
            return lock_by_file(folder)
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            wait_for_lock(descriptor, folder)
        except OSError:  # such as a network file system
            os.close(descriptor)
            return lock_by_file(folder)
        except BaseException:
            os.close(descriptor)
            raise
        if folder.is_dir() and os.path.samestat(os.fstat(descriptor), folder.stat()):
            return partial(os.close, descriptor)
        os.close(descriptor)  # the folder was deleted meanwhile, or replaced


def wait_for_lock(descriptor: int, folder: Path) -> None:
    """Lock a folder; if another process has locked it, say so and wait until that has ended."""
    if sys.platform == "win32":
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        process = holder(descriptor)
        tell_of_waiting(f"process {process}" if process else "another command", folder)
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def tell_of_waiting(name: str, folder: Path, advice: str = "") -> None:
    """Tell that another command has a folder."""
    print(f"fleuron: {name} is writing to {folder}; waiting until it ends{advice}", file=sys.stderr, flush=True)


def holder(descriptor: int) -> int | None:
    """Return the process that has locked a file, if it is running and the system tells (Linux does)."""
    status = os.fstat(descriptor)
    place = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
    try:
        # Such as “1: FLOCK  ADVISORY  WRITE 4711 fe:00:1835038 0 EOF”; who waits has an arrow before the kind.
        fields = [line.split() for line in Path("/proc/locks").read_text("ascii").splitlines()]
        processes = [int(line[4]) for line in fields if line[1] == "FLOCK" and line[5] == place]
        return next(process for process in processes if Path("/proc", str(process)).exists())
    except (OSError, ValueError, LookupError, StopIteration):
        return None


def lock_by_file(folder: Path) -> Callable[[], None]:
    """Lock a folder by a file in it that only one command can make, and return what deletes the file.

    That of a command of this machine that has ended is reported and deleted. Whether a command of another machine has
    ended cannot be known: the message says what to delete then.
    """
    path, own = folder / LOCK_FILE, f"{os.getpid()} {socket.gethostname()}"
    began = time.monotonic()
    is_told = False
    while not make_file(path, own):
        owner = content_of(path)
        process, _, machine = (owner or "").partition(" ")
        if owner is None:
            continue  # it was deleted meanwhile
        if has_ended(process, machine) or (not owner and time.monotonic() - began > PATIENCE):
            if delete_stale(path, owner):
                print(f"fleuron: a command that was killed has left {path}; it is deleted", file=sys.stderr, flush=True)
        elif owner and not is_told:
            advice = f"; if it has ended, delete {path}"
            tell_of_waiting(f"process {process} of {machine}", folder, advice)
            is_told = True
        time.sleep(PAUSE)
    guard_of(path).unlink(missing_ok=True)  # of a command that was killed while it deleted a lock file
    return partial(delete_own, path, own)


def make_file(path: Path, content: str) -> bool:
    """Make a file; return whether it was made, which only one process of those that try can do."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(content)
    return True


def content_of(path: Path) -> str | None:
    """Return what a lock file says; None if there is no file."""
    try:
        return path.read_text("utf-8", "replace")
    except FileNotFoundError:
        return None


def guard_of(path: Path) -> Path:
    """Return the path of the file that only one process has at a time, which then may delete a stale lock file."""
    return path.with_name(f"{path.name}.stale")


def delete_stale(path: Path, content: str) -> bool:
    """Delete a lock file unless another command does so, or has one of its own there; return whether it is deleted."""
    guard = guard_of(path)
    if not make_file(guard, ""):
        return False
    try:
        is_stale = content_of(path) == content
        if is_stale:
            path.unlink(missing_ok=True)
        return is_stale
    finally:
        guard.unlink(missing_ok=True)


def delete_own(path: Path, content: str) -> None:
    """Delete the lock file of this process; one that another command has there stays."""
    if content_of(path) == content:
        path.unlink(missing_ok=True)


def has_ended(process: str, machine: str) -> bool:
    """Return whether a process of this machine has ended; False for one of another machine."""
    if sys.platform == "win32" or machine != socket.gethostname() or not process.isdecimal():
        return False
    if int(process) == os.getpid():
        return True  # an earlier one of the same number: this one has no lock yet
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        return False
    return False
