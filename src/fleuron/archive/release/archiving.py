"""Archive a tagged version of a publication as a bag and as a .tar of the bag."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from fleuron.archive.bag.bag_info import PROFILE, PROFILE_FILE
from fleuron.archive.bag.digests import sha512_of
from fleuron.archive.bag.tarball import write_tar
from fleuron.archive.bag.temporary_folders import delete_whole
from fleuron.archive.bag.verification import find_faults
from fleuron.archive.bag.writing import root_hash, write_bag
from fleuron.archive.description.bag_description import BagDescription, describe_bag
from fleuron.archive.release.article_changes import NO_CHANGES, ReleaseChanges, changes_since_last
from fleuron.archive.release.build_environment import build_arguments
from fleuron.archive.release.payload import write_payload
from fleuron.archive.release.tagged_version import Release, check_out, clone, find_release, list_sources, repository_of
from fleuron.archive.signatures.root_hash_file import root_hash_file, write_root_hash
from fleuron.epub.package_metadata import edition_identifier
from fleuron.progress.progress_line import waiting_for
from fleuron.publish.build_folder import locked
from fleuron.publish.settings import CommandError, read_settings
from fleuron.publish.untrusted_sources import check_untrusted

# How the names of folders for drafts begin.
DRAFT = ".draft-"


def archive(source: Path, version: str, folder: Path, *, untrusted: bool = False) -> Path:
    """Build the bag and the .tar of a version in a folder, and return the bag; both get their names when complete.

    Of an ``untrusted`` publication, nothing runs: neither a program in it, nor one that the settings of its repository
    name for Git. Raise CommandError if there is no such version, if it cannot be built, or if it has been archived.
    """
    repository = repository_of(source)
    place = source.resolve().relative_to(repository).as_posix()
    if not untrusted:
        find_release(repository, version, place)  # before a folder is made for it
    with locked(folder), new_draft_folder(folder) as draft_folder:
        if untrusted:
            repository = clone(repository, draft_folder)
        release = find_release(repository, version, place)
        tree = check_out(repository, release.commit, draft_folder)
        if untrusted:
            check_untrusted(tree / release.folder)
        settings = read_settings(tree / release.folder)
        bag = folder / f"{settings.name}-{version}"
        if bag.exists():
            raise CommandError(
                f"{bag} exists already, and an archived version is never written again; "
                f"to check it: fleuron verify {bag}"
            )
        draft = draft_folder / bag.name
        modes = {file.path: file.mode for file in list_sources(repository, release.commit)}
        arguments = build_arguments(version, untrusted=untrusted)
        changes = changes_since_last(repository, release)
        projects = () if untrusted else (source, repository)
        build_bag(tree, modes, release, draft, arguments, projects, changes)
        tar = draft.with_name(f"{draft.name}.tar")
        with waiting_for(f"packing {tar.name}"):
            write_tar(draft, tar, release.moment)
        checksum = tar.with_name(f"{tar.name}.sha512")
        checksum.write_text(f"{sha512_of(tar)}  {tar.name}\n", "utf-8")
        hashed = write_root_hash(draft)
        for path in (checksum, hashed, tar, draft):  # the bag last, because it marks the version as archived
            path.rename(folder / path.name)
    return bag


def archived(source: Path, version: str, folder: Path, *, untrusted: bool = False) -> Path | None:
    """Return the bag of a version that is in a folder already, with its root hash beside it; None if there is none.

    Raise CommandError if it is not what was archived: nobody should sign that.
    """
    if untrusted:
        check_untrusted(source)
    bag = folder / f"{read_settings(source).name}-{version}"
    if not bag.is_dir():
        return None
    if faults := find_faults(bag):
        raise CommandError(f"{bag} is not what was archived: {faults[0]}; nothing was signed")
    if not root_hash_file(bag).exists():
        write_root_hash(bag)
    return bag


@contextmanager
def new_draft_folder(folder: Path) -> Iterator[Path]:
    """Yield a new folder for a draft and all that it is made in; delete those of commands that were killed."""
    for left in folder.glob(f"{DRAFT}*"):
        shutil.rmtree(left, ignore_errors=True)
    draft = Path(tempfile.mkdtemp(prefix=DRAFT, dir=folder))
    try:
        yield draft
    finally:
        delete_whole(draft)


def build_bag(
    tree: Path,
    modes: Mapping[str, str],
    release: Release,
    bag: Path,
    arguments: Sequence[str],
    projects: Sequence[Path] = (),
    changes: ReleaseChanges = NO_CHANGES,
) -> None:
    """Build the bag of a tree of sources in a new folder.

    ``modes`` are Git's modes of the files; ``arguments`` are those by which Python builds; ``projects``
    are folders whose ``node_modules`` may have validators; ``changes`` are those since the last version.
    """
    bag.mkdir()
    description, not_run = write_payload(tree, modes, release, bag / "data", arguments, projects, changes)
    shutil.copyfile(PROFILE_FILE, bag / "bagit-profile.json")
    with waiting_for("describing the bag, and computing the checksums of its files"):
        describe_bag(bag, description)
        write_bag(bag, bag_info_of(description))
    if not_run:
        reasons = "; ".join(not_run)
        print(f"fleuron: not all validators ran, as the reports in the bag say: {reasons}", file=sys.stderr)


def bag_info_of(description: BagDescription) -> dict[str, str]:
    """Return the tags of bag-info.txt (RFC 8493, 2.2.2); External-Identifier is the same for all versions."""
    settings, release, program = description.settings, description.release, description.program
    doi = settings.imprint.get("doi", "")
    identifiers = (release.tag_identifier, release.commit_identifier, release.tree_identifier)
    return {
        "Source-Organization": settings.publisher or settings.title,
        "External-Identifier": f"https://doi.org/{doi}" if doi else edition_identifier(settings.name, "und"),
        "Internal-Sender-Identifier": description.name,
        "Internal-Sender-Description": " ".join(filter(None, identifiers)),
        "External-Description": f"{settings.title}, version {release.version}",
        "Bagging-Date": release.day.isoformat(),
        "Bag-Software-Agent": f"{program.name} {program.version} {program.identifier}",
        "BagIt-Profile-Identifier": PROFILE,
    }


def summary_of(bag: Path, made: str = "") -> str:
    """Return what was archived, with the checksums by which it can be verified later.

    ``made`` says, on a terminal, how large it is and how long it took.
    """
    tar = bag.with_name(f"{bag.name}.tar")
    count = sum(path.is_file() for path in bag.rglob("*"))
    lines = [f"{bag}: {count} files{made}", f"root hash {root_hash(bag)}", f"{tar.name} sha512:{sha512_of(tar)}"]
    return "\n".join(lines)
