"""Keep what was laid out, by the digest of the unit, for later builds and other checkouts.

An entry is a line that names the format, a line with the SHA-256 of all that follows, a line of
JSON and the PDF. It is written beside its place and moved there when it is whole, so any number of
processes can share a folder; an entry that is not what it should be is removed, and made again.
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
from fleuron.paged.layout.units import Laid
from fleuron.publication.page_breaks import Break

FORMAT = b"fleuron pages 2"
LIMIT = 2**30
# The name of an entry, and of one that is being written: nothing else in the folder is touched.
ENTRY = re.compile(r"[0-9a-f]{64}\.pages|\.[0-9a-f]{64}\.pages\.[0-9a-f]+\.part")


def entry(digest: str, laid: Laid) -> bytes:
    """Word what came of a unit as the content of its entry."""
    facts = {
        "unit": digest,
        "pages": laid.pages,
        "places": dict(laid.places),
        "losses": laid.losses,
        "breaks": [astuple(each) for each in laid.breaks],
    }
    content = json.dumps(facts).encode() + b"\n" + laid.pdf
    return b"\n".join((FORMAT, hashlib.sha256(content).hexdigest().encode(), content))


def read_entry(digest: str, written: bytes) -> Laid:
    """Read an entry; raise ValueError, LookupError or TypeError if it is damaged, or of another unit or format."""
    form, checksum, content = written.split(b"\n", 2)
    if form != FORMAT or checksum.decode("ascii") != hashlib.sha256(content).hexdigest():
        raise ValueError("damaged")
    head, pdf = content.split(b"\n", 1)
    facts = json.loads(head)
    if facts["unit"] != digest:
        raise ValueError("of another unit")
    breaks = tuple(Break(*each) for each in facts["breaks"])
    return Laid(pdf, facts["pages"], facts["places"], tuple(facts["losses"]), breaks)


class Cache:
    """A folder of at most ``limit`` bytes; what was used longest ago makes room for what is new.

    ``fault`` says why the folder takes nothing more, or is empty: a full disk costs time later, not
    the pages that are there now.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self.folder = folder
        self.limit = limit
        self.fault = ""
        self.room = 0

    def path(self, digest: str) -> Path:
        return self.folder / f"{digest}.pages"

    def get(self, digest: str) -> Laid | None:
        """Return what came of the unit with this digest, or None; from now on it was used last."""
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

    def put(self, digest: str, laid: Laid) -> None:
        """Keep what came of a unit, if it is not larger than the whole cache."""
        content = entry(digest, laid)
        if self.fault or len(content) > self.limit:
            return
        try:
            self.make_room(len(content))
            write_shared_file(self.path(digest), content, 0o600)
        except OSError as error:
            self.fault = f"nothing more is kept in {self.folder}: {error.strerror}"

    def make_room(self, size: int) -> None:
        """Remove the oldest entries until there is room for ``size`` bytes.

        The folder is looked through only when a quarter of what was free at the last look is used,
        so that four processes can fill it at once and not go over the limit.
        """
        if size > self.room:
            found = sorted(self.entries(), key=lambda each: (each[0], each[2].name))
            total = sum(length for _used, length, _path in found) + size
            # Down to three quarters, or every new entry would need a look.
            wanted = max(self.limit * 3 // 4, size) if total > self.limit else total
            for _used, length, path in found:
                if total <= wanted:
                    break
                path.unlink(missing_ok=True)
                total -= length
            self.room = size + (self.limit - total) // 4
        self.room -= size

    def entries(self) -> list[tuple[int, int, Path]]:
        """List the entries: when each was last used, in nanoseconds, its bytes and its place."""
        found = []
        for path in self.folder.iterdir():
            if ENTRY.fullmatch(path.name):
                with suppress(OSError):
                    status = path.stat()
                    found.append((status.st_mtime_ns, status.st_size, path))
        return found


def cache_folder(environment: Mapping[str, str]) -> Path | None:
    """Return the folder that FLEURON_CACHE names, or the user's own; None if there is none.

    The user's is the one of the XDG Base Directory Specification, which ignores relative paths.
    """
    if "FLEURON_CACHE" in environment:
        return Path(environment["FLEURON_CACHE"]).absolute()
    for variable, below in (("XDG_CACHE_HOME", ""), ("HOME", ".cache")):
        base = Path(environment.get(variable, ""))
        if base.is_absolute():
            return base / below / "fleuron" / "pages"
    return None


def open_cache(environment: Mapping[str, str], limit: int = LIMIT) -> tuple[Cache | None, str]:
    """Open the cache; return None if there is none, and why, unless that is what was asked for."""
    if environment.get("FLEURON_CACHE", "on").strip() in ("", "off"):
        return None, ""
    folder = cache_folder(environment)
    if folder is None:
        return None, "no pages are kept for the next build: HOME is not set; FLEURON_CACHE can name a folder"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return None, f"no pages are kept for the next build: {folder}: {error.strerror}; FLEURON_CACHE can name another"
    return Cache(folder, limit), ""
