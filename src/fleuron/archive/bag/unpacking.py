"""Unpack a bag from a .tar that anyone may have made.

The standard library reads the headers; what may be written, and where, is decided here, and its own extraction is not
used: its filters pass links, and names that two systems read differently.
"""

from __future__ import annotations

import os
import shutil
import stat
import tarfile
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from fleuron.archive.bag.file_names import folders_of, name_problem, shown, twins

# More than a header ever needs, and how much is copied at once.
PIECE = 2**20
# How much all headers may take, which stay in the memory until the last is read.
HEADERS = 2**28
BLOCK = tarfile.BLOCKSIZE


class RefusedTar(ValueError):
    """A .tar that is not unpacked; the message is a sentence that says why."""


@dataclass(frozen=True)
class Limits:
    """How much a .tar may hold: its members, the octets of each, and of all."""

    members: int = 100_000
    size: int = 2**34
    total: int = 2**36


LIMITS = Limits()


class Headers(FileIO):
    """The headers of a .tar: tarfile reads each as large as it says it is, and here no larger than is right."""

    left = HEADERS

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or not 0 <= size <= min(PIECE, self.left):
            raise RefusedTar("its headers are too large")
        self.left -= size
        return super().read(size) or b""


def unpack(tar: Path, folder: Path, limits: Limits = LIMITS) -> Path:
    """Unpack a bag into a folder, and return the bag's own; raise RefusedTar, and leave nothing, if it is not safe.

    All members are looked at before the first is written, and the bag takes its place when it is whole.
    """
    try:
        # Without waiting, for it may be a fifo that nobody writes to.
        with FileIO(os.open(tar, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)) as stream:
            members = checked(Headers(stream.fileno(), closefd=False), limits)
            return write(stream, members, folder)
    except OSError as error:
        reason = error.strerror or "it cannot be read"
    except RecursionError:
        reason = "its headers stand in each other"
    # tarfile raises any of these for headers that were made to confuse it.
    except (tarfile.TarError, ValueError, LookupError, ArithmeticError) as error:
        reason = str(error) if isinstance(error, RefusedTar) else f"it is damaged: {shown(str(error))}"
    raise RefusedTar(f"{shown(tar.name)} is not unpacked: {reason}")


def checked(stream: Headers, limits: Limits) -> list[tarfile.TarInfo]:
    """Return the members if all of them may be written; else raise RefusedTar."""
    status = os.fstat(stream.fileno())
    if not stat.S_ISREG(status.st_mode):
        raise RefusedTar("it is no file")
    try:
        archive = tarfile.open(fileobj=stream, mode="r:", encoding="utf-8")  # noqa: SIM115 - the stream is ours
    except tarfile.TarError:
        raise RefusedTar("it is no .tar, or it is compressed") from None
    members: list[tarfile.TarInfo] = []
    end = total = 0
    for member in archive:
        if len(members) == limits.members:
            raise RefusedTar(f"it has more than {limits.members} members")
        if problem := member_problem(member, limits):
            raise RefusedTar(f"{shown(member.name)} {problem}")
        end = member.offset_data + -(-member.size // BLOCK) * BLOCK
        total += member.size
        if end > status.st_size:
            raise RefusedTar(f"it breaks off in {shown(member.name)}")
        if total > limits.total:
            raise RefusedTar(f"it holds more than {limits.total} octets")
        members.append(member)
    check_end(stream, end, status.st_size)
    check_names(members)
    return members


def member_problem(member: tarfile.TarInfo, limits: Limits) -> str:
    """Say why one member is refused, whatever the others are."""
    if member.issparse() or member.type == tarfile.GNUTYPE_SPARSE:
        return "is a sparse file, whose size is not what the .tar holds"
    if member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.DIRTYPE):
        return "is a link, a device or the like"
    if member.size < 0 or (member.size and member.isdir()):
        return "has a size that it cannot have"
    if member.size > limits.size:
        return f"is larger than {limits.size} octets"
    return name_problem(member.name)


def check_end(stream: Headers, end: int, length: int) -> None:
    """Make sure that the members are followed by the two blocks of zeros that end a .tar, and by nothing else.

    tarfile takes whatever is no header for the end.
    """
    stream.seek(end)
    rest = stream.read(length - end) if length - end <= PIECE else b"more"
    if rest.strip(b"\0"):
        raise RefusedTar("something that is no member stands in it, or follows its end")
    if len(rest) < 2 * BLOCK:
        raise RefusedTar("it breaks off before its end")


def check_names(members: Sequence[tarfile.TarInfo]) -> None:
    """Make sure that the members have one folder above them all, and that no two take one place."""
    names = [member.name for member in members]
    folders = folders_of(names)
    tops = sorted({name.partition("/")[0] for name in names})
    files = {member.name for member in members if not member.isdir()}
    if len(tops) != 1 or tops[0] in files:
        raise RefusedTar("it does not hold one folder, and all else in it")
    if tops[0].startswith("."):
        raise RefusedTar(f"its folder {shown(tops[0])} is a hidden one")
    for name, times in Counter(names).items():
        if times > 1:
            raise RefusedTar(f"{shown(name)} is in it more than once")
    for name in sorted(folders & files):
        raise RefusedTar(f"{shown(name)} is in it as a file and as a folder")
    for name, other in twins([*names, *folders]):
        raise RefusedTar(f"{shown(name)} and {shown(other)} differ in letter case or Unicode form alone")


def write(stream: FileIO, members: Sequence[tarfile.TarInfo], folder: Path) -> Path:
    """Write members that are checked; nothing stays if that fails."""
    top = members[0].name.partition("/")[0]
    place = folder / top
    if os.path.lexists(place):
        raise RefusedTar(f"{shown(top)} is there already")
    folder.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".unpacked-", dir=folder))
    try:
        for member in members:
            path = draft / member.name
            if member.isdir():
                path.mkdir(parents=True, exist_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                copy(stream, member, path)
        (draft / top).rename(place)
    finally:
        shutil.rmtree(draft)
    return place


def copy(stream: FileIO, member: tarfile.TarInfo, path: Path) -> None:
    """Write a file anew, with no mode but what new files have, and nothing of what the .tar says of its owner."""
    stream.seek(member.offset_data)
    left = member.size
    with path.open("xb") as written:
        while left:
            if not (piece := stream.read(min(PIECE, left))):
                raise RefusedTar(f"it breaks off in {shown(member.name)}")
            written.write(piece)
            left -= len(piece)
