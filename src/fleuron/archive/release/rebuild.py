"""Build an archived version again from the sources in its bag, and compare every file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fleuron.archive.bag.digests import sha512_of
from fleuron.archive.bag.temporary_folders import temporary_folder
from fleuron.archive.bag.verification_report import opened_bag
from fleuron.archive.release.archiving import build_bag
from fleuron.archive.release.article_changes import changes_from_record
from fleuron.archive.release.build_record import BUILD_RECORD, read_build_record
from fleuron.archive.release.payload import SOURCE
from fleuron.archive.release.rebuild_differences import differences_between, reasons_of, verdict_of


def rebuild(path: Path) -> bool:
    """Build a version again from the sources in its bag, and print which files differ, how, and why they may.

    Return whether what readers and libraries get is identical.
    """
    with opened_bag(path) as bag, temporary_folder() as folder:
        release, modes, before = read_build_record(bag / "data" / BUILD_RECORD)
        again = Path(folder, bag.name)
        arguments = [str(argument) for argument in before["command"][1:]]
        tree = copy_sources(bag / "data" / SOURCE, modes, Path(folder, "tree"))
        changes = changes_from_record(before.get("changes"))
        build_bag(tree, modes, release, again, arguments, (Path.cwd(),), changes)
        old, new = checksums_of(bag), checksums_of(again)
        differences = differences_between(bag, again, old, new)
        identical = [name for name in old if old[name] == new.get(name)]
        for name in identical:
            print(f"{name}: identical")
        for difference in differences:
            print(f"{difference.path}: {difference.sentence}")
        now = read_build_record(again / "data" / BUILD_RECORD)[2]
        reasons = list(reasons_of(before, now)) if differences else []
        for reason in reasons:
            print(f"possible reason: {reason}")
        print(f"{len(identical)} of {len(old)} files are identical: {verdict_of(differences, reasons)}")
        return all(difference.is_explained for difference in differences)


def copy_sources(source: Path, modes: Mapping[str, str], target: Path) -> Path:
    """Copy the sources of a bag to a folder that the build may write to, and return that."""
    for name in modes:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes((source / name).read_bytes())
    return target


def checksums_of(bag: Path) -> dict[str, str]:
    """Return the SHA-512 of all files of a bag by path."""
    return {path.relative_to(bag).as_posix(): sha512_of(path) for path in sorted(bag.rglob("*")) if path.is_file()}
