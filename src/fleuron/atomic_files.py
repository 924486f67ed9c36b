"""Write files and replace folders so that a reader finds the old content or the new, never a part of either.

New content is prepared under a hidden name beside its place (a draft), and renamed when it is complete.
"""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# renameat2(2) of Linux and renamex_np(2) of macOS.
AT_FDCWD = -100
RENAME_EXCHANGE = 2
RENAME_SWAP = 2


def draft_of(target: Path) -> Path:
    """Return the hidden path beside a file or folder where its new content is prepared."""
    return target.with_name(f".{target.name}.part")


@contextmanager
def replacing_file(target: Path, *, durable: bool = False) -> Iterator[Path]:
    """Yield the path of a draft to write, and rename it to ``target`` at the end; remove it if there is an error.

    A draft that an interrupted run has left is removed first. A ``durable`` file is on the disk before it gets its
    name; otherwise a machine that loses power may keep the name and lose the content.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = draft_of(target)
    draft.unlink(missing_ok=True)
    try:
        yield draft
        if durable:
            synchronise(draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def synchronise(path: Path) -> None:
    """Wait until a file's content is on the disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def write_file(target: Path, content: bytes | str) -> None:
    """Write a file; text is written as UTF-8. Only one process may write ``target`` at a time."""
    with replacing_file(target) as draft:
        draft.write_bytes(encoded(content))


def write_shared_file(target: Path, content: bytes | str, mode: int = 0o666) -> None:
    """Write a file that several processes, on one machine or several, may write at the same time.

    Each of them has a draft of its own, ``.NAME.DIGITS.part``; the last one to finish wins. ``mode`` is that of the
    new file, without the bits of the umask.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(8)}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(encoded(content))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def copy_file(source: Path, target: Path) -> None:
    """Copy the content of a file."""
    with replacing_file(target) as draft:
        shutil.copyfile(source, draft)


def encoded(content: bytes | str) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def replace_folder(new: Path, target: Path, *, in_two_steps: bool = False) -> None:
    """Move the folder ``new`` to ``target``, and remove the folder that was there.

    The two are exchanged in one step, so that there is a complete folder at any time. Where the system cannot do that,
    raise OSError, with both folders unchanged; or, if ``in_two_steps`` is allowed, rename the old folder and then the
    new one, so that for a moment there is none.
    """
    old = target.with_name(f".{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)  # of an interrupted run
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        new.rename(target)
        return
    try:
        exchange(new, target)
    except OSError:
        if not in_two_steps:
            raise
        target.rename(old)
        new.rename(target)
    shutil.rmtree(new, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


def exchange(one: Path, other: Path) -> None:
    """Exchange the names of two files or folders in one step; raise OSError where the system cannot."""
    if not hasattr(os, "fork"):  # Windows
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
    library = ctypes.CDLL(None, use_errno=True)
    name = "renamex_np" if sys.platform == "darwin" else "renameat2"
    function = getattr(library, name, None)
    if function is None:  # musl before 1.2.5
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        failed = function(first, second, RENAME_SWAP)
    else:
        failed = function(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE)
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
