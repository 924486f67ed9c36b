"""Read files: compute their SHA-512, or decode the text of a tag file."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from fleuron.archive.bag.bag_files import Fault, fault_at, unreadable

# More threads only make a disk slower.
MOST_THREADS = 8
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Digest:
    """The SHA-512 of a file in hexadecimal digits, and the number of bytes that were read."""

    sha512: str
    size: int


def open_file(folder: Path, path: str) -> FileIO:
    """Open a file that was found in a folder; raise OSError if it is not a regular file any more.

    Follow no link, and do not wait for a fifo.
    """
    handle = os.open(folder / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    stream = FileIO(handle)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        stream.close()
        raise OSError("it is not a regular file")
    return stream


def digest(folder: Path, path: str) -> Digest:
    """Compute the SHA-512 of a file that was found in a folder, block by block."""
    with open_file(folder, path) as stream:
        return Digest(hashlib.file_digest(stream, "sha512").hexdigest(), stream.tell())


def sha512_of(path: Path) -> str:
    """Return the SHA-512 of one of our own files, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha512").hexdigest()


def digest_all(folder: Path, paths: Iterable[str]) -> tuple[dict[str, Digest], list[Fault]]:
    """Compute the SHA-512 of files in several threads; what cannot be read is a fault.

    Threads suffice, because hashlib releases the interpreter's lock.
    """

    def attempt(path: str) -> Digest | Fault:
        try:
            return digest(folder, path)
        except OSError as error:
            return fault_at(path, unreadable(error))

    digests: dict[str, Digest] = {}
    faults: list[Fault] = []
    ordered = sorted(paths)
    with ThreadPoolExecutor(min(MOST_THREADS, (os.cpu_count() or 1) + 1)) as pool:
        for path, result in zip(ordered, pool.map(attempt, ordered), strict=True):
            if isinstance(result, Fault):
                faults.append(result)
            else:
                digests[path] = result
    return digests, faults


def read_tag_file(folder: Path, path: str, limit: int) -> str:
    """Read a tag file of at most ``limit`` bytes (RFC 8493, 2.3); raise ValueError or OSError if that fails."""
    with open_file(folder, path) as stream:
        if os.fstat(stream.fileno()).st_size > limit:
            raise ValueError(f"is larger than {limit} bytes")
        content = stream.readall()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8") from None
    if text.startswith(BYTE_ORDER_MARK):
        raise ValueError("begins with a byte-order mark")
    return text
