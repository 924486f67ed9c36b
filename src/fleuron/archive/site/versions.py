"""Released versions on the site: each in a folder of its own that is never written again, and a page that lists them.

The site is ``SITE/``, with the latest version's pages; ``SITE/versions/<version>/`` has those of each, as its bag has
them, and ``SITE/versions/<version>.json`` what the list says of it. A page knows its own version, and leads to
``versions/index.html`` of the site that it stands in: in the latest that is the list, in an older one a page of its bag
that leads on to the list.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from fleuron.archive.bag.writing import root_hash
from fleuron.archive.release.build_environment import digest
from fleuron.archive.release.payload import BUILD, read_build
from fleuron.archive.site.page_templates import LIST, VERSIONS, rendered
from fleuron.atomic_files import draft_of, replace_folder
from fleuron.publish.settings import CommandError

FORMATS = {".pdf": "PDF", ".epub": "EPUB"}


@dataclass(frozen=True)
class File:
    """A file of a version: its address below the version's folder, its format and its SHA-512."""

    address: str
    format: str
    checksum: str


@dataclass(frozen=True)
class Version:
    """What the list says of a release; ``moment`` is that of its commit, in seconds since 1970."""

    version: str
    title: str
    day: str
    moment: int
    doi: str
    root_hash: str
    tree: str
    files: tuple[File, ...]


def version_of(bag: Path, title: str, doi: str) -> Version:
    """Read what a bag says of its version."""
    release, _, _ = read_build(bag / "data" / BUILD)
    site = bag / "data" / "site"
    listed = sorted(path for path in site.rglob("*") if path.suffix in FORMATS)
    offered = [File(path.relative_to(site).as_posix(), FORMATS[path.suffix], digest(path)) for path in listed]
    facts = (release.day.isoformat(), release.moment, doi, root_hash(bag), release.tree_identifier)
    return Version(release.version, title, *facts, tuple(offered))


def put_version(bag: Path, version: Version, site: Path) -> None:
    """Publish a bag's site as a version, and as the latest if it is; the site is the old until it is the new one."""
    made = draft_of(site)
    shutil.rmtree(made, ignore_errors=True)  # of a run that was interrupted
    site.parent.mkdir(parents=True, exist_ok=True)
    listed = [each for each in versions(site) if each.version != version.version]
    if len(listed) != len(list(versions(site))):
        raise CommandError(f"version {version.version} stands on the site: a released version is never written again")
    copy_released(site, made / VERSIONS, listed)
    shutil.copytree(bag / "data" / "site", made / VERSIONS / version.version)
    record = json.dumps(asdict(version), ensure_ascii=False, indent=2) + "\n"
    (made / VERSIONS / f"{version.version}.json").write_text(record, "utf-8")
    listed = sorted([*listed, version], key=lambda each: (each.moment, each.version), reverse=True)
    (made / VERSIONS / LIST).write_text(page(listed), "utf-8")
    copy_latest(made / VERSIONS / listed[0].version, made)
    if site.is_dir():
        copy_others(site, made, {each.version for each in listed})
    try:
        replace_folder(made, site)
    except OSError as error:
        raise CommandError(
            f"the file system of {site} cannot exchange two folders in one step: {error.strerror}"
        ) from error


def versions(site: Path) -> Iterator[Version]:
    """Read what stands on a site."""
    for path in sorted((site / VERSIONS).glob("*.json")):
        told = json.loads(path.read_text("utf-8"))
        yield Version(**{**told, "files": tuple(File(**each) for each in told["files"])})


def copy_released(site: Path, target: Path, listed: Sequence[Version]) -> None:
    """Take the released folders over as they are: the same files, under a second name."""
    target.mkdir(parents=True)
    for each in listed:
        shutil.copytree(site / VERSIONS / each.version, target / each.version, copy_function=os.link)
        os.link(site / VERSIONS / f"{each.version}.json", target / f"{each.version}.json")


def copy_latest(latest: Path, made: Path) -> None:
    """Let the latest version be the site, but for its page that leads to the list.

    Copied, and not linked: whoever edits a file of the site is not to change what was released.
    """
    for path in sorted(latest.iterdir()):
        if path.name == VERSIONS:
            continue
        if path.is_dir():
            shutil.copytree(path, made / path.name)
        else:
            shutil.copyfile(path, made / path.name)


def copy_others(site: Path, made: Path, released: set[str]) -> None:
    """Keep what others put beside the versions, such as a file by which a host knows the site's name."""
    ours = {path.name for version in released for path in (site / VERSIONS / version).glob("*")}
    for path in site.iterdir():
        if path.name not in ours | {VERSIONS} and not (made / path.name).exists():
            if path.is_dir():
                shutil.copytree(path, made / path.name, symlinks=True)
            else:
                shutil.copy2(path, made / path.name, follow_symlinks=False)


def page(listed: Sequence[Version]) -> str:
    """Make the page that lists all versions, the latest first."""
    return rendered("versions.html", title=listed[0].title, versions=listed, quote=quote)
