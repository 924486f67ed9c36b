"""Encode file names for manifests (RFC 8493, 2.1.3), and find those that a bag must not contain (5.1, 6.1).

A path is relative to the bag's folder, with slashes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Characters that end a line, hide a name or control a terminal; of these, a manifest can encode only CR and LF
# (2.1.3). Marks that change the direction of the text after them can make a name look like another one; the marks
# that Persian names need, such as U+200C, cannot.
CONTROLS = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
# What cannot be printed as it is; surrogates stand for bytes that are not UTF-8.
UNPRINTABLE = re.compile(f"[\r\n\ud800-\udfff]|{CONTROLS.pattern}")
DRIVE = re.compile(r"[A-Za-z]:")
# RFC 8493 sets no limit; a longer path, which systems cannot open, or a deeper one is taken for an attack.
LONGEST, DEEPEST = 1024, 32
LONGEST_PRINTED = 300


def encode_path(path: str) -> str:
    """Percent-encode CR, LF and %, and only these, in a path (RFC 8493, 2.1.3)."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def decode_path(written: str) -> str:
    """Decode a path of a manifest; raise ValueError if anything else is percent-encoded (RFC 8493, 2.1.3)."""
    if re.search(r"%(?!25|0[AaDd])", written):
        raise ValueError(f"“{printable(written)}” has a % that does not encode %, CR or LF")
    return re.sub(r"%(25|0[AaDd])", lambda code: chr(int(code[1], 16)), written)


def printable(path: str) -> str:
    """Return a text with escapes for what cannot be printed, shortened if it is long."""
    escaped = UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode(), path[:LONGEST_PRINTED])
    return escaped + "…" * (len(path) > LONGEST_PRINTED)


def name_problem(path: str) -> str:
    """Return why a path is not allowed, or an empty string.

    What any system takes for a path out of the bag is refused on all (RFC 8493, 5.1), because a bag is made on one and
    kept on others. Names must be in NFC, because some file systems normalise them (6.1.1).
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
        return "has a backslash, which separates folders on other systems"
    if any(DRIVE.match(part) for part in parts):
        return "names a drive"
    if path.startswith("~"):
        return "begins with “~”, which means a home folder"
    if path[0] in " \t":
        return "begins with a space, which a manifest cannot distinguish from the one before a path"
    if re.search("[\ud800-\udfff]", path):
        return "has a name that is not UTF-8"
    if CONTROLS.search(path):
        return "has a control character in its name"
    if not unicodedata.is_normalized("NFC", path):
        return "has a name that is not in Unicode normalization form NFC"
    return ""


def case_folded(path: str) -> str:
    """Return a path in NFC and folded case; it is the same for names that a system may take for one (RFC 8493, 6.1.1).

    Each character is folded to one character (Unicode's simple case folding), as file systems do: ß is not ss, and
    Turkish ı is not i.
    """
    composed = unicodedata.normalize("NFC", path)
    folded = (fold if len(fold := letter.casefold()) == 1 else letter.lower() for letter in composed)
    return unicodedata.normalize("NFC", "".join(folded))


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return all folders above the files or folders with these paths."""
    return {path[: slash.start()] for path in paths for slash in re.finditer("/", path)}


def confusable_names(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Return pairs of paths, of files and of folders, that differ only in letter case or Unicode form.

    Where a file system folds names, one file would replace the other (RFC 8493, 6.1.1.3). The content of two such
    folders is not listed as well.
    """
    first: dict[str, str] = {}
    found = []
    for path in sorted(set(paths)):
        other = first.setdefault(case_folded(path), path)
        if other != path and path.rpartition("/")[0] == other.rpartition("/")[0]:
            found.append((path, other))
    return found
