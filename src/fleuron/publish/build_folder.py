"""Keep a build folder to one command at a time, and begin anew what an interrupted command has left half built."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fleuron.folder_locks import locked

# Where a command keeps what it needs until it ends: not in the system's own folder, where a killed one would leave it.
TEMPORARY = Path("editions", ".temporary")
# Where Sphinx keeps what it has read: ENV_PICKLE_FILENAME of sphinx.application, whose import takes longer than all
# else that a command does if nothing has changed.
ENVIRONMENT = "environment.pickle"
# What drafts are called, and what was put aside for one.
DRAFTS = (".*.old", ".*.part", "*/.*.old", "*/.*.part")
# The end of the names of the files that mark the formats of an edition that are being built.
UNFINISHED = ".unfinished"


@contextmanager
def reserved(build: Path) -> Iterator[Path]:
    """Keep other commands out of a build folder, and yield a new temporary folder in it."""
    with locked(build):
        temporary = build / TEMPORARY
        try:
            clear(build)  # of what an interrupted command has left
            temporary.mkdir(parents=True)
            yield temporary
        finally:
            clear(build)


def clear(folder: Path) -> None:
    """Delete the temporary folder of a build folder, and the drafts of formats and of what is published of them.

    A folder that was put aside for a new one, which was not put in its place, is published again.
    """
    shutil.rmtree(folder / TEMPORARY, ignore_errors=True)
    for old in (*folder.glob(".*.old"), *folder.glob("*/.*.old")):
        published = old.with_name(old.name[1:].removesuffix(".old"))
        if not published.exists():
            old.rename(published)
    for draft in (path for pattern in DRAFTS for path in folder.glob(pattern)):
        if draft.is_dir():
            shutil.rmtree(draft, ignore_errors=True)
        else:
            draft.unlink(missing_ok=True)


def begin_edition(edition: Path, output: Path, doctrees: Path) -> None:
    """Mark the build of a format of an edition as unfinished; if an earlier one is, delete what it may have left torn.

    ``output`` is the folder that the format is written to, ``doctrees`` that of what Sphinx has read.
    """
    mark = edition / f"{output.name}{UNFINISHED}"
    if any(edition.glob(f"*{UNFINISHED}")):
        (doctrees / ENVIRONMENT).unlink(missing_ok=True)  # Sphinx reads all sources again
    if mark.exists():
        shutil.rmtree(output, ignore_errors=True)
    edition.mkdir(parents=True, exist_ok=True)
    mark.touch()


def end_edition(edition: Path, output: Path) -> None:
    """Take note that a format of an edition is written as a whole."""
    (edition / f"{output.name}{UNFINISHED}").unlink(missing_ok=True)
