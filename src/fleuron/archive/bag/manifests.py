"""Manifests: lines of a checksum and a path (RFC 8493, 2.1.3 and 2.2.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from fleuron.archive.bag.bag_files import Fault, fault
from fleuron.archive.bag.file_names import decoded, encoded, name_problem, shown

DECLARATION = "bagit.txt"
BAG_INFO = "bag-info.txt"
MANIFEST = "manifest-sha512.txt"
TAG_MANIFEST = "tagmanifest-sha512.txt"
# Some 180,000 files, more than a press will ever bag: a larger manifest is there to fill the memory.
LIMIT = 2**25
# How many bad lines of a file are told one by one.
TOLD = 20

LINE_END = re.compile(r"\r\n|\r|\n")
ENTRY = re.compile(r"([0-9A-Fa-f]{128})[ \t]+([^ \t].*)")
ANY_MANIFEST = re.compile(r"(?:tag)?manifest-(.*)\.txt", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Manifest:
    """What a manifest lists: the SHA-512 of each path in lower case; and what is wrong with its lines."""

    entries: Mapping[str, str]
    faults: tuple[Fault, ...] = ()


def manifest_text(digests: Mapping[str, str]) -> str:
    """Write a manifest, sorted by path, so that the same files have the same manifest."""
    return "".join(f"{digest}  {encoded(path)}\n" for path, digest in sorted(digests.items()))


def lines_of(text: str) -> tuple[list[str], list[str]]:
    """Part a text tag file in its lines, and tell if the last has no end (RFC 8493, 2.3)."""
    lines = LINE_END.split(text)
    if not lines[-1]:
        return lines[:-1], []
    return lines, ["breaks off: its last line has no end"]


def told(problems: Iterable[str]) -> list[str]:
    """Keep the first of many problems, and count the others: a file of nothing else would fill the memory."""
    found = iter(problems)
    first = list(islice(found, TOLD))
    more = sum(1 for _problem in found)
    return [*first, f"has {more} more faults of its lines"] if more else first


def read_manifest(name: str, text: str) -> Manifest:
    """Read a manifest of payload files, or of tag files if that is its name.

    A line that is not understood in full lists nothing.
    """
    entries: dict[str, str] = {}
    twice: set[str] = set()
    lines, broken = lines_of(text)

    def bad_lines() -> Iterator[str]:
        for number, line in enumerate(lines, 1):
            try:
                path, digest = read_entry(line, of_tags=name == TAG_MANIFEST)
            except ValueError as error:
                yield f"has a fault in line {number}: {error}"
                continue
            if path in entries:
                twice.add(path)
            entries.setdefault(path, digest)

    faults = [fault(name, problem) for problem in told(chain(broken, bad_lines()))]
    faults += [fault(path, f"is listed more than once in {name}") for path in twice]
    return Manifest(entries, tuple(faults))


def read_entry(line: str, of_tags: bool) -> tuple[str, str]:
    """Read a line of a manifest; raise ValueError if it lists nothing that it may list."""
    if not (entry := ENTRY.fullmatch(line)):
        raise ValueError(f"“{shown(line)}” is no SHA-512 and a path")
    digest, written = entry.groups()
    path = decoded(written)
    if problem := name_problem(path):
        raise ValueError(f"“{shown(path)}” {problem}")
    if path.startswith("data/") == of_tags:
        raise ValueError(f"“{shown(path)}” is {'a' if of_tags else 'no'} payload file")
    if of_tags and ANY_MANIFEST.fullmatch(path) and path.startswith("tag"):
        raise ValueError(f"“{shown(path)}” is a tag manifest itself")
    return path, digest.lower()


def foreign(paths: Iterable[str]) -> list[Fault]:
    """Find the files that BagIt defines and a bag of the press does not have.

    Every manifest must list every payload file (RFC 8493, 2.1.3), and a weak one beside the strong only invites to be
    believed. A bag of the press is complete, so that it needs no fetch.txt (2.2.3) and fetches nothing.
    """
    found = []
    for path in paths:
        if path.lower() == "fetch.txt":
            found.append(fault(path, "asks to fetch files, and a bag of the press is complete"))
        elif (kind := ANY_MANIFEST.fullmatch(path)) and path not in (MANIFEST, TAG_MANIFEST):
            found.append(
                fault(path, f"is a manifest of “{shown(kind[1])}”, and those of the press are of sha512 alone")
            )
    return found
