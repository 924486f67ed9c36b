"""The names of files in an EPUB: letters, digits and hyphens of ASCII, which every reading system can find.

EPUB 3.3 (OCF, 4.2.3) would allow more; epubcheck warns of spaces (PKG-010) and mentions other letters (PKG-012).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from anyascii import anyascii

UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def plain(part: str) -> str:
    """Write one part of a path in ASCII: ``бумага`` as ``bumaga``, ``two words`` as ``two-words``."""
    return UNSAFE.sub("-", anyascii(part)).strip("-.") or "page"


def plain_names(names: Iterable[str]) -> dict[str, str]:
    """Give each name, a path with slashes, one of its own; a plain one keeps its own."""
    given: dict[str, str] = {}
    listed = sorted(names)
    wanted = {name: "/".join(part if is_plain(part) else plain(part) for part in name.split("/")) for name in listed}
    taken = {name for name in listed if wanted[name] == name}
    for name in listed:
        found, number = wanted[name], 1
        while found != name and found in taken:
            number += 1
            found = numbered(wanted[name], number)
        taken.add(found)
        given[name] = found
    return given


def is_plain(part: str) -> bool:
    return not UNSAFE.search(part)


def numbered(name: str, number: int) -> str:
    """Tell names apart by a number before their suffix, if they have one."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}-{number}.{suffix}" if dot and "/" not in suffix else f"{name}-{number}"
