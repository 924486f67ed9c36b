"""Publish released versions on a site: each in a folder that is never written again, and a page that lists them.

``SITE/`` has the pages of the latest version; ``SITE/versions/<version>/`` those of each version, as its bag has them,
and ``SITE/versions/<version>.json`` its entry in the list. A page links to ``versions/index.html`` of the site that it
is in: in the latest version that is the list, in an older one a page of its bag that points to the list.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from fleuron.archive.bag.digests import sha512_of
from fleuron.archive.bag.writing import root_hash
from fleuron.archive.release.article_changes import NO_CHANGES, ReleaseChanges, changes_from_record
from fleuron.archive.release.build_record import BUILD_RECORD, read_build_record
from fleuron.archive.site.newer_versions import mark_as_older
from fleuron.archive.site.page_templates import LIST, VERSIONS, render_page
from fleuron.archive.site.version_changes import list_changes
from fleuron.atomic_files import draft_of, replace_folder
from fleuron.publish.settings import CommandError

FORMATS = {".pdf": "PDF", ".epub": "EPUB"}


@dataclass(frozen=True)
class VersionFile:
    """A file of a version: its address relative to the version's folder, its format and its SHA-512."""

    address: str
    format: str
    checksum: str


@dataclass(frozen=True)
class Version:
    """The entry of a release in the list; ``moment`` is the time of its commit in seconds since 1970.

    An entry that was written before versions told their ``changes`` has none.
    """

    version: str
    title: str
    day: str
    moment: int
    doi: str
    root_hash: str
    tree: str
    files: tuple[VersionFile, ...]
    changes: ReleaseChanges = NO_CHANGES


def version_of(bag: Path, title: str, doi: str) -> Version:
    """Return the entry of a bag's version in the list."""
    release, _, record = read_build_record(bag / "data" / BUILD_RECORD)
    site = bag / "data" / "site"
    paths = sorted(path for path in site.rglob("*") if path.suffix in FORMATS)
    return Version(
        version=release.version,
        title=title,
        day=release.day.isoformat(),
        moment=release.moment,
        doi=doi,
        root_hash=root_hash(bag),
        tree=release.tree_identifier,
        files=tuple(
            VersionFile(path.relative_to(site).as_posix(), FORMATS[path.suffix], sha512_of(path)) for path in paths
        ),
        changes=changes_from_record(record.get("changes")),
    )


def publish_version(bag: Path, version: Version, site: Path, address: str = "") -> None:
    """Publish the site of a bag as a version, and as the latest if it is; replace the whole site in one step.

    The pages of older versions say that there is a newer one. If the site has an address, which ends with a slash, what
    the version has changed is listed for those who keep a copy of the site. Raise CommandError if the version is
    published already, or the file system cannot exchange two folders.
    """
    draft = draft_of(site)
    shutil.rmtree(draft, ignore_errors=True)  # of a run that was interrupted
    site.parent.mkdir(parents=True, exist_ok=True)
    published = list(published_versions(site))
    if version.version in {other.version for other in published}:
        raise CommandError(
            f"version {version.version} is on the site already; a released version is never written again"
        )
    link_published(site, draft / VERSIONS, published)
    shutil.copytree(bag / "data" / "site", draft / VERSIONS / version.version)
    entry = json.dumps(asdict(version), ensure_ascii=False, indent=2) + "\n"
    (draft / VERSIONS / f"{version.version}.json").write_text(entry, "utf-8")
    versions = sorted([*published, version], key=lambda other: (other.moment, other.version), reverse=True)
    (draft / VERSIONS / LIST).write_text(versions_page(versions), "utf-8")
    latest = draft / VERSIONS / versions[0].version
    copy_latest(latest, draft)
    mark_older_versions(draft / VERSIONS, versions, version, published)
    if address:
        list_changes(site, draft, address, versions if versions[0] == version else [])
    if site.is_dir():
        copy_other_files(site, draft, {other.version for other in versions})
    try:
        replace_folder(draft, site)
    except OSError as error:
        raise CommandError(
            f"the file system of {site} cannot exchange two folders in one step: {error.strerror}"
        ) from error


def mark_older_versions(folder: Path, versions: Sequence[Version], new: Version, published: Sequence[Version]) -> None:
    """Write on the pages of older versions that there is a newer one; ``versions`` are all, the latest first.

    Those that say so already are written again only where the page that they lead to has come or gone.
    """
    latest, *older = [version.version for version in versions]
    before = max(published, key=lambda each: (each.moment, each.version), default=new).version
    came_or_went = pages_of(folder / latest) ^ pages_of(folder / before)
    for version in older:
        is_marked = version not in (new.version, before)
        mark_as_older(folder, version, folder / latest, came_or_went if is_marked else None)


def pages_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}


def published_versions(site: Path) -> Iterator[Version]:
    """Yield the versions that a site has."""
    for path in sorted((site / VERSIONS).glob("*.json")):
        entry = json.loads(path.read_text("utf-8"))
        files = tuple(VersionFile(**file) for file in entry["files"])
        yield Version(**{**entry, "files": files, "changes": changes_from_record(entry.get("changes"))})


def link_published(site: Path, target: Path, published: Sequence[Version]) -> None:
    """Give the folders of published versions a second name in ``target``, by hard links to the same files."""
    target.mkdir(parents=True)
    for version in published:
        name = version.version
        shutil.copytree(site / VERSIONS / name, target / name, copy_function=os.link)
        os.link(site / VERSIONS / f"{name}.json", target / f"{name}.json")


def copy_latest(latest: Path, site: Path) -> None:
    """Copy the pages of the latest version to the site, except its page that points to the list of versions.

    They are not linked, so that an edit of a file of the site does not change the released version.
    """
    for path in sorted(latest.iterdir()):
        if path.name == VERSIONS:
            continue
        if path.is_dir():
            shutil.copytree(path, site / path.name)
        else:
            shutil.copyfile(path, site / path.name)


def copy_other_files(site: Path, draft: Path, published: set[str]) -> None:
    """Copy what does not come from a version, such as the file in which a host keeps the site's domain name."""
    of_versions = {path.name for version in published for path in (site / VERSIONS / version).glob("*")}
    for path in site.iterdir():
        if path.name not in of_versions | {VERSIONS} and not (draft / path.name).exists():
            if path.is_dir():
                shutil.copytree(path, draft / path.name, symlinks=True)
            else:
                shutil.copy2(path, draft / path.name, follow_symlinks=False)


def versions_page(versions: Sequence[Version]) -> str:
    """Return the page that lists all versions, the latest first."""
    return render_page("versions.html", title=versions[0].title, versions=versions, quote=quote)
