"""Compute the identifier of a folder of files as Git and Software Heritage do (SWHID, ISO/IEC 18670:2025).

swh.model does the same, but takes the modes from the disk, where an unpacked bag has lost them, and requires hypothesis
and six other packages to run (8.4.1).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path


def blob_of(content: bytes) -> str:
    """Return Git's object name of the content of a file."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def tree_of(folder: Path, modes: Mapping[str, str]) -> str:
    """Return Git's object name of a tree of files; ``modes`` has Git's mode of each by its path with slashes."""
    blobs = {path: blob_of((folder / path).read_bytes()) for path in modes}
    return tree_name(sorted((tuple(path.split("/")), mode, blobs[path]) for path, mode in modes.items()))


def tree_name(files: Iterable[tuple[tuple[str, ...], str, str]]) -> str:
    """Return the object name of a tree of files, given as (parts of the path, mode, blob)."""
    entries: dict[bytes, tuple[str, str]] = {}
    below: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for parts, mode, blob in files:
        if len(parts) == 1:
            entries[parts[0].encode()] = (mode, blob)
        else:
            below.setdefault(parts[0], []).append((parts[1:], mode, blob))
    for name, contained in below.items():
        entries[name.encode()] = ("40000", tree_name(contained))
    # Git sorts folders as if their names ended in a slash.
    order = sorted(entries, key=lambda name: name + b"/" * (entries[name][0] == "40000"))
    content = b"".join(
        b"%s %s\0%s" % (entries[name][0].encode(), name, bytes.fromhex(entries[name][1])) for name in order
    )
    return hashlib.sha1(b"tree %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
