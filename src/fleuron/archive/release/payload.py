"""What a bag holds of a version: made from a tree of its sources alone, whether Git or an older bag has it.

``site/``, ``epub/`` and ``pdf/`` are what readers get, ``records/`` what catalogues take, ``source/`` all that it was
made of, ``reports/`` what validators say of it, and ``build.json`` how it was made.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fleuron.archive.release import build_environment
from fleuron.archive.release.ro_crate import write_crate
from fleuron.archive.release.swhid import tree_of
from fleuron.archive.release.tagged_version import VERSION, Release
from fleuron.archive.release.validator_reports import write_reports
from fleuron.archive.site.manifest_pages import write_manifest_pages
from fleuron.archive.site.page_templates import write_pointer
from fleuron.library.record_files import read_works
from fleuron.publish.settings import CommandError, PublicationSettings, read_settings

BUILD = "build.json"
SOURCE = "source"
# What a build makes, by the name it has in the bag.
MADE = {"site": "html", "epub": "epub", "pdf": "pdf", "records": "records"}


def write_payload(
    tree: Path, modes: Mapping[str, str], release: Release, data: Path, words: Sequence[str] = ()
) -> PublicationSettings:
    """Build a release from a tree, and put all that belongs to it into ``data``, a new folder.

    ``modes`` has Git's mode of each file of the tree, by its path. The same tree, programs and fonts give the same
    bytes. ``words`` are the command that built it before, where it is built again.
    """
    words = words or build_environment.command(release.version)
    if (found := tree_of(tree, modes)) != release.tree:
        raise CommandError(f"the sources are not those of the version: their tree is {found}, not {release.tree}")
    data.mkdir()
    copy_sources(tree, modes, data / SOURCE)
    with tempfile.TemporaryDirectory(prefix="fleuron-") as folder:
        workshop = build_environment.workshop_of(tree, Path(folder))
        source = tree / release.folder
        settings = read_settings(source)
        build_environment.build(workshop, source, Path(folder, "build"), words, release.moment)
        for name, form in MADE.items():
            if (made := Path(folder, "build", form)).is_dir():
                shutil.copytree(made, data / name)
        works = read_works(Path(folder, "build"), settings.languages)
        told = build_environment.record(workshop, settings.families)
    write_build(data / BUILD, release, modes, words, told)
    write_pointer(data / "site", settings.title, release.version)
    write_manifest_pages(data / "site", settings, release)
    write_reports(data, data / "reports")
    write_crate(data, settings, release, works)
    return settings


def copy_sources(tree: Path, modes: Mapping[str, str], target: Path) -> None:
    for path in sorted(modes):
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(tree / path, target / path)


def write_build(
    path: Path, release: Release, modes: Mapping[str, str], words: Sequence[str], told: Mapping[str, Any]
) -> None:
    """Write the build record: the release, its sources, the command, and what it depends on."""
    there = build_environment.environment(release.moment, Path("HOME"))
    fixed = {name: value for name, value in sorted(there.items()) if name not in ("PATH", "HOME", "CHROMIUM")}
    facts = {
        "release": asdict(release),
        "identifiers": {"tree": release.tree_identifier, "commit": release.commit_identifier},
        "command": ["python", *words],
        "environment": fixed,
        **told,
        "sources": dict(sorted(modes.items())),
    }
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", "utf-8")


def read_build(path: Path) -> tuple[Release, dict[str, str], dict[str, Any]]:
    """Read a build record: the release, the modes of its sources, and all of it; raise CommandError for other files."""
    try:
        facts = json.loads(path.read_text("utf-8"))
        if not VERSION.fullmatch(facts["release"]["version"]):
            raise ValueError("its version can be no folder")
        return (
            Release(**facts["release"]),
            {str(name): str(mode) for name, mode in facts["sources"].items()},
            facts | {"command": list(facts["command"])},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CommandError(f"{path.name} is no record of a build") from error
