"""Names of files in a bag: how a manifest writes them (RFC 8493, 2.1.3), and which are refused (5.1, 6.1).

A path is relative to the bag's folder, with slashes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Characters that end a line, hide a name or make a terminal do something. CR and LF alone have a written form in a
# manifest (2.1.3). The marks that turn the direction of all that follows are used to show a name as another; those
# that Persian needs in a name, such as U+200C, do no such thing.
CONTROLS = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
# What cannot be printed as it is; the surrogates stand for octets that are not UTF-8.
UNPRINTABLE = re.compile(f"[\r\n\ud800-\udfff]|{CONTROLS.pattern}")
DRIVE = re.compile(r"[A-Za-z]:")
# RFC 8493 sets no limit; a path that no system can open, or in more folders than anyone made, is there to be a burden.
LONGEST, DEEPEST = 1024, 32
SHOWN = 300


def encoded(path: str) -> str:
    """Write a path as a manifest does: CR, LF and %, and only those, are percent-encoded (RFC 8493, 2.1.3)."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def decoded(written: str) -> str:
    """Read a path of a manifest; raise ValueError if anything else is percent-encoded (RFC 8493, 2.1.3)."""
    if re.search(r"%(?!25|0[AaDd])", written):
        raise ValueError(f"“{shown(written)}” has a % that encodes neither %, CR nor LF")
    return re.sub(r"%(25|0[AaDd])", lambda code: chr(int(code[1], 16)), written)


def shown(path: str) -> str:
    """Word a path so that it can be printed whatever is in it."""
    printed = UNPRINTABLE.sub(lambda each: each[0].encode("unicode_escape").decode(), path[:SHOWN])
    return printed + "…" * (len(path) > SHOWN)


def name_problem(path: str) -> str:
    """Say why a path is refused, or return an empty text.

    Whatever one system reads as a way out of the bag is refused on all (RFC 8493, 5.1): a bag is made on one and kept
    on others. Names are in NFC, so that a system that composes them finds one, not two or none (6.1.1).
    """
    if len(path) > LONGEST or path.count("/") > DEEPEST:
        return "has a path that is too long"
    parts = path.split("/")
    if path.startswith("/"):
        return "is an absolute path"
    if ".." in parts:
        return "leads out of its folder with “..”"
    if "" in parts or "." in parts:
        return "has an empty part or “.” in its path"
    if "\\" in path:
        return "has a backslash, which parts folders on other systems"
    if any(DRIVE.match(part) for part in parts):
        return "names a drive"
    if path.startswith("~"):
        return "begins with “~”, which means someone's home"
    if path[0] in " \t":
        return "begins with a space, which no manifest can tell from the one before it"
    if re.search("[\ud800-\udfff]", path):
        return "has a name that is not UTF-8"
    if CONTROLS.search(path):
        return "has a control character in its name"
    if not unicodedata.is_normalized("NFC", path):
        return "has a name that is not in Unicode's form NFC"
    return ""


def folded(path: str) -> str:
    """Return what is the same for names that a system may take for one (RFC 8493, 6.1.1).

    This is Unicode's simple folding, one character for one, as file systems do: ß is not ss to them. Turkish ı is not
    i here, nor to them.
    """
    composed = unicodedata.normalize("NFC", path)
    single = (fold if len(fold := each.casefold()) == 1 else each.lower() for each in composed)
    return unicodedata.normalize("NFC", "".join(single))


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return the folders that paths stand in, and those in which these do."""
    return {path[: slash.start()] for path in paths for slash in re.finditer("/", path)}


def twins(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Find paths, of files and of folders, that differ only in letter case or Unicode form: each and the one before it.

    RFC 8493, 6.1.1.3: such names become one file, or another one, where a file system folds them.
    """
    before: dict[str, str] = {}
    found = []
    for path in sorted(set(paths)):
        other = before.setdefault(folded(path), path)
        # Where two folders are twins, what they hold is not told again.
        if other != path and path.rpartition("/")[0] == other.rpartition("/")[0]:
            found.append((path, other))
    return found
