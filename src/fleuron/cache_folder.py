"""Cache files on disk, in folders of bounded size that builds and processes share (FLEURON_CACHE).

An entry is named by a digest of what its content depends on. It is a line that names the format, a line with the
SHA-256 of all that follows, and the content. It is written under another name and renamed when it is complete, so any
number of processes can share a folder; a damaged entry is removed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from fleuron.atomic_files import write_shared_file

Content = TypeVar("Content")


class CacheFolder:
    """A folder of at most ``limit`` bytes; the least recently used entries are removed for new ones.

    ``form`` is the line that names the format of the entries, ``suffix`` the end of their names: nothing else in the
    folder is touched. ``fault`` is the reason why nothing more can be written, or empty: a full disk does not stop the
    build.
    """

    def __init__(self, folder: Path, form: bytes, suffix: str, limit: int) -> None:
        self.folder, self.form, self.suffix, self.limit = folder, form, suffix, limit
        self.fault = ""
        self.room = 0
        name = rf"[0-9a-f]{{64}}{re.escape(suffix)}"
        self.entry_name = re.compile(rf"{name}|\.{name}\.[0-9a-f]+\.part")

    def path(self, digest: str) -> Path:
        return self.folder / f"{digest}{self.suffix}"

    def read(self, digest: str, parse: Callable[[bytes], Content]) -> Content | None:
        """Return the parsed content of an entry, or None; the entry is now the most recently used.

        An entry is damaged if ``parse`` raises ValueError, LookupError, TypeError, AttributeError or RecursionError.
        """
        path = self.path(digest)
        try:
            parsed = parse(self.verified(path.read_bytes()))
        except OSError:
            return None
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):  # another process may have removed it meanwhile
            os.utime(path)
        return parsed

    def verified(self, entry: bytes) -> bytes:
        """Return the content of an entry; raise ValueError if it is damaged, or of another format."""
        form, checksum, content = entry.split(b"\n", 2)
        if form != self.form or checksum.decode("ascii") != hashlib.sha256(content).hexdigest():
            raise ValueError("damaged")
        return content

    def write(self, digest: str, content: bytes) -> None:
        """Write an entry, unless it is larger than the whole cache."""
        entry = b"\n".join((self.form, hashlib.sha256(content).hexdigest().encode(), content))
        if self.fault or len(entry) > self.limit:
            return
        try:
            self.make_room(len(entry))
            write_shared_file(self.path(digest), entry, 0o600)
        except OSError as error:
            self.fault = f"nothing more is cached in {self.folder}: {error.strerror}"

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
            if self.entry_name.fullmatch(path.name):
                with suppress(OSError):
                    status = path.stat()
                    found.append((status.st_mtime_ns, status.st_size, path))
        return found


def user_cache(environment: Mapping[str, str]) -> Path | None:
    """Return Fleuron's folder in the user's cache (XDG Base Directory Specification), or None if there is none.

    The specification ignores relative paths.
    """
    for variable, below in (("XDG_CACHE_HOME", ""), ("HOME", ".cache")):
        base = Path(environment.get(variable, ""))
        if base.is_absolute():
            return base / below / "fleuron"
    return None


def find_folder(environment: Mapping[str, str], name: str, named: str) -> tuple[Path | None, str]:
    """Find and create the folder of a cache; return None if there is none, with the reason unless it is switched off.

    It is the folder ``named`` below the one that FLEURON_CACHE names (empty for that folder itself), or ``name`` in the
    user's cache. A reason is the end of a sentence, such as “pages are not cached: …”.
    """
    value = environment.get("FLEURON_CACHE", "on").strip()
    if value in ("", "off"):
        return None, ""
    user = user_cache(environment)
    if "FLEURON_CACHE" in environment:
        folder = Path(environment["FLEURON_CACHE"], named).absolute()
    elif user is not None:
        folder = user / name
    else:
        return None, "HOME is not set; set FLEURON_CACHE to a folder"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return None, f"{folder}: {error.strerror}; set FLEURON_CACHE to another folder"
    return folder, ""


def stamp(path: Path | os.DirEntry[str]) -> str:
    """Return the size and the time of a file that no one edits; "-" for one that does not exist."""
    try:
        status = path.stat()
    except OSError:
        return "-"
    return f"{status.st_size} {status.st_mtime_ns}"


def cached_json(cache: CacheFolder | None, question: object, answer: Callable[[], Content]) -> Content:
    """Return an answer, a JSON value other than None, from a cache if there is one, or else write it there.

    The ``repr`` of the question, which names all that the answer depends on, names the entry.
    """
    if cache is None:
        return answer()
    digest = hashlib.sha256(repr(question).encode()).hexdigest()
    # Numbers are written so that they are read as the same ones.
    found: Content | None = cache.read(digest, json.loads)
    if found is None:
        found = answer()
        cache.write(digest, json.dumps(found).encode())
    return found
