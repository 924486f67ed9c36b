"""Build editions in parallel, each in a Sphinx process of its own, and report each message once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fleuron.publication.edition import Edition
from fleuron.reporting import result_of

# Formats whose editions are built one after the other, because each build keeps all cores busy.
SEQUENTIAL = frozenset({"pdf"})
# The environment variable that names the file descriptor of the terminal to a Sphinx process.
TERMINAL = "FLEURON_TERMINAL"
# How a message begins, whether of Sphinx or of Fleuron.
MESSAGE = re.compile(r"\b(WARNING|ERROR|CRITICAL): |\bfleuron: ")

# The place at the beginning of a message: a file, with or without a line.
PLACE = re.compile(r"(/\S.*?\.\w+):(?:(\d+):)? ")
# The message at the end of a build that failed.
RESULT = re.compile(r"^fleuron: .*? in (?P<source>/.*?)(?P<fatal> \(-W .*\))?; nothing is published", re.MULTILINE)


@dataclass(frozen=True)
class EditionBuild:
    """The build of one edition in one format.

    ``editions`` are the languages published together, or empty for a build that is not published; ``published`` are
    those published earlier, which pages may link; ``article`` is the one article to build, or empty for all.
    """

    source: Path
    build: Path
    language: str
    format: str
    editions: tuple[str, ...]
    published: tuple[str, ...]
    options: tuple[str, ...]
    article: str = ""

    @property
    def edition_folder(self) -> Path:
        return self.build / "editions" / self.language

    @property
    def output_folder(self) -> Path:
        """The folder of this format; the EPUB of one article has its own, because a build empties its folder."""
        single = "-article" if self.article and self.format == "epub" else ""
        return self.edition_folder / f"{self.format}{single}"

    def sphinx_arguments(self) -> list[str]:
        """Return the arguments of ``sphinx-build``, without those about its messages."""
        return [
            *("-b", self.format),
            *("-d", str(self.edition_folder / "doctrees")),
            *("-D", f"language={self.language.replace('-', '_')}"),
            *(["-D", f"fleuron_editions={','.join(self.editions)}"] if self.editions else []),
            *(["-D", f"fleuron_published={','.join(self.published)}"] if self.published else []),
            *("-D", f"fleuron_downloads={self.build.resolve()}"),
            *(["-D", f"fleuron_article={self.article}"] if self.article else []),
            *self.options,
            *(str(self.source), str(self.output_folder)),
        ]

    def command(self) -> list[str]:
        """Return the command of the Sphinx process; -P keeps the current folder off Python's search path."""
        quiet = [] if any(option.startswith("-v") for option in self.options) else ["-q"]
        # Sphinx writes to a pipe, and would by itself take CI for a terminal.
        colour = "--color" if sys.stderr.isatty() else "--no-color"
        return [sys.executable, "-P", "-m", "fleuron.publish.sphinx_process", colour, *quiet, *self.sphinx_arguments()]


def run_sphinx(build: EditionBuild) -> subprocess.CompletedProcess[str]:
    """Run Sphinx and capture its output; a PDF build gets the terminal too, for its progress bar."""
    with duplicated_terminal(build.format in SEQUENTIAL and sys.stderr.isatty()) as terminals:
        return subprocess.run(
            build.command(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            pass_fds=terminals,
            env=os.environ | ({TERMINAL: str(terminals[0])} if terminals else {}),
        )


@contextmanager
def duplicated_terminal(wanted: bool) -> Iterator[list[int]]:
    """Duplicate the terminal's file descriptor, so that the process's own outputs do not take its number."""
    terminals = [os.dup(sys.stderr.fileno())] if wanted else []
    try:
        yield terminals
    finally:
        for terminal in terminals:
            os.close(terminal)


def split_messages(output: str) -> list[str]:
    """Split Sphinx's output into its messages, each with the lines that belong to it."""
    messages: list[str] = []
    for line in output.splitlines(keepends=True):
        if MESSAGE.search(line) or not messages:
            messages.append(line)
        else:
            messages[-1] += line
    return messages


def in_order_of_files(messages: Sequence[str]) -> list[str]:
    """Sort messages by file and line; those without a place follow in their own order."""
    placed = [message for message in messages if PLACE.match(message)]
    others = [message for message in messages if not PLACE.match(message)]
    return sorted(placed, key=place_of) + others


def place_of(message: str) -> tuple[str, int]:
    match = PLACE.match(message)
    return (match[1], int(match[2] or 0)) if match else ("", 0)


def count_shown(results: Sequence[str], shown: Sequence[str]) -> str:
    """Return the message at the end of builds that failed, with the number of what was shown of all of them."""
    found = RESULT.search(results[-1])
    kinds = [match[1] for message in shown if (match := MESSAGE.search(message)) and match[1]]
    errors, warnings = sum(kind != "WARNING" for kind in kinds), kinds.count("WARNING")
    if found is None or not kinds:
        return ""
    return result_of(errors, warnings if found["fatal"] else 0, Path(found["source"])) + "\n"


def build_editions(builds: Sequence[EditionBuild], reported: set[str]) -> bool:
    """Run builds, as many at once as there are cores; report each in order, and return whether all succeeded.

    Every edition and format finds the same fault of a source: messages in ``reported`` are not repeated,
    and new ones are added to it.
    """
    succeeded = True
    shown: list[str] = []
    results: list[str] = []
    sequential = any(build.format in SEQUENTIAL for build in builds)
    with ThreadPoolExecutor(1 if sequential else os.cpu_count()) as executor:
        for build, process in zip(builds, executor.map(run_sphinx, builds), strict=True):
            messages = in_order_of_files(list(dict.fromkeys(split_messages(process.stdout))))
            results += [message for message in messages if RESULT.search(message)]
            messages = [message for message in messages if not RESULT.search(message)]
            new = [message for message in messages if message not in reported or not MESSAGE.search(message)]
            shown += new
            reported.update(new)
            failed = process.returncode != 0
            result = (": failed" if new else ": failed (reported above)") if failed else ""
            print(f"{Edition(build.language).name}: {build.format}{result}", flush=True)
            sys.stderr.write("".join(new))
            succeeded = succeeded and not failed
    if results:
        sys.stderr.write(count_shown(results, shown))
    return succeeded


def edition_builds(
    source: Path,
    build: Path,
    languages: Sequence[str],
    form: str,
    published: Iterable[str],
    options: Iterable[str],
    article: str = "",
) -> list[EditionBuild]:
    """List the builds of one format in several editions."""
    common = (tuple(languages), tuple(published), tuple(options), article)
    return [EditionBuild(source, build, language, form, *common) for language in languages]
