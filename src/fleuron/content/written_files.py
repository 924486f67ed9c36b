"""Remember from what the files of a folder were written, so that the next build writes only those that differ."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from fleuron.atomic_files import write_file


class WrittenFiles:
    """The files that builds have written into a folder, each with a digest of what it was written from.

    ``record`` is the file that keeps the digests; ``program`` names what writes the files, with its version.
    """

    def __init__(self, folder: Path, record: Path, program: str) -> None:
        self.folder, self.record, self.program = folder, record, program
        self.before = self.read()
        self.now: dict[str, str] = {}

    def read(self) -> dict[str, str]:
        """Return what the last build recorded; nothing if it cannot be used."""
        with suppress(OSError, ValueError, LookupError, TypeError, RecursionError):
            record = json.loads(self.record.read_bytes())
            if record["program"] == self.program:
                return {str(name): str(digest) for name, digest in dict(record["files"]).items()}
        return {}

    def is_current(self, name: str, source: object) -> bool:
        """Return whether a file is there and was written from the same; it is written now, if not.

        ``source`` is a value whose representation is the same in each build.
        """
        self.now[name] = hashlib.sha256(repr(source).encode()).hexdigest()
        return self.before.get(name) == self.now[name] and (self.folder / name).is_file()

    def save(self) -> None:
        """Record what was written, once all of it is."""
        if self.now != self.before:
            content = json.dumps({"program": self.program, "files": self.now}, ensure_ascii=False)
            write_file(self.record, content)
