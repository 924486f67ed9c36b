"""Write the root hash of a bag beside it, in a file of its own, which others can sign and timestamp.

No signature can be in a bag: it would change the hash that it signs. So that a bag that is moved keeps them, they lie
beside it, with its name: ``small-v1.0.roothash``, and ``.sig``, ``.minisig`` and ``.tsr`` after that.
"""

from __future__ import annotations

import re
from pathlib import Path

from fleuron.archive.bag.writing import root_hash
from fleuron.atomic_files import write_file

SUFFIX = ".roothash"
LINE = re.compile(r"(sha512:[0-9a-f]{128})  [^\n]+\n")


def root_hash_file(path: Path) -> Path:
    """Return where the root hash of a bag is, given the bag's folder or its .tar."""
    name = path.absolute().name
    return path.absolute().with_name(name.removesuffix(".tar") + SUFFIX)


def write_root_hash(bag: Path) -> Path:
    """Write the root hash of a bag, with its name, and return the file."""
    target = root_hash_file(bag)
    write_file(target, f"{root_hash(bag)}  {bag.name}\n")
    return target


def read_root_hash(file: Path) -> str:
    """Return the root hash that a file tells; raise ValueError if it tells none."""
    found = LINE.fullmatch(file.read_text("utf-8", "replace"))
    if not found:
        raise ValueError(f"{file.name} is not a root hash and a name")
    return found[1]
