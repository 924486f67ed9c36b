"""Keep a build folder to one command at a time, and begin anew what an interrupted command has left half built."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

# Where a command keeps what it needs until it ends: not in the system's own folder, where a killed one would leave it.
TEMPORARY = Path("editions", ".temporary")
# Where Sphinx keeps what it has read: ENV_PICKLE_FILENAME of sphinx.application, whose import takes longer than all
# else that a command does if nothing has changed.
ENVIRONMENT = "environment.pickle"
# The end of the names of the files that mark the formats of an edition that are being built.
UNFINISHED = ".unfinished"


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


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other commands out of a folder, which is made if there is none.

    The copies of this process hold the folder too: if the command is killed, until the last of them has ended.
    """
    descriptor = lock(folder)
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(folder)  # which writing into an open file does not name
        raise
    finally:
        if descriptor is not None:
            os.close(descriptor)


def clear(folder: Path) -> None:
    """Delete the temporary folder of a build folder, and the drafts beside what is published in it.

    A folder that was put aside for a new one, which was not put in its place, is published again.
    """
    shutil.rmtree(folder / TEMPORARY, ignore_errors=True)
    for old in folder.glob("*/.*.old"):
        published = old.with_name(old.name[1:].removesuffix(".old"))
        if not published.exists():
            old.rename(published)
    for draft in (*folder.glob("*/.*.old"), *folder.glob("*/.*.part")):
        if draft.is_dir():
            shutil.rmtree(draft, ignore_errors=True)
        else:
            draft.unlink(missing_ok=True)


def lock(folder: Path) -> int | None:
    """Lock a folder and return the file descriptor that holds the lock, or None where the file system has no locks.

    It is the folder itself that is locked, so that no file is left of a command that was killed. Copies of this process
    have the descriptor too, programs that it starts have not.
    """
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        if sys.platform == "win32":
            return None
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            wait_for_lock(descriptor, folder)
        except OSError:  # such as a network file system
            os.close(descriptor)
            return None
        except BaseException:
            os.close(descriptor)
            raise
        if folder.is_dir() and os.path.samestat(os.fstat(descriptor), folder.stat()):
            return descriptor
        os.close(descriptor)  # the folder was deleted meanwhile, or replaced


def wait_for_lock(descriptor: int, folder: Path) -> None:
    """Lock a folder; if another process has locked it, say so and wait until that has ended."""
    if sys.platform == "win32":
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        process = holder(descriptor)
        name = f"process {process}" if process else "another command"
        print(f"fleuron: {name} is writing to {folder}; waiting until it ends", file=sys.stderr, flush=True)
        fcntl.flock(descriptor, fcntl.LOCK_EX)


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
