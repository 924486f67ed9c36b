"""The programs that lay out pages, by their versions: what was laid out by others is laid out again."""

from __future__ import annotations

import ctypes
import hashlib
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("weasyprint", "pydyf", "tinycss2", "pyphen", "fonttools", "pikepdf")
# Libraries of the system, each with the function that tells its version.
LIBRARIES = {"pango-1.0.so.0": "pango_version_string", "harfbuzz.so.0": "hb_version_string"}


@cache
def engine() -> str:
    """Name the programs with their versions, and the press's own by the digest of its modules.

    Raises OSError where Pango is not installed.
    """
    packages = [f"{name} {version(name)}" for name in PACKAGES]
    libraries = [f"{name} {told(name, function)}" for name, function in LIBRARIES.items()]
    return "; ".join([*packages, *libraries, f"press {own_digest()}"])


def told(name: str, function: str) -> str:
    """Ask a library for its version."""
    if sys.platform == "darwin":
        name = "{}.{}.dylib".format(*name.split(".so."))
    ask = getattr(ctypes.CDLL(f"lib{name}"), function)
    ask.restype = ctypes.c_char_p
    return bytes(ask()).decode("ascii")


def own_digest() -> str:
    """Return a digest of the modules of this room."""
    found = hashlib.sha256()
    room = Path(__file__).parents[1]
    for path in sorted(room.rglob("*.*")):
        if path.suffix in (".py", ".dic"):
            found.update(path.relative_to(room).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]
