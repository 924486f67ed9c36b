"""Put a folder in the place of another in one step of the file system: whoever looks finds the old one or the new."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from fleuron.publish.settings import CommandError

AT_FDCWD = -100
# renameat2(2) of Linux, and renamex_np(2) of macOS.
RENAME_EXCHANGE = 2
RENAME_SWAP = 2


def put_in_place(made: Path, place: Path) -> None:
    """Let ``made`` be ``place`` from now on; what was there, if anything, is ``made`` then.

    Raises CommandError where the file system cannot exchange two folders: two renames would leave a moment without any.
    """
    if not place.exists():
        made.rename(place)
        return
    if exchanged(os.fsencode(made), os.fsencode(place)):
        raise CommandError(
            f"the file system of {place} cannot exchange two folders in one step: {os.strerror(ctypes.get_errno())}"
        )


def exchanged(one: bytes, other: bytes) -> int:
    """Exchange two paths; returns 0 where it is done."""
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        return int(library.renamex_np(one, other, RENAME_SWAP))
    return int(library.renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE))
