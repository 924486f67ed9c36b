"""Build the payload of a bag from a tree of sources, which comes from Git or from an older bag.

``site/``, ``epub/`` and ``pdf/`` are for readers, ``records/`` for libraries, ``source/`` has all that these were made
from, ``reports/`` what validators found; ``build.json`` records how the version was built, and
``ro-crate-metadata.json`` describes all files.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from fleuron.archive.description.bag_description import BagDescription, describe_payload
from fleuron.archive.release.article_changes import NO_CHANGES, ReleaseChanges
from fleuron.archive.release.build_environment import (
    UNTRUSTED,
    build,
    describe,
    environment_variables,
    find_build_environment,
    running_environment,
)
from fleuron.archive.release.build_record import BUILD_RECORD, write_build_record
from fleuron.archive.release.swhid import tree_of
from fleuron.archive.release.tagged_version import Release
from fleuron.archive.site.manifest_pages import write_manifest_pages
from fleuron.archive.site.page_templates import write_pointer_page
from fleuron.archive.validation.reports import write_reports
from fleuron.archive.validation.supervision import run_supervised
from fleuron.library.record_files import read_works
from fleuron.metadata.harvest.oai_repository import FILE_NAME as OAI_FILE
from fleuron.publication.document_names import PRINT_FOLDER
from fleuron.publish.settings import CommandError, read_settings

SOURCE = "source"
# The folders of a build by their names in the bag.
BUILT_FOLDERS = {"site": "html", "epub": "epub", "pdf": "pdf", "records": "records"}


def write_payload(
    tree: Path,
    modes: Mapping[str, str],
    release: Release,
    data: Path,
    arguments: Sequence[str],
    projects: Sequence[Path] = (),
    changes: ReleaseChanges = NO_CHANGES,
) -> tuple[BagDescription, list[str]]:
    """Build a release from a tree, and write everything that belongs to it to ``data``, a new folder.

    ``modes`` has Git's mode of each file of the tree by its path. The same tree, programs and fonts give the same
    bytes. ``arguments`` are those by which Python builds; ``projects`` are folders whose ``node_modules`` may have
    validators; ``changes`` are those since the last version. Return what describes the bag, and why validators did
    not run.
    """
    if (found := tree_of(tree, modes)) != release.tree:
        raise CommandError(f"the sources are not those of the version: their tree is {found}, not {release.tree}")
    data.mkdir()
    copy_sources(tree, modes, data / SOURCE)
    source = tree / release.folder
    settings = read_settings(source)
    # Beside the bag, in its draft's folder: no command that is killed leaves it in the system's own.
    with tempfile.TemporaryDirectory(prefix="build-", dir=data.parent.parent) as folder:
        if UNTRUSTED in arguments:
            environment = running_environment()
        else:
            environment = find_build_environment(tree, source, Path(folder))
        target = Path(folder, "build")
        build(environment, source, target, arguments, release.moment)
        for name, built in BUILT_FOLDERS.items():
            if (target / built).is_dir():
                # A printer's file is made anew from the sources, with the profile of whoever prints it.
                shutil.copytree(target / built, data / name, ignore=printer_files_of(target))
        works = read_works(target, settings.languages)
        dependencies = describe(environment, settings.families)
    variables = environment_variables(release.moment, Path("HOME"))
    write_build_record(data / BUILD_RECORD, release, modes, arguments, variables, dependencies, changes)
    if (repository := data / "records" / OAI_FILE).is_file():
        shutil.copyfile(repository, data / "site" / OAI_FILE)  # it names the address of the site as its own
    write_pointer_page(data / "site", settings.title, release.version, changes)
    write_manifest_pages(data / "site", settings, release)
    not_run = run_supervised(partial(write_reports, data, data / "reports", projects))
    return describe_payload(data, settings, release, works), not_run


def printer_files_of(build: Path) -> Callable[[str, list[str]], list[str]]:
    """Return what `shutil.copytree` leaves out of a build: printers' files, which no reader is offered."""
    return lambda folder, names: [name for name in names if Path(folder, name) == build / "pdf" / PRINT_FOLDER]


def copy_sources(tree: Path, modes: Mapping[str, str], target: Path) -> None:
    for path in sorted(modes):
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(tree / path, target / path)
