"""Cache what is read from font files: to parse the fonts takes a third of the build of a small publication."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import fontTools

from fleuron.cache_folder import CacheFolder, find_folder

# The number goes up when fonts are read otherwise than before.
FORMAT = b"fleuron font reading 1"
LIMIT = 2**25

Reading = TypeVar("Reading")


def open_reading_cache(environment: Mapping[str, str]) -> CacheFolder | None:
    """Open the cache that FLEURON_CACHE names, or the user's own; None if there is none."""
    folder, _reason = find_folder(environment, "fonts", "fonts")
    return None if folder is None else CacheFolder(folder, FORMAT, ".json", LIMIT)


def cached_reading(question: object, file_digest: str, read: Callable[[], Reading]) -> Reading:
    """Return what ``read`` reads from a font file, a JSON value, from the cache or else from the file.

    ``question`` says what is read; its ``repr`` and the file's digest name the entry.
    """
    cache = open_reading_cache(os.environ)
    if cache is None:
        return read()
    digest = hashlib.sha256(repr((fontTools.version, question, file_digest)).encode()).hexdigest()
    # Numbers are written so that they are read as the same ones.
    kept: Reading | None = cache.read(digest, json.loads)
    if kept is None:
        kept = read()
        cache.write(digest, json.dumps(kept).encode())
    return kept


def runs_of(codes: Iterable[int]) -> list[list[int]]:
    """Return the first and the last of each run of successive code points."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return runs


def codes_in(runs: Iterable[Iterable[int]]) -> frozenset[int]:
    """Return the code points in runs."""
    return frozenset(code for first, last in runs for code in range(first, last + 1))
