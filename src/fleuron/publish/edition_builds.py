"""Build editions in parallel, each in a Sphinx process of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fleuron.build_results import WRITTEN_WITH_FAULTS
from fleuron.progress.progress_line import is_terminal
from fleuron.publication.edition import Edition
from fleuron.publish.build_processes import EndedBuild
from fleuron.publish.build_report import BuildReport
from fleuron.system_faults import fault_of_exit_code

# Formats whose builds use all cores by themselves for most of their time. Of these, two are built at once: one is read
# while the other is laid out, and no more processes are kept than twice as many as there are cores.
USING_ALL_CORES = frozenset({"pdf"})


@dataclass(frozen=True)
class EditionBuild:
    """The build of one edition in one format.

    ``editions`` are the languages published together, or empty for a build that is not published; ``published`` are
    those published earlier, which pages may link; ``article`` is the one article to build, or empty for all. With
    ``keeps_going``, it is published with errors too, if it can be written.
    """

    source: Path
    build: Path
    language: str
    format: str
    editions: tuple[str, ...]
    published: tuple[str, ...]
    options: tuple[str, ...]
    article: str = ""
    keeps_going: bool = False
    issue: str = ""

    @property
    def edition_folder(self) -> Path:
        return self.build / "editions" / self.language

    @property
    def doctree_folder(self) -> Path:
        return self.edition_folder / "doctrees"

    @property
    def output_folder(self) -> Path:
        """The folder of this format; EPUBs of single articles and issues have others, since a build empties its own."""
        single = ("-article" if self.article else "-issue" if self.issue else "") if self.format == "epub" else ""
        return self.edition_folder / f"{self.format}{single}"

    def sphinx_arguments(self) -> list[str]:
        """Return the arguments of ``sphinx-build``, without those about its messages."""
        return [
            *("-b", self.format),
            *("-d", str(self.doctree_folder)),
            *("-D", f"language={self.language.replace('-', '_')}"),
            *(["-D", f"fleuron_editions={','.join(self.editions)}"] if self.editions else []),
            *(["-D", f"fleuron_published={','.join(self.published)}"] if self.published else []),
            *("-D", f"fleuron_downloads={self.build.resolve()}"),
            *(["-D", f"fleuron_article={self.article}"] if self.article else []),
            *(["-D", f"fleuron_issue={self.issue}"] if self.issue else []),
            *(["-D", "fleuron_keep_going=1"] if self.keeps_going else []),
            *self.options,
            *(str(self.source), str(self.output_folder)),
        ]

    def captured_arguments(self) -> list[str]:
        """Return the arguments of a Sphinx whose messages are captured."""
        quiet = [] if any(option.startswith("-v") for option in self.options) else ["-q"]
        # Sphinx writes to a file, and would by itself take CI for a terminal.
        colour = "--color" if is_terminal(sys.stderr, os.environ) else "--no-color"
        return [colour, *quiet, *self.sphinx_arguments()]


# Runs builds and yields how each ended, in their order.
RunBuilds = Callable[[Sequence[EditionBuild]], Iterator[EndedBuild]]


@dataclass(frozen=True)
class BuildOutcome:
    """How the build of an edition ended: with the exit code of its Sphinx."""

    code: int
    keeps_going: bool = False

    @property
    def has_faults(self) -> bool:
        return self.code != 0

    @property
    def is_written(self) -> bool:
        """Whether the edition is written as a whole, with or without faults."""
        return self.code in (0, WRITTEN_WITH_FAULTS)

    @property
    def is_publishable(self) -> bool:
        """Whether the edition is written, and has no faults, or may have some."""
        return self.is_written and (self.keeps_going or not self.has_faults)


def output_of(ended: EndedBuild, build: Path) -> str:
    """Return what a process has printed, or what its exit code says.

    Raise OSError if it says that nothing more can be written.
    """
    if fault := fault_of_exit_code(ended.code, str(build)):
        raise fault
    if ended.code < 0:
        return f"{ended.output}fleuron: a process of this build was ended by signal {-ended.code}; publish again\n"
    if ended.code and not ended.output:
        return f"fleuron: Sphinx ended with exit code {ended.code}, and said nothing\n"
    return ended.output


def build_editions(
    builds: Sequence[EditionBuild], report: BuildReport, run: RunBuilds, *, is_silent: bool = False
) -> dict[str, BuildOutcome]:
    """Run builds of one format; return the outcome of each by its language.

    Their messages are added to the report, which prints those that are new; a silent build names no editions.
    """
    outcomes: dict[str, BuildOutcome] = {}
    messages: list[str] = []
    for build, ended in zip(builds, run(builds), strict=True):
        new = report.new_messages(output_of(ended, build.build))
        outcome = BuildOutcome(ended.code, build.keeps_going)
        outcomes[build.language] = outcome
        if not is_silent:
            result = (": failed" if messages + new else ": failed (reported above)") if outcome.has_faults else ""
            print(f"{Edition(build.language).name}: {build.format}{result}", flush=True)
        messages += new
    report.show(messages)
    return outcomes
