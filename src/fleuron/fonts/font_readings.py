"""Cache what is read from font files: to parse the fonts takes a third of the build of a small publication."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import fontTools

from fleuron.cache_folder import CacheFolder, cached_json, find_folder

# The number goes up when fonts are read otherwise than before.
FORMAT = b"fleuron font reading 1"
LIMIT = 2**25

Reading = TypeVar("Reading")


def open_reading_cache(environment: Mapping[str, str]) -> CacheFolder | None:
    """Open the cache that FLEURON_CACHE names, or the user's own; None if there is none."""
    folder, _reason = find_folder(environment, "fonts", "fonts")
    return None if folder is None else CacheFolder(folder, FORMAT, ".json", LIMIT)


def cached_reading(question: object, file_digest: str, read: Callable[[], Reading]) -> Reading:
    """Return what ``read`` reads from a font file, a JSON value, or what it once read; ``question`` says what."""
    return cached_json(open_reading_cache(os.environ), (fontTools.version, question, file_digest), read)


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
