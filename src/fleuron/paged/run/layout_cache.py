"""Cache laid-out pages on disk, by the digest of their unit, for later builds and other checkouts.

The content of an entry is a line of JSON and the PDF; `fleuron.cache_folder` says how entries are kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path

from fleuron.cache_folder import CacheFolder, find_folder
from fleuron.conservation.comparison import LostWord
from fleuron.diagnostics import Diagnostic
from fleuron.paged.layout.units import LaidOut
from fleuron.publication.page_breaks import PageBreak

FORMAT = b"fleuron pages 4"
LIMIT = 2**30


def entry_content(digest: str, laid: LaidOut) -> bytes:
    """Return the content of the entry for a laid-out unit."""
    fields = {
        "unit": digest,
        "pages": laid.pages,
        "places": dict(laid.places),
        "losses": laid.losses,
        "breaks": [astuple(found) for found in laid.breaks],
        "lost_words": [(lost.diagnostic.name, lost.words, lost.before, lost.stream) for lost in laid.lost_words],
        "undescribed": laid.undescribed,
    }
    return json.dumps(fields).encode() + b"\n" + laid.pdf


def parse_content(digest: str, content: bytes) -> LaidOut:
    """Parse the content of an entry; raise ValueError, LookupError or TypeError if it is of another unit or format."""
    head, pdf = content.split(b"\n", 1)
    fields = json.loads(head)
    if fields["unit"] != digest:
        raise ValueError("of another unit")
    breaks = tuple(PageBreak(*values) for values in fields["breaks"])
    lost_words = tuple(LostWord(Diagnostic[name], *values) for name, *values in fields["lost_words"])
    return LaidOut(
        pdf, fields["pages"], fields["places"], tuple(fields["losses"]), breaks, lost_words, fields["undescribed"]
    )


class Cache(CacheFolder):
    """The cache of laid-out pages, of at most ``limit`` bytes."""

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        super().__init__(folder, FORMAT, ".pages", limit)

    def get(self, digest: str) -> LaidOut | None:
        """Return the laid-out unit with this digest, or None."""
        return self.read(digest, lambda content: parse_content(digest, content))

    def put(self, digest: str, laid: LaidOut) -> None:
        """Write the entry of a laid-out unit."""
        self.write(digest, entry_content(digest, laid))


def open_cache(environment: Mapping[str, str], limit: int = LIMIT) -> tuple[Cache | None, str]:
    """Open the cache; return None if there is none, with the reason, unless it is switched off."""
    folder, reason = find_folder(environment, "pages", "")
    if folder is None:
        return None, f"pages are not cached: {reason}" if reason else ""
    return Cache(folder, limit), ""
