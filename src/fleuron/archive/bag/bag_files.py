"""List the files of a bag's folder, and report what a bag must not contain.

Only paths that are found here are opened, never one that a manifest names; so nothing outside a bag is read, whatever
its manifests say (RFC 8493, 5.1).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fleuron.archive.bag.file_names import confusable_names, name_problem, printable

# What a folder can contain beside files and folders, by the letter that `ls` shows.
KINDS = {"l": "a symbolic link", "b": "a device", "c": "a device", "p": "a fifo", "s": "a socket"}


@dataclass(frozen=True, order=True)
class Fault:
    """A fault of a bag: the path of the file or folder, in printable form, and what is wrong with it."""

    path: str
    problem: str

    def __str__(self) -> str:
        return f"{self.path} {self.problem}"


def fault_at(path: str, problem: str) -> Fault:
    """Return a fault at a path that may contain any character."""
    return Fault(printable(path), problem)


@dataclass(frozen=True)
class FolderContents:
    """The content of a folder: files with their size in bytes, folders, others (links, devices, …), and faults."""

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


def list_contents(folder: Path) -> FolderContents:
    """List a folder and its subfolders without following a link; what cannot be read is a fault.

    A hard link counts as a file: backups that store equal files once make them, and another name does not change the
    content. Empty folders are not a fault, although no manifest can list one (RFC 8493, 2.1.3).
    """
    files: dict[str, int] = {}
    folders: set[str] = set()
    others: set[str] = set()
    faults: list[Fault] = []
    unread = [""]  # no recursion: a hostile bag may nest folders deeper than Python's stack
    while unread:
        parent = unread.pop()
        try:
            with os.scandir(folder / parent) as entries:
                found = [(f"{parent}/{entry.name}" if parent else entry.name, entry) for entry in entries]
        except OSError as error:
            faults.append(fault_at(parent or ".", unreadable(error)))
            continue
        for path, entry in found:
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError as error:
                faults.append(fault_at(path, unreadable(error)))
                continue
            if problem := name_problem(path):
                faults.append(fault_at(path, problem))
            if stat.S_ISREG(status.st_mode):
                files[path] = status.st_size
            elif stat.S_ISDIR(status.st_mode):
                unread.append(path)
                folders.add(path)
            else:
                others.add(path)
                kind = KINDS.get(stat.filemode(status.st_mode)[0], "neither a file nor a folder")
                faults.append(fault_at(path, f"is {kind}, which is not allowed in a bag"))
    for path, other in confusable_names((*files, *folders, *others)):
        faults.append(fault_at(path, f"differs from {printable(other)} only in letter case or Unicode form"))
    return FolderContents(dict(sorted(files.items())), frozenset(folders), frozenset(others), tuple(sorted(faults)))


def unreadable(error: OSError) -> str:
    return f"cannot be read: {error.strerror or error}"
