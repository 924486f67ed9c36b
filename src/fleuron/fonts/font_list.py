"""List the installed faces with fontconfig, without reading their files."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# The fields of each face that fontconfig lists; the family comes last, because it may contain any character.
FIELDS = ("file", "index", "weight", "slant", "variable", "family")
QUERY = "\t".join(f"%{{{field}}}" for field in FIELDS) + "\n"


@dataclass(frozen=True, order=True)
class ListedFace:
    """A face as fontconfig lists it.

    ``number`` counts the faces of a collection from 0, ``instance`` the named instances of a
    variable font from 1; 0 is its default, or a font that is not variable.
    """

    path: Path
    number: int
    instance: int
    weight: float
    italic: bool
    families: tuple[str, ...]


def listed_faces() -> list[ListedFace]:
    """List all installed faces; none if fontconfig is not installed."""
    return list(faces_listed_with(os.environ.get("PATH"), os.environ.get("FONTCONFIG_FILE")))


@cache
def faces_listed_with(_path: str | None, _configuration: str | None) -> tuple[ListedFace, ...]:
    """List the faces, once for each setting of the environment: builds ask for them several times."""
    try:
        process = subprocess.run(["fc-list", "--format", QUERY], capture_output=True, check=False)
    except OSError:
        return ()
    return tuple(sorted(parse_fc_list(process.stdout)))


def parse_fc_list(output: bytes) -> Iterator[ListedFace]:
    """Parse the output of fc-list, a line for each face; the line of a variable font as a whole is left out."""
    for line in output.splitlines():
        fields = dict(zip(FIELDS, line.split(b"\t", len(FIELDS) - 1), strict=False))
        try:
            instance, number = divmod(int(fields["index"]), 1 << 16)
            weight, slant = float(fields["weight"]), float(fields["slant"])
        except (KeyError, ValueError):  # the weight of a variable font is a range
            continue
        if fields["variable"] == b"False":
            families = tuple(fields["family"].decode("utf-8", "replace").split(","))
            yield ListedFace(Path(os.fsdecode(fields["file"])), number, instance, weight, slant > 0, families)
