"""A bag as one .tar, the same octets for the same bag; and back again."""

from __future__ import annotations

import tarfile
from pathlib import Path

from fleuron.archive.bag.bag_files import survey
from fleuron.archive.bag.digests import open_file
from fleuron.archive.bag.file_names import folders_of
from fleuron.archive.bag.unpacking import LIMITS, Limits, RefusedTar, unpack
from fleuron.atomic_files import replacing_file

__all__ = ["LIMITS", "Limits", "RefusedTar", "unpack", "write_tar"]


def write_tar(folder: Path, target: Path, moment: int) -> None:
    """Write a folder as a .tar without compression, and put it in its place when it is whole.

    Members are sorted, have one date, ``moment`` in seconds since 1970, one mode, and nobody's name. Empty folders are
    left out, as by a manifest. Raise ValueError if the folder holds what a bag may not.
    """
    contents = survey(folder)
    if contents.faults:
        raise ValueError("no .tar can be made: " + "; ".join(str(each) for each in contents.faults))
    if folder.resolve() in target.resolve().parents:
        raise ValueError(f"no .tar of {folder.name} can be made within it")
    with (
        replacing_file(target, durable=True) as draft,
        tarfile.open(draft, mode="x", format=tarfile.PAX_FORMAT, encoding="utf-8") as archive,
    ):
        for path in sorted({"", *folders_of(contents.files), *contents.files}):
            add(archive, folder, path, moment, contents.files.get(path))


def add(archive: tarfile.TarFile, folder: Path, path: str, moment: int, size: int | None) -> None:
    """Add a file of a size, or a folder, which has none."""
    member = tarfile.TarInfo(f"{folder.name}/{path}" if path else folder.name)
    member.mtime = moment
    if size is None:
        member.type, member.mode = tarfile.DIRTYPE, 0o755
        archive.addfile(member)
        return
    member.size, member.mode = size, 0o644
    with open_file(folder, path) as stream:
        archive.addfile(member, stream)
