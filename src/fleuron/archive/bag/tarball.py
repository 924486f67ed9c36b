"""Write a bag as a .tar; the same bag gives the same bytes."""

from __future__ import annotations

import tarfile
from pathlib import Path

from fleuron.archive.bag.bag_files import list_contents
from fleuron.archive.bag.digests import open_file
from fleuron.archive.bag.file_names import folders_of
from fleuron.atomic_files import replacing_file


def write_tar(folder: Path, target: Path, moment: int) -> None:
    """Write a folder as a .tar without compression.

    All members have the date ``moment``, in seconds since 1970, the same mode and no owner; they are sorted. Empty
    folders are left out, as in a manifest. Raise ValueError if the folder contains what is not allowed in a bag.
    """
    contents = list_contents(folder)
    if contents.faults:
        raise ValueError("cannot make a .tar: " + "; ".join(map(str, contents.faults)))
    if folder.resolve() in target.resolve().parents:
        raise ValueError(f"cannot make a .tar of {folder.name} within it")
    with (
        replacing_file(target, durable=True) as draft,
        tarfile.open(draft, mode="x", format=tarfile.PAX_FORMAT, encoding="utf-8") as archive,
    ):
        for path in sorted({"", *folders_of(contents.files), *contents.files}):
            add_member(archive, folder, path, moment, contents.files.get(path))


def add_member(archive: tarfile.TarFile, folder: Path, path: str, moment: int, size: int | None) -> None:
    """Add a file, or a folder, whose size is None."""
    member = tarfile.TarInfo(f"{folder.name}/{path}" if path else folder.name)
    member.mtime = moment
    if size is None:
        member.type, member.mode = tarfile.DIRTYPE, 0o755
        archive.addfile(member)
        return
    member.size, member.mode = size, 0o644
    with open_file(folder, path) as stream:
        archive.addfile(member, stream)
