"""Build an archived version again from the sources in its bag, and compare every file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fleuron.archive.bag.digests import sha512_of
from fleuron.archive.bag.verification_report import opened_bag
from fleuron.archive.release.archiving import build_bag
from fleuron.archive.release.article_changes import changes_from_record
from fleuron.archive.release.build_record import BUILD_RECORD, read_build_record
from fleuron.archive.release.payload import SOURCE


def rebuild(path: Path) -> bool:
    """Build a version again from the sources in its bag, and print which files differ, and why they may."""
    with opened_bag(path) as bag, tempfile.TemporaryDirectory(prefix="fleuron-") as folder:
        release, modes, before = read_build_record(bag / "data" / BUILD_RECORD)
        again = Path(folder, bag.name)
        arguments = [str(argument) for argument in before["command"][1:]]
        tree = copy_sources(bag / "data" / SOURCE, modes, Path(folder, "tree"))
        changes = changes_from_record(before.get("changes"))
        build_bag(tree, modes, release, again, arguments, (Path.cwd(),), changes)
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
