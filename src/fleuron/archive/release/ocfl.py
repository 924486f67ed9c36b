"""Add a bag to an OCFL storage root (OCFL 1.1), which stores the equal files of all versions once."""

from __future__ import annotations

import datetime
from pathlib import Path

from fleuron.archive.bag.bag_info import read_bag_info
from fleuron.archive.release.build_record import BUILD_RECORD, read_build_record
from fleuron.publish.settings import CommandError

LAYOUT = "0003-hash-and-id-n-tuple-storage-layout"


def add_version(root: Path, bag: Path) -> str:
    """Add a bag as a version of the publication's object, which has the bag's identifier; return what was added."""
    try:
        import ocfl  # type: ignore[import-untyped]  # ocfl-py 2.1 has no types
    except ImportError as error:
        raise CommandError('an OCFL storage root needs ocfl-py: pip install "fleuron[ocfl]"') from error
    root = root.resolve()
    store = ocfl.StorageRoot(root=str(root), layout_name=LAYOUT)
    if root.is_dir() and not any(root.iterdir()):
        root.rmdir()  # ocfl-py 2.1 requires that it does not exist yet
    if root.exists():
        store.open_root_fs()
        store.check_root_structure()
    else:
        root.parent.mkdir(parents=True, exist_ok=True)
        store.initialize()
    info, (release, _, _) = read_bag_info(bag), read_build_record(bag / "data" / BUILD_RECORD)
    identifier = info["External-Identifier"]
    folder = root / store.object_path(identifier)
    metadata = ocfl.VersionMetadata(
        created=datetime.datetime.fromtimestamp(release.moment, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        message=info["External-Description"],
        name=info["Source-Organization"],
    )
    if folder.exists():
        inventory = ocfl.Object().add_version_with_content(
            objdir=str(folder), srcdir=str(bag), metadata=metadata, abort_if_no_difference=True
        )
        if inventory is None:
            return f"{identifier} has this version already"
    else:
        folder.parent.mkdir(parents=True)  # ocfl-py 2.1 makes only the last folder
        inventory = ocfl.Object(identifier=identifier).create(srcdir=str(bag), metadata=metadata, objdir=str(folder))
    return f"{identifier} {inventory.head}"
