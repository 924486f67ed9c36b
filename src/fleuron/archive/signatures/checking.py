"""Check the root hash that lies beside a bag, and all its signatures and timestamps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from fleuron.archive.signatures.kinds import CHECKS, kind_of_trust
from fleuron.archive.signatures.root_hash_file import read_root_hash, root_hash_file


def check_signatures(path: Path, root_hash: str, trusted: Sequence[Path] = ()) -> bool:
    """Print what lies beside a bag about its root hash, and return whether none of it is wrong.

    ``path`` is the bag's folder or .tar, whose root hash this is. If keys are ``trusted``, each must have signed it.
    """
    by_kind: dict[str, list[Path]] = {suffix: [] for suffix in CHECKS}
    for key in trusted:
        by_kind[kind_of_trust(key)].append(key)
    file = root_hash_file(path)
    faults = list(root_hash_faults(file, root_hash, any(file.with_name(file.name + each).exists() for each in CHECKS)))
    for fault in faults:
        print(fault)
    if faults or not file.exists():
        return not faults and not missing(by_kind, path)
    is_right = True
    for suffix, (name, check) in CHECKS.items():
        signature = file.with_name(file.name + suffix)
        if not signature.exists():
            continue
        keys: list[Path | None] = [*by_kind.pop(suffix)] or [None]
        for trust in keys:
            checked = check(file, signature, trust)
            right = checked.is_good and (checked.is_trusted or trust is None)
            is_right = is_right and right
            print(f"{signature.name}: {name if right else f'wrong {name}'}, {checked.sentence}")
    return not missing(by_kind, path) and is_right


def root_hash_faults(file: Path, root_hash: str, is_signed: bool) -> Iterator[str]:
    """Yield what is wrong with the file of a root hash; that there is none is wrong if there is a signature of it."""
    if not file.exists():
        if is_signed:
            yield f"{file.name}: is missing, so that what is signed cannot be known"
        return
    try:
        told = read_root_hash(file)
    except (OSError, ValueError) as error:
        yield f"{file.name}: cannot be used: {error}"
        return
    if told != root_hash:
        yield f"{file.name}: is not that of this bag, which is {root_hash}"


def missing(by_kind: dict[str, list[Path]], path: Path) -> bool:
    """Print which trusted keys have signed nothing, and return whether there is one."""
    keys = [key for listed in by_kind.values() for key in listed]
    for key in keys:
        print(f"{root_hash_file(path).name}: has no signature or timestamp that {key.name} could prove")
    return bool(keys)
