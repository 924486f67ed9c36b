"""Cache the subsets of fonts, for all editions, formats and later builds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import brotli
import fontTools

from fleuron.cache_folder import CacheFolder, find_folder
from fleuron.fonts.subsets import NAMES, Subset, make_subset

# The number goes up when subsets are made otherwise than before.
FORMAT = b"fleuron font subset 2"
LIMIT = 2**28


class SubsetCache(CacheFolder):
    """The cache of subsets, of at most ``limit`` bytes."""

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        super().__init__(folder, FORMAT, ".woff2", limit)


def open_subset_cache(environment: Mapping[str, str], limit: int = LIMIT) -> SubsetCache | None:
    """Open the cache that FLEURON_CACHE names, or the user's own; None if there is none."""
    folder, _reason = find_folder(environment, "fonts", "fonts")
    return None if folder is None else SubsetCache(folder, limit)


def subset_digest(subset: Subset) -> str:
    """Return a digest of what a subset's bytes depend on: the font file, the characters, the settings, the programs."""
    source = subset.face.source
    settings = (fontTools.version, brotli.__version__, source.number, source.instance, subset.features, NAMES)
    return hashlib.sha256(repr((settings, subset.face.file_digest, subset.characters)).encode()).hexdigest()


def cached_subset(subset: Subset, cache: SubsetCache | None) -> bytes:
    """Return a subset as WOFF2 from the cache, or make it and write it there."""
    if cache is None:
        return make_subset(subset)
    digest = subset_digest(subset)
    content = cache.read(digest, bytes)
    if content is None:
        content = make_subset(subset)
        cache.write(digest, content)
    return content
