"""Verify an archived version, and build it again from its bag to compare every file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fleuron.archive.bag.digests import sha512_of
from fleuron.archive.bag.unpacking import UnsafeTar, unpack
from fleuron.archive.bag.verification import verify_files
from fleuron.archive.bag.writing import root_hash
from fleuron.archive.release.archiving import build_bag
from fleuron.archive.release.payload import BUILD_RECORD, SOURCE, read_build_record
from fleuron.publish.settings import CommandError


@contextmanager
def opened_bag(path: Path) -> Iterator[Path]:
    """Yield the folder of a bag; unpack it first if it is a .tar."""
    if path.is_dir():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="fleuron-") as folder:
        try:
            bag = unpack(path, Path(folder, "bag"))
        except UnsafeTar as error:
            raise CommandError(f"{path} was refused: {error}") from error
        yield bag


def verify(path: Path, expected: str) -> bool:
    """Print every fault of a bag with its path, or that there is none; return whether there is none."""
    if not path.exists():
        raise CommandError(f"there is no bag {path}")
    with opened_bag(path) as bag:
        result = verify_files(bag, expected)
        for fault in result.faults:
            print(f"{fault.path}: {fault.problem}")
        if result.faults:
            count = len(result.faults)
            print(f"fleuron: {path} is not what was archived: {count} fault{'s' if count > 1 else ''}")
            return False
        print(f"{path}: {result.files} files, {result.size:,} bytes, all as listed in the bag")
        hint = "" if expected else " (compare it with the published one: --expect sha512:…)"
        print(f"root hash {root_hash(bag)}{hint}")
        return True


def rebuild(path: Path) -> bool:
    """Build a version again from the sources in its bag, and print which files differ, and why they may."""
    with opened_bag(path) as bag, tempfile.TemporaryDirectory(prefix="fleuron-") as folder:
        release, modes, before = read_build_record(bag / "data" / BUILD_RECORD)
        again = Path(folder, bag.name)
        arguments = [str(argument) for argument in before["command"][1:]]
        tree = copy_sources(bag / "data" / SOURCE, modes, Path(folder, "tree"))
        build_bag(tree, modes, release, again, arguments, projects=(Path.cwd(),))
        old, new = checksums_of(bag), checksums_of(again)
        identical = [name for name in old if old[name] == new.get(name)]
        different = [*(f"{name}: differs" for name in old if name in new and old[name] != new[name])]
        different += [f"{name}: was not built" for name in old if name not in new]
        different += [f"{name}: is new" for name in new if name not in old]
        for name in identical:
            print(f"{name}: identical")
        for line in sorted(different):
            print(line)
        for reason in reasons_of(before, read_build_record(again / "data" / BUILD_RECORD)[2]) if different else ():
            print(f"possible reason: {reason}")
        print(f"{len(identical)} of {len(old)} files are identical")
        return not different


def copy_sources(source: Path, modes: Mapping[str, str], target: Path) -> Path:
    """Copy the sources of a bag to a folder that the build may write to, and return that."""
    for name in modes:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes((source / name).read_bytes())
    return target


def checksums_of(bag: Path) -> dict[str, str]:
    """Return the SHA-512 of all files of a bag by path."""
    return {path.relative_to(bag).as_posix(): sha512_of(path) for path in sorted(bag.rglob("*")) if path.is_file()}


def reasons_of(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Yield the programs, libraries and fonts that are not those with which the version was archived."""
    if before.get("python") != now.get("python"):
        yield f"Python was {before.get('python')} and is now {now.get('python')}"
    old_program, new_program = before.get("program", {}), now.get("program", {})
    if old_program and old_program != new_program:
        versions = old_program.get("version"), new_program.get("version")
        changed = "its modules differ" if versions[0] == versions[1] else f"was {versions[0]} and is now {versions[1]}"
        yield f"Fleuron: {changed}"
    for kind in ("packages", "libraries"):
        old, new = before.get(kind, {}), now.get(kind, {})
        for name in sorted({*old, *new}):
            if old.get(name) != new.get(name):
                yield f"{name} was {old.get(name, 'not installed')} and is now {new.get(name, 'not installed')}"
    old, new = ({font["name"]: font["sha512"] for font in record.get("fonts", ())} for record in (before, now))
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            change = "has changed" if name in old and name in new else "is missing" if name in old else "is new"
            yield f"the font {name} {change}"
