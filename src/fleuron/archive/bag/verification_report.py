"""Verify a bag, which may be a folder or a .tar, and print what is found.

Apart from the building of versions, so that a library needs nothing else to verify a bag.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from fleuron.archive.bag.temporary_folders import temporary_folder
from fleuron.archive.bag.unpacking import UnsafeTar, unpack
from fleuron.archive.bag.verification import verify_files
from fleuron.archive.bag.writing import root_hash
from fleuron.archive.signatures.checking import check_signatures
from fleuron.progress.progress_line import waiting_for
from fleuron.publish.settings import CommandError


@contextmanager
def opened_bag(path: Path) -> Iterator[Path]:
    """Yield the folder of a bag; unpack it first if it is a .tar."""
    if path.is_dir():
        yield path
        return
    with temporary_folder() as folder:
        try:
            with waiting_for(f"unpacking {path.name}"):
                bag = unpack(path, folder / "bag")
        except UnsafeTar as error:
            raise CommandError(f"{path} was refused: {error}") from error
        yield bag


def verify(path: Path, expected: str, trusted: Sequence[Path] = ()) -> bool:
    """Print every fault of a bag with its path, or that there is none; return whether there is none.

    The signatures and timestamps that lie beside it are checked too, by the keys that are ``trusted``.
    """
    if not path.exists():
        raise CommandError(f"there is no bag {path}")
    with opened_bag(path) as bag:
        with waiting_for(f"computing the checksums of {path.name}"):
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
        return check_signatures(path, root_hash(bag), trusted)
