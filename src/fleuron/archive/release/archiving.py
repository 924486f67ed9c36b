"""Archive a version: from its tag to a bag and a tar of the same."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from fleuron.archive.bag.bag_info import PROFILE, PROFILE_FILE
from fleuron.archive.bag.tarball import write_tar
from fleuron.archive.bag.writing import root_hash, write_bag
from fleuron.archive.release.build_environment import digest
from fleuron.archive.release.payload import write_payload
from fleuron.archive.release.tagged_version import Release, checked_out, release_of, repository_of, sources
from fleuron.epub.package_metadata import edition_identifier
from fleuron.publish.settings import CommandError, PublicationSettings, read_settings


def archive(source: Path, version: str, folder: Path) -> Path:
    """Build a version's bag and tar in a folder, and return the bag; both take their place when they are whole.

    Raises CommandError where there is no such version, where it cannot be built, and where its bag is there already.
    """
    release, repository = release_of(source, version), repository_of(source)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".", dir=folder) as draft:
        with checked_out(repository, release.commit) as tree:
            settings = read_settings(tree / release.folder)
            bag = folder / f"{settings.name}-{version}"
            if bag.exists():
                raise CommandError(
                    f"{bag} is there, and what was archived is never written again; make verify BAG={bag}"
                )
            made = Path(draft, bag.name)
            pack(tree, {each.path: each.mode for each in sources(tree)}, release, made)
        tar = made.with_name(f"{made.name}.tar")
        write_tar(made, tar, release.moment)
        sum_of_tar = tar.with_name(f"{tar.name}.sha512")
        sum_of_tar.write_text(f"{digest(tar)}  {tar.name}\n", "utf-8")
        for path in (sum_of_tar, tar, made):  # the bag last: where it is, all is
            path.rename(folder / path.name)
    return bag


def pack(tree: Path, modes: Mapping[str, str], release: Release, bag: Path, words: Sequence[str] = ()) -> None:
    """Make a bag of a tree of sources in a new folder, by the command that built it before, if there was one."""
    bag.mkdir()
    settings = write_payload(tree, modes, release, bag / "data", words)
    shutil.copyfile(PROFILE_FILE, bag / "bagit-profile.json")
    write_bag(bag, information(settings, release))


def information(settings: PublicationSettings, release: Release) -> dict[str, str]:
    """Say what a bag is (RFC 8493, 2.2.2); its identifier is that of the publication, in all versions."""
    doi = settings.imprint.get("doi", "")
    return {
        "Source-Organization": settings.publisher or settings.title,
        "External-Identifier": f"https://doi.org/{doi}" if doi else edition_identifier(settings.name, "und"),
        "Internal-Sender-Identifier": f"{settings.name}-{release.version}",
        "Internal-Sender-Description": f"{release.commit_identifier} {release.tree_identifier}",
        "External-Description": f"{settings.title}, version {release.version}",
        "Bagging-Date": release.day.isoformat(),
        "Bag-Software-Agent": "Fleuron",
        "BagIt-Profile-Identifier": PROFILE,
    }


def said(bag: Path) -> dict[str, str]:
    """Read back what a sound bag says of itself."""
    lines = (bag / "bag-info.txt").read_text("utf-8").splitlines()
    return {name: value for name, _, value in (line.partition(": ") for line in lines)}


def told(bag: Path) -> str:
    """Word what was archived, with what proves it later."""
    tar = bag.with_name(f"{bag.name}.tar")
    count = sum(path.is_file() for path in bag.rglob("*"))
    lines = [f"{bag}: {count} files", f"root hash {root_hash(bag)}", f"{tar.name} sha512:{digest(tar)}"]
    return "\n".join(lines)
