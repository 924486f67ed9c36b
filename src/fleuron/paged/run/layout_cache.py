"""Cache laid-out pages on disk, by the digest of their unit, for later builds and other checkouts.

An entry is a line that names the format, a line with the SHA-256 of all that follows, a line of
JSON and the PDF. It is written under another name and renamed when it is complete, so any number of
processes can share a folder; a damaged entry is removed, and its unit laid out again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path

from fleuron.atomic_files import write_shared_file
from fleuron.paged.layout.units import LaidOut
from fleuron.publication.page_breaks import PageBreak

FORMAT = b"fleuron pages 2"
LIMIT = 2**30
# The name of an entry, and of one that is being written: nothing else in the folder is touched.
ENTRY = re.compile(r"[0-9a-f]{64}\.pages|\.[0-9a-f]{64}\.pages\.[0-9a-f]+\.part")


def entry_content(digest: str, laid: LaidOut) -> bytes:
    """Return the content of the entry for a laid-out unit."""
    fields = {
        "unit": digest,
        "pages": laid.pages,
        "places": dict(laid.places),
        "losses": laid.losses,
        "breaks": [astuple(found) for found in laid.breaks],
    }
    content = json.dumps(fields).encode() + b"\n" + laid.pdf
    return b"\n".join((FORMAT, hashlib.sha256(content).hexdigest().encode(), content))


def read_entry(digest: str, written: bytes) -> LaidOut:
    """Read an entry; raise ValueError, LookupError or TypeError if it is damaged, or of another unit or format."""
    form, checksum, content = written.split(b"\n", 2)
    if form != FORMAT or checksum.decode("ascii") != hashlib.sha256(content).hexdigest():
        raise ValueError("damaged")
    head, pdf = content.split(b"\n", 1)
    fields = json.loads(head)
    if fields["unit"] != digest:
        raise ValueError("of another unit")
    breaks = tuple(PageBreak(*values) for values in fields["breaks"])
    return LaidOut(pdf, fields["pages"], fields["places"], tuple(fields["losses"]), breaks)


class Cache:
    """A folder of at most ``limit`` bytes; the least recently used entries are removed for new ones.

    ``fault`` is the reason why nothing more can be written, or empty: a full disk does not stop the build.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self.folder = folder
        self.limit = limit
        self.fault = ""
        self.room = 0

    def path(self, digest: str) -> Path:
        return self.folder / f"{digest}.pages"

    def get(self, digest: str) -> LaidOut | None:
        """Return the laid-out unit with this digest, or None; its entry is now the most recently used."""
        path = self.path(digest)
        try:
            laid = read_entry(digest, path.read_bytes())
        except OSError:
            return None
        except (ValueError, LookupError, TypeError):
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):  # another process may have removed it meanwhile
            os.utime(path)
        return laid

    def put(self, digest: str, laid: LaidOut) -> None:
        """Write the entry of a laid-out unit, unless it is larger than the whole cache."""
        content = entry_content(digest, laid)
        if self.fault or len(content) > self.limit:
            return
        try:
            self.make_room(len(content))
            write_shared_file(self.path(digest), content, 0o600)
        except OSError as error:
            self.fault = f"no more pages are cached in {self.folder}: {error.strerror}"

    def make_room(self, size: int) -> None:
        """Remove the oldest entries until there is room for ``size`` bytes.

        The folder is listed only when a quarter of what was free the last time is used,
        so that four processes can fill it at once and not exceed the limit.
        """
        if size > self.room:
            found = sorted(self.entries(), key=lambda found: (found[0], found[2].name))
            total = sum(length for _used, length, _path in found) + size
            # Down to three quarters, or the folder would be listed for every new entry.
            wanted = max(self.limit * 3 // 4, size) if total > self.limit else total
            for _used, length, path in found:
                if total <= wanted:
                    break
                path.unlink(missing_ok=True)
                total -= length
            self.room = size + (self.limit - total) // 4
        self.room -= size

    def entries(self) -> list[tuple[int, int, Path]]:
        """List the entries: when each was last used, in nanoseconds, its size in bytes and its path."""
        found = []
        for path in self.folder.iterdir():
            if ENTRY.fullmatch(path.name):
                with suppress(OSError):
                    status = path.stat()
                    found.append((status.st_mtime_ns, status.st_size, path))
        return found


def cache_folder(environment: Mapping[str, str]) -> Path | None:
    """Return the folder that FLEURON_CACHE names, or the user's own; None if there is none.

    The user's own is that of the XDG Base Directory Specification, which ignores relative paths.
    """
    if "FLEURON_CACHE" in environment:
        return Path(environment["FLEURON_CACHE"]).absolute()
    for variable, below in (("XDG_CACHE_HOME", ""), ("HOME", ".cache")):
        base = Path(environment.get(variable, ""))
        if base.is_absolute():
            return base / below / "fleuron" / "pages"
    return None


def open_cache(environment: Mapping[str, str], limit: int = LIMIT) -> tuple[Cache | None, str]:
    """Open the cache; return None if there is none, with the reason, unless it is switched off."""
    if environment.get("FLEURON_CACHE", "on").strip() in ("", "off"):
        return None, ""
    folder = cache_folder(environment)
    if folder is None:
        return None, "pages are not cached: HOME is not set; set FLEURON_CACHE to a folder"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return None, f"pages are not cached: {folder}: {error.strerror}; set FLEURON_CACHE to another folder"
    return Cache(folder, limit), ""
