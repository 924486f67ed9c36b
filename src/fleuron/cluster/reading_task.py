"""Read documents on a worker of the cluster, in a process of its own.

Sphinx and docutils keep state in their modules, so that one process reads for one publication, and in one thread. The
process has the memory of Sphinx's environment too, which a worker would never give back.
"""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class DocumentsRead:
    """What reading some documents has given: Sphinx's environment and the documents, pickled, and the messages.

    A document that could not be read is not in ``doctrees``.
    """

    environment: bytes
    doctrees: Mapping[str, bytes] = field(default_factory=dict)
    messages: Mapping[str, Sequence[logging.LogRecord]] = field(default_factory=dict)


@dataclass(frozen=True)
class NotRead:
    """Why a worker can read none of the documents, in half a sentence."""

    reason: str


def stamp(path: Path) -> tuple[int, int] | None:
    """Return the size of a file and its time in seconds, which are the same on all machines that share it."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, int(status.st_mtime)


def read_on_worker(
    settings: bytes, documents: Sequence[str], stamps: Mapping[Path, tuple[int, int] | None]
) -> bytes | NotRead:
    """Read documents in a new process, with pickled settings, and return what it returns, pickled.

    ``stamps`` are those of the sources; return why nothing is read if they are others here.
    """
    if other := [path for path in stamps if stamps[path] != stamp(path)]:
        return NotRead(f"its workers do not have the same {other[0]}")
    with tempfile.TemporaryDirectory(prefix="fleuron-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.joinpath("request").write_bytes(pickle.dumps((settings, tuple(documents))))
        with folder.joinpath("output").open("wb") as output:
            # A pipe that is never written to: at its end, the process knows that its worker has been killed.
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "fleuron.cluster.reading_process", name],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
            )
            code = process.wait()
            assert process.stdin
            process.stdin.close()
        if code:
            lines = folder.joinpath("output").read_text("utf-8", "replace").split("\n")
            last = next((line for line in reversed(lines) if line.strip()), "")
            return NotRead(f"a process of its workers ended with exit code {code}{last and f': {last}'}")
        return folder.joinpath("result").read_bytes()
