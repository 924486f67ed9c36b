"""What a bag's folder holds, and what it must not hold.

Paths to read are found here alone, by looking; no path that is written in a bag is ever opened. So nothing outside a
bag is read, whatever its manifests say (RFC 8493, 5.1).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fleuron.archive.bag.file_names import name_problem, shown, twins

# What else a folder can hold, by the letter that `ls` has for it.
KINDS = {"l": "a symbolic link", "b": "a device", "c": "a device", "p": "a fifo", "s": "a socket"}


@dataclass(frozen=True, order=True)
class Fault:
    """A deviation: the path of what deviates, as it can be printed, and how."""

    path: str
    problem: str

    def __str__(self) -> str:
        return f"{self.path} {self.problem}"


def fault(path: str, problem: str) -> Fault:
    """Report what deviates at a path that anyone may have written."""
    return Fault(shown(path), problem)


@dataclass(frozen=True)
class Contents:
    """The files of a folder with their size in octets, its folders, what is neither, and the faults of all these."""

    files: Mapping[str, int]
    folders: frozenset[str]
    others: frozenset[str]
    faults: tuple[Fault, ...]

    def payload(self) -> dict[str, int]:
        """Return the files below data/ (RFC 8493, 2.1.2)."""
        return {path: size for path, size in self.files.items() if path.startswith("data/")}

    def tags(self) -> dict[str, int]:
        """Return the tag files, which are all the others (RFC 8493, 2.2.4)."""
        return {path: size for path, size in self.files.items() if not path.startswith("data/")}


def survey(folder: Path) -> Contents:
    """Look through a folder without following a link; what cannot be looked at is a fault.

    Hard links are files as any: backups that keep what is alike only once make them, and a name more changes nothing
    of what is read. Empty folders are left alone: no manifest can list one (RFC 8493, 2.1.3).
    """
    files: dict[str, int] = {}
    folders: set[str] = set()
    others: set[str] = set()
    faults: list[Fault] = []
    waiting = [""]  # no recursion: a hostile bag has more folders in each other than Python has frames
    while waiting:
        above = waiting.pop()
        try:
            with os.scandir(folder / above) as entries:
                found = [(f"{above}/{entry.name}" if above else entry.name, entry) for entry in entries]
        except OSError as error:
            faults.append(fault(above or ".", unreadable(error)))
            continue
        for path, entry in found:
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError as error:
                faults.append(fault(path, unreadable(error)))
                continue
            if problem := name_problem(path):
                faults.append(fault(path, problem))
            if stat.S_ISREG(status.st_mode):
                files[path] = status.st_size
            elif stat.S_ISDIR(status.st_mode):
                waiting.append(path)
                folders.add(path)
            else:
                others.add(path)
                kind = KINDS.get(stat.filemode(status.st_mode)[0], "neither file nor folder")
                faults.append(fault(path, f"is {kind}, which no bag may hold"))
    for path, other in twins((*files, *folders, *others)):
        faults.append(fault(path, f"differs from {shown(other)} in letter case or Unicode form alone"))
    return Contents(dict(sorted(files.items())), frozenset(folders), frozenset(others), tuple(sorted(faults)))


def unreadable(error: OSError) -> str:
    return f"cannot be read: {error.strerror or error}"
