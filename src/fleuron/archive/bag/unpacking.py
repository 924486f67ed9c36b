"""Unpack a bag from a .tar that may be hostile.

The standard library reads the headers. Its extraction is not used, because its filters allow links, and names that two
systems read differently; which members may be written, and where, is decided here.
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

from fleuron.archive.bag.file_names import confusable_names, folders_of, name_problem, printable

# How many bytes are copied at once; it is also the most that one header may have.
COPY_SIZE = 2**20
# The most bytes of all headers, which are kept in memory.
MOST_HEADER_BYTES = 2**28
BLOCK = tarfile.BLOCKSIZE


class UnsafeTar(ValueError):
    """A .tar that is not unpacked; the message says why."""


@dataclass(frozen=True)
class Limits:
    """The most members that a .tar may have, and the most bytes of each and of all."""

    members: int = 100_000
    size: int = 2**34
    total: int = 2**36


LIMITS = Limits()


class BoundedFile(FileIO):
    """A .tar whose headers are read; tarfile reads as many bytes as a header says, and this class limits them."""

    left = MOST_HEADER_BYTES

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or not 0 <= size <= min(COPY_SIZE, self.left):
            raise UnsafeTar("its headers are too large")
        self.left -= size
        return super().read(size) or b""


def unpack(tar: Path, folder: Path, limits: Limits = LIMITS) -> Path:
    """Unpack a bag into a folder and return the bag's own folder; raise UnsafeTar, and write nothing, if it is unsafe.

    All members are checked before the first is written, and the bag gets its name when it is complete.
    """
    try:
        # Without waiting, for it may be a fifo that nobody writes to.
        with FileIO(os.open(tar, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)) as stream:
            members = check_members(BoundedFile(stream.fileno(), closefd=False), limits)
            return write_members(stream, members, folder)
    except OSError as error:
        reason = error.strerror or "it cannot be read"
    except RecursionError:
        reason = "its headers are nested"
    # tarfile raises any of these for malformed headers.
    except (tarfile.TarError, ValueError, LookupError, ArithmeticError) as error:
        reason = str(error) if isinstance(error, UnsafeTar) else f"it is damaged: {printable(str(error))}"
    raise UnsafeTar(f"{printable(tar.name)} is not unpacked: {reason}")


def check_members(stream: BoundedFile, limits: Limits) -> list[tarfile.TarInfo]:
    """Return the members if all of them may be written, or raise UnsafeTar."""
    status = os.fstat(stream.fileno())
    if not stat.S_ISREG(status.st_mode):
        raise UnsafeTar("it is not a regular file")
    try:
        archive = tarfile.open(fileobj=stream, mode="r:", encoding="utf-8")  # noqa: SIM115 - the stream is ours
    except tarfile.TarError:
        raise UnsafeTar("it is not a .tar, or it is compressed") from None
    members: list[tarfile.TarInfo] = []
    end = total = 0
    for member in archive:
        if len(members) == limits.members:
            raise UnsafeTar(f"it has more than {limits.members} members")
        if problem := member_problem(member, limits):
            raise UnsafeTar(f"{printable(member.name)} {problem}")
        end = member.offset_data + -(-member.size // BLOCK) * BLOCK
        total += member.size
        if end > status.st_size:
            raise UnsafeTar(f"it is cut off in {printable(member.name)}")
        if total > limits.total:
            raise UnsafeTar(f"its members have more than {limits.total} bytes")
        members.append(member)
    check_end(stream, end, status.st_size)
    check_names(members)
    return members


def member_problem(member: tarfile.TarInfo, limits: Limits) -> str:
    """Return why a member by itself is not allowed, or an empty string."""
    if member.issparse() or member.type == tarfile.GNUTYPE_SPARSE:
        return "is a sparse file, whose size differs from that in the .tar"
    if member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.DIRTYPE):
        return "is a link, a device or the like"
    if member.size < 0 or (member.size and member.isdir()):
        return "has an impossible size"
    if member.size > limits.size:
        return f"is larger than {limits.size} bytes"
    return name_problem(member.name)


def check_end(stream: BoundedFile, end: int, length: int) -> None:
    """Raise UnsafeTar unless the members are followed by the two blocks of zeros that end a .tar, and nothing else.

    tarfile takes anything that is not a header for the end.
    """
    stream.seek(end)
    rest = stream.read(length - end) if length - end <= COPY_SIZE else b"more"
    if rest.strip(b"\0"):
        raise UnsafeTar("it contains data that is not a member, or that follows its end")
    if len(rest) < 2 * BLOCK:
        raise UnsafeTar("it is cut off before its end")


def check_names(members: Sequence[tarfile.TarInfo]) -> None:
    """Raise UnsafeTar unless all members are in one folder, and no two can overwrite each other."""
    names = [member.name for member in members]
    folders = folders_of(names)
    tops = sorted({name.partition("/")[0] for name in names})
    files = {member.name for member in members if not member.isdir()}
    if len(tops) != 1 or tops[0] in files:
        raise UnsafeTar("its files are not all in one folder")
    if tops[0].startswith("."):
        raise UnsafeTar(f"its folder {printable(tops[0])} is hidden")
    for name, times in Counter(names).items():
        if times > 1:
            raise UnsafeTar(f"{printable(name)} is in it more than once")
    for name in sorted(folders & files):
        raise UnsafeTar(f"{printable(name)} is in it as a file and as a folder")
    for name, other in confusable_names([*names, *folders]):
        raise UnsafeTar(f"{printable(name)} and {printable(other)} differ only in letter case or Unicode form")


def write_members(stream: FileIO, members: Sequence[tarfile.TarInfo], folder: Path) -> Path:
    """Write members that have been checked, and return their folder; leave nothing if that fails."""
    top = members[0].name.partition("/")[0]
    target = folder / top
    if os.path.lexists(target):
        raise UnsafeTar(f"{printable(top)} exists already")
    folder.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".unpacked-", dir=folder))
    try:
        for member in members:
            path = draft / member.name
            if member.isdir():
                path.mkdir(parents=True, exist_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                copy_member(stream, member, path)
        (draft / top).rename(target)
    finally:
        shutil.rmtree(draft)
    return target


def copy_member(stream: FileIO, member: tarfile.TarInfo, path: Path) -> None:
    """Write the content of a member to a new file, without the mode and the owner that the .tar gives."""
    stream.seek(member.offset_data)
    remaining = member.size
    with path.open("xb") as written:
        while remaining:
            if not (block := stream.read(min(COPY_SIZE, remaining))):
                raise UnsafeTar(f"it is cut off in {printable(member.name)}")
            written.write(block)
            remaining -= len(block)
