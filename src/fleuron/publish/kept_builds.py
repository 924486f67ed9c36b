"""Keep what each build was made from and wrote, so that the same build is not run again.

The record stands beside the folder that the build wrote to, with the messages of the build, which are shown again.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from fleuron.atomic_files import write_file
from fleuron.build_results import READ_FILES, WRITTEN_WITH_FAULTS
from fleuron.cache_folder import stamp
from fleuron.progress.progress_line import is_terminal
from fleuron.publication.edition import Edition
from fleuron.publish.build_folder import TEMPORARY, begin_edition, end_edition
from fleuron.publish.build_inputs import PublicationInputs, digest, files_below, is_digestible
from fleuron.publish.build_processes import EndedBuild, run_builds
from fleuron.publish.catalogue_states import KnownStates
from fleuron.publish.early_imports import import_early
from fleuron.publish.edition_builds import USING_ALL_CORES, EditionBuild

FORMAT = "fleuron-build-2"
# Options of Sphinx that ask for a build whatever is there.
WHOLE_BUILD = frozenset({"-a", "-E", "--write-all", "--fresh-env"})


@dataclass(frozen=True)
class BuildRecords:
    """The records of earlier builds, to be compared with what is there now."""

    inputs: PublicationInputs

    def find(self, build: EditionBuild) -> EndedBuild | None:
        """Return how a build ended before, if it would be the same now and all that it wrote is there."""
        if WHOLE_BUILD & {*build.options} or any(option.startswith("-v") for option in build.options):
            return None
        try:
            record = json.loads(record_path(build).read_text("utf-8"))
            if record["format"] != FORMAT:
                return None
            states = self.inputs.states(build, record["catalogues"])
            if record["inputs"] != self.inputs.of_build(build, record["outside"], states):
                return None
            return EndedBuild(0, record["messages"]) if record["outputs"] == output_digest(build) else None
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return None

    def keep(self, build: EditionBuild, ended: EndedBuild, started: float) -> None:
        """Record a build that has ended well and that began at a time, in seconds; forget any other."""
        path = record_path(build)
        outside = self.files_outside(build)
        if (
            ended.code
            or outside is None
            or not is_digestible(self.inputs.settings)
            or self.is_younger(outside, started)
        ):
            path.unlink(missing_ok=True)
            return
        states = self.inputs.states(build, self.known_states(path))
        record = {
            "format": FORMAT,
            "inputs": self.inputs.of_build(build, outside, states),
            "catalogues": states,
            "outputs": output_digest(build),
            "outside": sorted(outside),
            "messages": ended.output,
        }
        write_file(path, json.dumps(record))

    def known_states(self, path: Path) -> KnownStates:
        """Return what an earlier record knows of catalogues."""
        with suppress(OSError, ValueError, LookupError, TypeError, RecursionError):
            record = json.loads(path.read_text("utf-8"))
            if record["format"] == FORMAT:
                return dict(record["catalogues"])
        return {}

    def files_outside(self, build: EditionBuild) -> Collection[str] | None:
        """Return the files that were read and that are not among those of the publication; None if it is unknown."""
        try:
            read = json.loads((build.doctree_folder / READ_FILES).read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        return [name for name in read if name not in self.inputs.files]

    def is_younger(self, names: Collection[str], started: float) -> bool:
        """Return whether one of these files was changed after a time, and may have been read before."""
        paths = (self.inputs.settings.source / name for name in names)
        return any(path.exists() and path.stat().st_mtime >= started - 1 for path in paths)


def run_changed(
    builds: Sequence[EditionBuild], *, records: BuildRecords, for_each_core: int = 1
) -> Iterator[EndedBuild]:
    """Run builds of one format, so many at once for each core, and leave out those that would change nothing.

    Yield how each ended, in their order.
    """
    kept = {build.language: ended for build in builds if (ended := records.find(build))}
    changed = [build for build in builds if build.language not in kept]
    if changed:
        import_early(changed[0].format, records.inputs.settings.extensions)
    uses_all_cores = any(build.format in USING_ALL_CORES for build in changed)
    started = time.time()
    for build in changed:
        begin_edition(build.edition_folder, build.output_folder, build.doctree_folder)
    at_once = for_each_core * at_most_at_once(uses_all_cores)
    shows_progress = uses_all_cores and is_terminal(sys.stderr, os.environ)
    arguments = shared_arguments(changed, at_once)
    labels = [f"{Edition(build.language).name}: {build.format}" for build in changed]
    temporary = records.inputs.build / TEMPORARY
    runs = run_builds(arguments, at_once, temporary, terminal=shows_progress, labels=labels)
    # Closed here: in one that Python discards, it ignores the exception of a signal that comes while files are deleted.
    with closing(runs) as ended_builds:
        for build in builds:
            if build.language in kept:
                yield kept[build.language]
            else:
                ended = next(ended_builds)
                if ended.code in (0, WRITTEN_WITH_FAULTS):
                    end_edition(build.edition_folder, build.output_folder)
                records.keep(build, ended, started)
                yield ended


def at_most_at_once(uses_all_cores: bool) -> int:
    """Return how many builds run at the same time."""
    cores = os.cpu_count() or 1
    return min(2, cores) if uses_all_cores else cores


def shared_arguments(builds: Sequence[EditionBuild], at_once: int) -> list[list[str]]:
    """Return the arguments of builds; the last ones, for which there are more cores than builds, get several each."""
    arguments = [build.captured_arguments() for build in builds]
    rest = len(builds) % at_once
    if len(builds) > at_once and rest:
        for build, words in zip(builds[-rest:], arguments[-rest:], strict=True):
            if not any(option.startswith(("-j", "--jobs")) for option in build.options):
                words[:0] = ["-j", str(at_once // rest)]
    return arguments


def record_path(build: EditionBuild) -> Path:
    return build.edition_folder / f"{build.output_folder.name}.build.json"


def output_digest(build: EditionBuild) -> str:
    """Return a digest of the names, sizes and times of the files that a build has written."""
    return digest(f"{name} {stamp(path)}" for name, path in files_below(build.output_folder))
