"""List what each version has changed on a site, for those who keep a copy of it (change lists of ResourceSync)."""

from __future__ import annotations

import datetime
import hashlib
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from fleuron.archive.site.newer_versions import without_line
from fleuron.archive.site.page_templates import VERSIONS
from fleuron.metadata.harvest.resource_lists import (
    CAPABILITY_LIST,
    CHANGE_LIST,
    FOLDER,
    Resource,
    capability_list,
    change_list,
    change_list_index,
    changes_between,
)
from fleuron.publish.resources.site_resources import MEDIA_TYPES, is_resource, suffix_of

# The change list of a version, whose index has its moments.
NAME = re.compile(r"changes-([0-9]+)-([0-9]+)\.xml")


class ReleasedVersion(Protocol):
    """A version of the list, by the name of its tag and the time of its commit in seconds since 1970."""

    @property
    def version(self) -> str: ...
    @property
    def moment(self) -> int: ...


def list_changes(site: Path, draft: Path, address: str, versions: Sequence[ReleasedVersion]) -> None:
    """Write into the draft of a site what its latest version has changed, and keep the lists of earlier ones.

    ``versions`` begins with the latest, and is empty if a version is published that is not the latest, which changes
    nothing of what is listed.
    """
    folder = draft / FOLDER
    if not (draft / CAPABILITY_LIST).is_file():  # a version that was built before there were such lists
        return
    for path in sorted((site / FOLDER).glob("changes-*.xml")):
        shutil.copyfile(path, folder / path.name)
    if len(versions) > 1:
        latest, before = versions[:2]
        name = f"changes-{before.moment}-{latest.moment}.xml"
        resources = list(changed_resources(draft, address, latest.version, before.version))
        moments = moment_of(before.moment), moment_of(latest.moment)
        (folder / name).write_bytes(change_list(address, resources, *moments, f"{address}{CHANGE_LIST}"))
    lists = [
        (f"{address}{FOLDER}/{path.name}", moment_of(int(found[1])), moment_of(int(found[2])))
        for path in sorted(folder.glob("changes-*.xml"))
        if (found := NAME.fullmatch(path.name))
    ]
    if lists:
        (draft / CHANGE_LIST).write_bytes(change_list_index(address, lists))
    (draft / CAPABILITY_LIST).write_bytes(capability_list(address, has_changes=bool(lists)))


def moment_of(seconds: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)


def changed_resources(draft: Path, address: str, latest: str, before: str) -> Iterator[Resource]:
    """Yield the files of the latest version that are not those of the version before, and those that are gone."""
    old, new = (dict(digests_of(draft / VERSIONS / version)) for version in (before, latest))
    for name, change in changes_between(old, new):
        path = draft / VERSIONS / latest / name
        is_there = change != "deleted"
        yield Resource(
            address=address + quote(name),
            media_type=MEDIA_TYPES[suffix_of(name)] if is_there else "",
            size=path.stat().st_size if is_there else None,
            sha256=new.get(name, ""),
            change=change,
        )


def digests_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the files of editions in a version, with the SHA-256 of each as its bag has it."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if "/" in name and is_resource(name.partition("/")[2]) and not name.startswith(f"{VERSIONS}/"):
            content = path.read_bytes()
            yield name, hashlib.sha256(without_line(content) if name.endswith(".html") else content).hexdigest()
