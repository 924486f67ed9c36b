"""Read and write manifests, lines of a checksum and a path (RFC 8493, 2.1.3 and 2.2.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from fleuron.archive.bag.bag_files import Fault, fault_at
from fleuron.archive.bag.file_names import decode_path, encode_path, name_problem, printable

DECLARATION = "bagit.txt"
BAG_INFO = "bag-info.txt"
MANIFEST = "manifest-sha512.txt"
TAG_MANIFEST = "tagmanifest-sha512.txt"
# In bytes, enough for some 180,000 files; a larger manifest is taken for an attempt to exhaust the memory.
LIMIT = 2**25
# The most faulty lines of a file that are reported one by one.
MOST_PROBLEMS = 20

LINE_END = re.compile(r"\r\n|\r|\n")
ENTRY = re.compile(r"([0-9A-Fa-f]{128})[ \t]+([^ \t].*)")
ANY_MANIFEST = re.compile(r"(?:tag)?manifest-(.*)\.txt", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Manifest:
    """A manifest: the SHA-512 of each path, in lower case, and the faults of its lines."""

    entries: Mapping[str, str]
    faults: tuple[Fault, ...] = ()


def manifest_text(digests: Mapping[str, str]) -> str:
    """Return a manifest sorted by path, so that the same files give the same manifest."""
    return "".join(f"{digest}  {encode_path(path)}\n" for path, digest in sorted(digests.items()))


def lines_of(text: str) -> tuple[list[str], list[str]]:
    """Return the lines of a tag file, and a problem if the last line is not terminated (RFC 8493, 2.3)."""
    lines = LINE_END.split(text)
    if not lines[-1]:
        return lines[:-1], []
    return lines, ["is cut off: its last line has no line end"]


def limit_problems(problems: Iterable[str]) -> list[str]:
    """Keep the first problems and count the others, so that a file of faulty lines cannot exhaust the memory."""
    iterator = iter(problems)
    first = list(islice(iterator, MOST_PROBLEMS))
    more = sum(1 for _problem in iterator)
    return [*first, f"has {more} more faulty lines"] if more else first


def read_manifest(name: str, text: str) -> Manifest:
    """Read a manifest of payload files, or of tag files if that is its name; a line with a fault is not an entry."""
    entries: dict[str, str] = {}
    repeated: set[str] = set()
    lines, cut_off = lines_of(text)

    def bad_lines() -> Iterator[str]:
        for number, line in enumerate(lines, 1):
            try:
                path, digest = read_entry(line, of_tags=name == TAG_MANIFEST)
            except ValueError as error:
                yield f"has a fault in line {number}: {error}"
                continue
            if path in entries:
                repeated.add(path)
            entries.setdefault(path, digest)

    faults = [fault_at(name, problem) for problem in limit_problems(chain(cut_off, bad_lines()))]
    faults += [fault_at(path, f"is listed more than once in {name}") for path in repeated]
    return Manifest(entries, tuple(faults))


def read_entry(line: str, of_tags: bool) -> tuple[str, str]:
    """Return the path and the checksum of a line; raise ValueError if it is not a valid entry."""
    if not (entry := ENTRY.fullmatch(line)):
        raise ValueError(f"“{printable(line)}” is not a SHA-512 checksum and a path")
    digest, written = entry.groups()
    path = decode_path(written)
    if problem := name_problem(path):
        raise ValueError(f"“{printable(path)}” {problem}")
    if path.startswith("data/") == of_tags:
        raise ValueError(f"“{printable(path)}” is {'a' if of_tags else 'not a'} payload file")
    if of_tags and ANY_MANIFEST.fullmatch(path) and path.startswith("tag"):
        raise ValueError(f"“{printable(path)}” is a tag manifest itself")
    return path, digest.lower()


def unexpected_files(paths: Iterable[str]) -> list[Fault]:
    """Find files that BagIt allows and Fleuron's bags do not have: fetch.txt, and manifests with other checksums.

    Fleuron's bags are complete, so that nothing has to be fetched (RFC 8493, 2.2.3). They have only SHA-512, because
    every manifest must list every payload file (2.1.3), and a weak checksum beside a strong one misleads.
    """
    found = []
    for path in paths:
        if path.lower() == "fetch.txt":
            found.append(fault_at(path, "lists files to fetch, but Fleuron's bags are complete"))
        elif (manifest := ANY_MANIFEST.fullmatch(path)) and path not in (MANIFEST, TAG_MANIFEST):
            kind = printable(manifest[1])
            found.append(fault_at(path, f"is a manifest with “{kind}” checksums, but Fleuron's bags have only sha512"))
    return found
