"""Read the files of a bag: their SHA-512, or their text."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from fleuron.archive.bag.bag_files import Fault, fault, unreadable

# More threads than this only make a disk's head run about.
THREADS = 8
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Digest:
    """The SHA-512 of a file in hexadecimal digits, and how many octets were read for it."""

    sha512: str
    octets: int


def open_file(folder: Path, path: str) -> FileIO:
    """Open a file that was found in a folder; raise OSError if something else has taken its place since.

    No link is followed, and no fifo waited for.
    """
    handle = os.open(folder / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    stream = FileIO(handle)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        stream.close()
        raise OSError("it is no file")
    return stream


def digest(folder: Path, path: str) -> Digest:
    """Compute the SHA-512 of a file of any size, a block at a time."""
    with open_file(folder, path) as stream:
        return Digest(hashlib.file_digest(stream, "sha512").hexdigest(), stream.tell())


def digest_all(folder: Path, paths: Iterable[str]) -> tuple[dict[str, Digest], list[Fault]]:
    """Compute the SHA-512 of many files at once, which a machine of some cores does as fast as its disk reads.

    hashlib lets other threads run while it works. What cannot be read is a fault.
    """

    def attempt(path: str) -> Digest | Fault:
        try:
            return digest(folder, path)
        except OSError as error:
            return fault(path, unreadable(error))

    digests: dict[str, Digest] = {}
    faults: list[Fault] = []
    ordered = sorted(paths)
    with ThreadPoolExecutor(min(THREADS, (os.cpu_count() or 1) + 1)) as pool:
        for path, result in zip(ordered, pool.map(attempt, ordered), strict=True):
            if isinstance(result, Fault):
                faults.append(result)
            else:
                digests[path] = result
    return digests, faults


def tag_text(folder: Path, path: str, limit: int) -> str:
    """Read a text tag file (RFC 8493, 2.3); raise ValueError, or OSError, that says why it cannot be read."""
    with open_file(folder, path) as stream:
        if os.fstat(stream.fileno()).st_size > limit:
            raise ValueError(f"is larger than {limit} octets")
        octets = stream.readall()
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8") from None
    if text.startswith(BYTE_ORDER_MARK):
        raise ValueError("begins with a byte-order mark")
    return text
