"""Verify that a bag is complete and valid (RFC 8493, 3), and find every fault with its path.

A bag is compared with its own manifests and, if that is given, with its root hash: whoever can write to a bag can
replace its manifests too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from fleuron.archive.bag.bag_files import Fault, FolderContents, fault_at, list_contents, unreadable
from fleuron.archive.bag.bag_info import LIMIT as INFO_LIMIT
from fleuron.archive.bag.bag_info import bag_info_problems, payload_oxum
from fleuron.archive.bag.digests import Digest, digest_all, read_tag_file
from fleuron.archive.bag.file_names import printable
from fleuron.archive.bag.manifests import (
    BAG_INFO,
    DECLARATION,
    MANIFEST,
    TAG_MANIFEST,
    Manifest,
    read_manifest,
    unexpected_files,
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
class VerificationResult:
    """The faults of a bag, and how many files and bytes were read."""

    faults: tuple[Fault, ...]
    files: int
    size: int


def find_faults(bag: Path, expected: str = "") -> list[Fault]:
    """Return all faults of a bag, sorted; one of them may be that its root hash is not the ``expected`` one."""
    return list(verify_files(bag, expected).faults)


def verify_files(bag: Path, expected: str = "") -> VerificationResult:
    """Read all files of a bag and find its faults; raise no error, whatever it contains."""
    contents = list_contents(bag)
    payload, tags = contents.payload(), contents.tags()
    found = {*contents.faults, *unexpected_files(contents.files)}
    if "data" not in contents.folders:
        found.add(Fault("data", MISSING))
    found.update(declaration_faults(bag, contents))
    found.update(info_faults(bag, contents))
    found.update(root_faults(bag, contents, expected))

    lists = {name: read_manifest_file(bag, contents, name, found) for name in (MANIFEST, TAG_MANIFEST)}
    listed = {path for manifest in lists.values() if manifest for path in manifest.entries}
    # An unlisted file is read only if it may be a missing one that was renamed.
    to_read = contents.files.keys() if listed - contents.files.keys() else contents.files.keys() & listed
    digests, unread = digest_all(bag, to_read)
    found.update(unread)
    tags.pop(TAG_MANIFEST, None)  # it cannot list itself
    for name, files in ((MANIFEST, payload), (TAG_MANIFEST, tags)):
        if manifest := lists[name]:
            found.update(manifest.faults)
            found.update(compare_with_manifest(name, manifest.entries, files.keys(), contents.others, digests))
    return VerificationResult(tuple(sorted(found)), len(digests), sum(digest.size for digest in digests.values()))


def read_tag_text(bag: Path, contents: FolderContents, name: str, limit: int) -> str | Fault | None:
    """Return the text of a tag file or the fault; None if it is a link or the like, which is reported already."""
    if name not in contents.files:
        return None if name in contents.others else Fault(name, MISSING)
    try:
        return read_tag_file(bag, name, limit)
    except OSError as error:
        return Fault(name, unreadable(error))
    except ValueError as error:
        return Fault(name, str(error))


def declaration_faults(bag: Path, contents: FolderContents) -> Iterator[Fault]:
    """Find what is wrong with bagit.txt (RFC 8493, 2.1.1)."""
    text = read_tag_text(bag, contents, DECLARATION, DECLARATION_LIMIT)
    if isinstance(text, Fault):
        yield text
    elif text is not None:
        if not (declared := DECLARED.fullmatch(text)):
            yield Fault(DECLARATION, "is not a bag declaration of two lines")
            return
        version, encoding = declared.groups()
        if version != VERSION:
            yield Fault(DECLARATION, f"declares BagIt {printable(version)}, not {VERSION}")
        if encoding.upper() != "UTF-8":
            yield Fault(DECLARATION, f"declares the encoding {printable(encoding)}, not UTF-8")


def info_faults(bag: Path, contents: FolderContents) -> Iterator[Fault]:
    """Find what is wrong with bag-info.txt, which the profile requires (RFC 8493, 2.2.2)."""
    text = read_tag_text(bag, contents, BAG_INFO, INFO_LIMIT)
    if isinstance(text, Fault):
        yield text
    elif text is not None:
        for problem in bag_info_problems(text, payload_oxum(contents.payload().values())):
            yield Fault(BAG_INFO, problem)


def root_faults(bag: Path, contents: FolderContents, expected: str) -> Iterator[Fault]:
    """Compare the root hash with the expected one, if that is given and the tag manifest is of a valid size."""
    wanted = expected.strip().lower()
    if wanted and not ROOT_HASH.fullmatch(wanted):
        yield Fault(TAG_MANIFEST, f"cannot be compared with “{printable(expected)}”, which is not a root hash")
    elif wanted and contents.files.get(TAG_MANIFEST, MANIFEST_LIMIT + 1) <= MANIFEST_LIMIT:
        try:
            found = root_hash(bag)
        except OSError as error:
            yield Fault(TAG_MANIFEST, unreadable(error))
            return
        if found != wanted:
            yield Fault(TAG_MANIFEST, f"is not the one that was expected: the root hash of the bag is {found}")


def read_manifest_file(bag: Path, contents: FolderContents, name: str, found: set[Fault]) -> Manifest | None:
    """Read a manifest, or add the fault why it cannot be read to ``found``.

    Without a manifest, that is the only fault; the files that it should list are not reported one by one.
    """
    text = read_tag_text(bag, contents, name, MANIFEST_LIMIT)
    if isinstance(text, str):
        return read_manifest(name, text)
    if text:
        found.add(text)
    return None


def compare_with_manifest(
    name: str, entries: Mapping[str, str], present: Set[str], others: Set[str], digests: Mapping[str, Digest]
) -> Iterator[Fault]:
    """Compare the entries of a manifest with the files; recognise a renamed file by its content.

    Links and the like (``others``) are reported already.
    """
    lost = {sha512: path for path, sha512 in entries.items() if path not in digests or digests[path].sha512 != sha512}

    def renamed(path: str) -> str:
        origin = lost.get(digests[path].sha512) if path in digests else None
        return f"; it has the content that {printable(origin)} had" if origin else ""

    for path, sha512 in entries.items():
        if path not in present and path not in others:
            yield fault_at(path, MISSING)
        elif path in digests and digests[path].sha512 != sha512:
            problem = "has changed" if digests[path].size else "is empty now"
            yield fault_at(path, problem + renamed(path))
    for path in present - entries.keys():
        yield fault_at(path, f"is not listed in {name}" + renamed(path))
