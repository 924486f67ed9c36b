"""The commands of the archive, as the Makefile calls them; each returns the exit code."""

from __future__ import annotations

from pathlib import Path

from fleuron.archive.bag.verification import faults
from fleuron.archive.release.archiving import archive, said, told
from fleuron.archive.release.ocfl import add_version
from fleuron.archive.release.rebuild import rebuild, verify
from fleuron.archive.release.tagged_version import repository_of
from fleuron.archive.site.versions import put_version, version_of
from fleuron.publish.settings import CommandError, read_settings

FOLDER = "archive"


def archive_folder_of(source: Path) -> Path:
    """Return the folder of a repository's archived versions."""
    return repository_of(source) / FOLDER


def archive_version(source: Path, version: str, ocfl: str) -> int:
    """Archive a version, and add it to an OCFL object if there is to be one."""
    if not version:
        raise CommandError("which version? make archive VERSION=v1.0")
    bag = archive(source, version, archive_folder_of(source))
    print(told(bag))
    if ocfl:
        print(f"{ocfl}: {add_version(Path(ocfl), bag)}")
    return 0


def verify_bag(bag: str, expected: str, again: bool) -> int:
    if not bag:
        raise CommandError("which bag? make verify BAG=archive/…")
    return 0 if verify(Path(bag), expected) and (not again or rebuild(Path(bag))) else 1


def publish_version(source: Path, version: str, site: str) -> int:
    """Put a version on a site, after its bag was verified."""
    if not version or not site:
        raise CommandError("which version, and where? make publish VERSION=v1.0 SITE=folder")
    settings = read_settings(source)
    bag = archive_folder_of(source) / f"{settings.name}-{version}"
    if not bag.is_dir():
        raise CommandError(f"there is no bag {bag}: make archive VERSION={version}")
    if found := faults(bag):
        raise CommandError(
            f"{bag} is not what was archived: {found[0].path}: {found[0].problem}; nothing was published"
        )
    title = said(bag)["External-Description"].rpartition(", version ")[0]
    put_version(bag, version_of(bag, title, settings.imprint.get("doi", "")), Path(site).resolve())
    print(f"{version} → {site}/versions/{version}/")
    return 0
