"""The identifier of a folder of sources, computed from its files alone, as Git and Software Heritage do (SWHID 1.2)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path


def blob_of(content: bytes) -> str:
    """Name the content of a file."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def tree_of(folder: Path, modes: Mapping[str, str]) -> str:
    """Name a tree of files; ``modes`` has Git's mode of each, by its path with slashes."""
    blobs = {path: blob_of((folder / path).read_bytes()) for path in modes}
    return named(sorted((tuple(path.split("/")), mode, blobs[path]) for path, mode in modes.items()))


def named(files: Iterable[tuple[tuple[str, ...], str, str]]) -> str:
    """Name a tree of files, given as (parts of the path, mode, blob)."""
    entries: dict[bytes, tuple[str, str]] = {}
    below: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for parts, mode, blob in files:
        if len(parts) == 1:
            entries[parts[0].encode()] = (mode, blob)
        else:
            below.setdefault(parts[0], []).append((parts[1:], mode, blob))
    for name, kept in below.items():
        entries[name.encode()] = ("40000", named(kept))
    # Git sorts folders as if their names ended in a slash.
    order = sorted(entries, key=lambda name: name + b"/" * (entries[name][0] == "40000"))
    listed = b"".join(
        b"%s %s\0%s" % (entries[each][0].encode(), each, bytes.fromhex(entries[each][1])) for each in order
    )
    return hashlib.sha1(b"tree %d\0" % len(listed) + listed, usedforsecurity=False).hexdigest()
