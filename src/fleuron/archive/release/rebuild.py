"""Verify a bag: what it holds is what it says; and built again, it is the same, or why not."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fleuron.archive.bag.unpacking import UnsafeTar, unpack
from fleuron.archive.bag.verification import verify_files
from fleuron.archive.bag.writing import root_hash
from fleuron.archive.release.archiving import pack
from fleuron.archive.release.build_environment import digest
from fleuron.archive.release.payload import BUILD, SOURCE, read_build
from fleuron.publish.settings import CommandError


@contextmanager
def opened(path: Path) -> Iterator[Path]:
    """Return the folder of a bag, which may be one or a tar of one."""
    if path.is_dir():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="fleuron-") as folder:
        try:
            bag = unpack(path, Path(folder, "bag"))
        except UnsafeTar as refused:
            raise CommandError(f"{path} is refused: {refused}") from refused
        yield bag


def verify(path: Path, expected: str) -> bool:
    """Print each fault of a bag with its path, or that there is none; return whether there is none."""
    if not path.exists():
        raise CommandError(f"there is no bag {path}")
    with opened(path) as bag:
        proof = verify_files(bag, expected)
        for fault in proof.faults:
            print(f"{fault.path}: {fault.problem}")
        if proof.faults:
            count = len(proof.faults)
            print(f"fleuron: {path} is not what was archived: {count} fault{'s' if count > 1 else ''}")
            return False
        print(f"{path}: {proof.files} files, {proof.size:,} bytes, all as the bag says")
        print(
            f"root hash {root_hash(bag)}{'' if expected else ' (compare it with the one that was published: EXPECT=…)'}"
        )
        return True


def rebuild(path: Path) -> bool:
    """Build the version again from the source in its bag, and print file by file what differs, and why it may."""
    with opened(path) as bag, tempfile.TemporaryDirectory(prefix="fleuron-") as folder:
        release, modes, before = read_build(bag / "data" / BUILD)
        again = Path(folder, bag.name)
        words = [str(word) for word in before["command"][1:]]
        pack(copied(bag / "data" / SOURCE, modes, Path(folder, "tree")), modes, release, again, words)
        old, new = contents(bag), contents(again)
        same = [name for name in old if old[name] == new.get(name)]
        different = [*(f"{name}: differs" for name in old if name in new and old[name] != new[name])]
        different += [f"{name}: was not built" for name in old if name not in new]
        different += [f"{name}: is new" for name in new if name not in old]
        for name in same:
            print(f"{name}: identical")
        for line in sorted(different):
            print(line)
        for reason in reasons(before, read_build(again / "data" / BUILD)[2]) if different else ():
            print(f"because {reason}")
        print(f"{len(same)} of {len(old)} files are identical")
        return not different


def copied(source: Path, modes: Mapping[str, str], target: Path) -> Path:
    """Copy the sources of a bag, so that a build may write beside them and the bag stays as it is."""
    for name in modes:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes((source / name).read_bytes())
    return target


def contents(bag: Path) -> dict[str, str]:
    """List the files of a bag with their checksums."""
    return {path.relative_to(bag).as_posix(): digest(path) for path in sorted(bag.rglob("*")) if path.is_file()}


def reasons(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Say what is another than it was when the version was archived: programs, libraries and fonts."""
    if before.get("python") != now.get("python"):
        yield f"Python was {before.get('python')}, and is {now.get('python')}"
    for kind in ("packages", "libraries"):
        old, new = before.get(kind, {}), now.get(kind, {})
        for name in sorted({*old, *new}):
            if old.get(name) != new.get(name):
                yield f"{name} was {old.get(name, 'not there')}, and is {new.get(name, 'not there')}"
    old, new = ({font["name"]: font["sha512"] for font in facts.get("fonts", ())} for facts in (before, now))
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            change = "another" if name in old and name in new else "not there" if name in old else "new"
            yield f"the font {name} is {change}"
