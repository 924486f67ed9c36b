"""Name new files after titles, and write them without ever replacing one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from anyascii import anyascii

from fleuron.publication.document_names import slug
from fleuron.publish.settings import CommandError

LONGEST_NAME = 60


def file_name_for(title: str) -> str:
    """Return a file name made from a title in any script: ``istoriya-afganistana`` for “История Афганистана”."""
    name = slug(anyascii(title))
    if len(name) > LONGEST_NAME:
        name = name[: LONGEST_NAME + 1].rpartition("-")[0] or name[:LONGEST_NAME]
    return name


def check_absent(paths: Mapping[Path, object] | list[Path], hint: str) -> None:
    """Raise CommandError if one of the files exists; ``hint`` says what to do instead."""
    for path in paths:
        if path.exists() or path.is_symlink():
            raise CommandError(f"{path} exists already; {hint}")


def write_new_files(texts: Mapping[Path, str]) -> None:
    """Write files, which must not exist, with the folders that they are in."""
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
