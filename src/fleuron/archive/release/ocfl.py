"""Add a version to an object of an OCFL storage root (OCFL 1.1), where equal files of all versions are stored once."""

from __future__ import annotations

import datetime
from pathlib import Path

from fleuron.archive.release.archiving import said
from fleuron.archive.release.payload import BUILD, read_build
from fleuron.publish.settings import CommandError

LAYOUT = "0003-hash-and-id-n-tuple-storage-layout"


def add_version(root: Path, bag: Path) -> str:
    """Add a bag as a version of the publication's object, which has the bag's identifier; return a word on it."""
    try:
        import ocfl  # type: ignore[import-untyped]  # ocfl-py 2.1 has none
    except ImportError as error:
        raise CommandError("an OCFL root needs the package ocfl-py: pip install fleuron[ocfl]") from error
    root = root.resolve()
    store = ocfl.StorageRoot(root=str(root), layout_name=LAYOUT)
    if root.is_dir() and not any(root.iterdir()):
        root.rmdir()  # ocfl-py 2.1 makes it itself
    if root.exists():
        store.open_root_fs()
        store.check_root_structure()
    else:
        root.parent.mkdir(parents=True, exist_ok=True)
        store.initialize()
    info, (release, _, _) = said(bag), read_build(bag / "data" / BUILD)
    identifier = info["External-Identifier"]
    place = root / store.object_path(identifier)
    facts = ocfl.VersionMetadata(
        created=datetime.datetime.fromtimestamp(release.moment, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        message=info["External-Description"],
        name=info["Source-Organization"],
    )
    if place.exists():
        made = ocfl.Object().add_version_with_content(
            objdir=str(place), srcdir=str(bag), metadata=facts, abort_if_no_difference=True
        )
        if made is None:
            return f"{identifier} has this version already"
    else:
        place.parent.mkdir(parents=True)  # ocfl-py 2.1 makes the last folder alone
        made = ocfl.Object(identifier=identifier).create(srcdir=str(bag), metadata=facts, objdir=str(place))
    return f"{identifier} {made.head}"
