"""Prove that a bag is what it was: every deviation, with its path (RFC 8493, 3: complete and valid).

A bag is held against itself, and against its root hash where that is known from elsewhere: who can write in a bag can
write all its manifests again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from fleuron.archive.bag.bag_files import Contents, Fault, fault, survey, unreadable
from fleuron.archive.bag.bag_info import LIMIT as INFO_LIMIT
from fleuron.archive.bag.bag_info import info_problems, oxum
from fleuron.archive.bag.digests import Digest, digest_all, tag_text
from fleuron.archive.bag.file_names import shown
from fleuron.archive.bag.manifests import (
    BAG_INFO,
    DECLARATION,
    MANIFEST,
    TAG_MANIFEST,
    Manifest,
    foreign,
    read_manifest,
)
from fleuron.archive.bag.manifests import LIMIT as MANIFEST_LIMIT
from fleuron.archive.bag.writing import root_hash

VERSION = "1.0"
DECLARED = re.compile(
    r"BagIt-Version: (\d+\.\d+)(?:\r\n|\r|\n)Tag-File-Character-Encoding: ([^\r\n]+)(?:\r\n|\r|\n)", re.ASCII
)
DECLARATION_LIMIT = 2**10
ROOT_HASH = re.compile(r"sha512:[0-9a-f]{128}")
MISSING = "is missing"


@dataclass(frozen=True)
class Proof:
    """What came of reading a bag: its faults, normally none, and how many files and octets were read for it."""

    faults: tuple[Fault, ...]
    files: int
    octets: int


def faults(bag: Path, expected: str = "") -> list[Fault]:
    """List every deviation of a bag, sorted; also if its root hash is not the ``expected`` one."""
    return list(prove(bag, expected).faults)


def prove(bag: Path, expected: str = "") -> Proof:
    """Read all of a bag, and say what deviates; whatever it holds, nothing is raised."""
    contents = survey(bag)
    payload, tags = contents.payload(), contents.tags()
    found = {*contents.faults, *foreign(contents.files)}
    if "data" not in contents.folders:
        found.add(Fault("data", MISSING))
    found.update(declaration_faults(bag, contents))
    found.update(info_faults(bag, contents))
    found.update(root_faults(bag, contents, expected))

    lists = {name: read_list(bag, contents, name, found) for name in (MANIFEST, TAG_MANIFEST)}
    listed = {path for each in lists.values() if each for path in each.entries}
    # A file that is not listed is read only if it may be one that is missing, under another name.
    to_read = contents.files.keys() if listed - contents.files.keys() else contents.files.keys() & listed
    digests, unread = digest_all(bag, to_read)
    found.update(unread)
    tags.pop(TAG_MANIFEST, None)  # it cannot list itself
    for name, files in ((MANIFEST, payload), (TAG_MANIFEST, tags)):
        if manifest := lists[name]:
            found.update(manifest.faults)
            found.update(deviations(name, manifest.entries, files.keys(), contents.others, digests))
    return Proof(tuple(sorted(found)), len(digests), sum(each.octets for each in digests.values()))


def text_of(bag: Path, contents: Contents, name: str, limit: int) -> str | Fault | None:
    """Read a text tag file, or say why not; None where something else stands in its place, which is told already."""
    if name not in contents.files:
        return None if name in contents.others else Fault(name, MISSING)
    try:
        return tag_text(bag, name, limit)
    except OSError as error:
        return Fault(name, unreadable(error))
    except ValueError as error:
        return Fault(name, str(error))


def declaration_faults(bag: Path, contents: Contents) -> Iterator[Fault]:
    """Find what is wrong with bagit.txt (RFC 8493, 2.1.1)."""
    text = text_of(bag, contents, DECLARATION, DECLARATION_LIMIT)
    if isinstance(text, Fault):
        yield text
    elif text is not None:
        if not (declared := DECLARED.fullmatch(text)):
            yield Fault(DECLARATION, "is not the two lines of a bag's declaration")
            return
        version, encoding = declared.groups()
        if version != VERSION:
            yield Fault(DECLARATION, f"declares BagIt {shown(version)}, not {VERSION}")
        if encoding.upper() != "UTF-8":
            yield Fault(DECLARATION, f"declares the encoding {shown(encoding)}, not UTF-8")


def info_faults(bag: Path, contents: Contents) -> Iterator[Fault]:
    """Find what is wrong with bag-info.txt, which the profile requires (RFC 8493, 2.2.2)."""
    text = text_of(bag, contents, BAG_INFO, INFO_LIMIT)
    if isinstance(text, Fault):
        yield text
    elif text is not None:
        for problem in info_problems(text, oxum(contents.payload().values())):
            yield Fault(BAG_INFO, problem)


def root_faults(bag: Path, contents: Contents, expected: str) -> Iterator[Fault]:
    """Hold the root hash against the expected one, if there is one; no tag manifest, or none that can be, has none."""
    wanted = expected.strip().lower()
    if wanted and not ROOT_HASH.fullmatch(wanted):
        yield Fault(TAG_MANIFEST, f"cannot be held against “{shown(expected)}”, which is no root hash")
    elif wanted and contents.files.get(TAG_MANIFEST, MANIFEST_LIMIT + 1) <= MANIFEST_LIMIT:
        try:
            found = root_hash(bag)
        except OSError as error:
            yield Fault(TAG_MANIFEST, unreadable(error))
            return
        if found != wanted:
            yield Fault(TAG_MANIFEST, f"is not the one expected: the root hash of the bag is {found}")


def read_list(bag: Path, contents: Contents, name: str, found: set[Fault]) -> Manifest | None:
    """Read a manifest; without one nothing is listed, and that is told once and not of every file."""
    text = text_of(bag, contents, name, MANIFEST_LIMIT)
    if isinstance(text, str):
        return read_manifest(name, text)
    if text:
        found.add(text)
    return None


def deviations(
    name: str, entries: Mapping[str, str], present: Set[str], others: Set[str], digests: Mapping[str, Digest]
) -> Iterator[Fault]:
    """Hold what a manifest lists against what is there; a file that was moved is told by its content.

    Where a link stands, or the like, that is told already.
    """
    lost = {sha512: path for path, sha512 in entries.items() if path not in digests or digests[path].sha512 != sha512}

    def moved(path: str) -> str:
        origin = lost.get(digests[path].sha512) if path in digests else None
        return f"; it is what {shown(origin)} was" if origin else ""

    for path, sha512 in entries.items():
        if path not in present and path not in others:
            yield fault(path, MISSING)
        elif path in digests and digests[path].sha512 != sha512:
            problem = "is not what it was" if digests[path].octets else "is empty, and was not"
            yield fault(path, problem + moved(path))
    for path in present - entries.keys():
        yield fault(path, f"is not listed in {name}" + moved(path))
