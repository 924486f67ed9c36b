"""Write and read ``build.json``, the record of how a version was built.

Apart from the build, so that the list of versions on a site and an OCFL storage root can be made without its packages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fleuron.archive.release.article_changes import ReleaseChanges, changes_from_record, changes_to_record
from fleuron.archive.release.tagged_version import VERSION, Release
from fleuron.publish.settings import CommandError

BUILD_RECORD = "build.json"
# Environment variables that depend on the machine, and are not recorded.
OF_MACHINE = ("PATH", "HOME", "CHROMIUM")


def write_build_record(
    path: Path,
    release: Release,
    modes: Mapping[str, str],
    arguments: Sequence[str],
    variables: Mapping[str, str],
    dependencies: Mapping[str, Any],
    changes: ReleaseChanges,
) -> None:
    """Write the release, what it has changed, its sources with their modes, how it was built, and what with."""
    identifiers = {"tree": release.tree_identifier, "commit": release.commit_identifier, "tag": release.tag_identifier}
    record = {
        "release": {name: value for name, value in asdict(release).items() if value != ""},
        "identifiers": {name: value for name, value in identifiers.items() if value},
        "command": ["python", *arguments],
        "environment": {name: value for name, value in sorted(variables.items()) if name not in OF_MACHINE},
        **dependencies,
        **({"changes": changes_to_record(changes)} if changes.since else {}),
        "sources": dict(sorted(modes.items())),
    }
    path.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", "utf-8")


def read_build_record(path: Path) -> tuple[Release, dict[str, str], dict[str, Any]]:
    """Return the release, the modes of its sources, and the whole record; raise CommandError if it is invalid."""
    try:
        record = json.loads(path.read_text("utf-8"))
        if not VERSION.fullmatch(record["release"]["version"]):
            raise ValueError("the version is not a valid name of a folder")
        changes_from_record(record.get("changes"))
        return (
            Release(**record["release"]),
            {str(name): str(mode) for name, mode in record["sources"].items()},
            record | {"command": list(record["command"])},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CommandError(f"{path.name} is not a valid build record") from error
