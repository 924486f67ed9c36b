"""Give the files of an EPUB names in ASCII, which every reading system can find.

EPUB 3.3 (OCF, 4.2.3) allows more; epubcheck warns about spaces (PKG-010) and reports other letters (PKG-012).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from anyascii import anyascii

# The cover that is drawn where conf.py names none.
COVER = "cover.png"
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def ascii_part(part: str) -> str:
    """Transliterate one part of a path, if it needs it: ``бумага`` to ``bumaga``, ``two words`` to ``two-words``."""
    if not UNSAFE.search(part):
        return part
    return UNSAFE.sub("-", anyascii(part)).strip("-.") or "page"


def ascii_names(names: Iterable[str]) -> dict[str, str]:
    """Return a different ASCII path for each path with slashes; one that is safe stays as it is."""
    given: dict[str, str] = {}
    ordered = sorted(names)
    wanted = {name: "/".join(map(ascii_part, name.split("/"))) for name in ordered}
    taken = {name for name in ordered if wanted[name] == name}
    for name in ordered:
        candidate, number = wanted[name], 1
        while candidate != name and candidate in taken:
            number += 1
            candidate = numbered(wanted[name], number)
        taken.add(candidate)
        given[name] = candidate
    return given


def numbered(name: str, number: int) -> str:
    """Insert a number before the suffix of a name, or append it if there is no suffix."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}-{number}.{suffix}" if dot and "/" not in suffix else f"{name}-{number}"


def is_within(folder: Path, name: str) -> bool:
    """Return whether a file with this name is in a folder."""
    path = folder / name
    return path.is_file() and path.resolve().is_relative_to(folder.resolve())
