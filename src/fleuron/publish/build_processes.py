"""Run Sphinx in processes that begin as copies of this one, which has imported what every build needs.

To import Sphinx, MyST and Fleuron takes as long as to build an article, and a new process for each edition and format
would do so each time. Where the operating system cannot copy a process, new ones are started instead.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import tempfile
from collections import deque
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from fleuron.progress.progress_line import INTERVAL, LAYOUT, STEP, ProgressLine, noted_step
from fleuron.system_faults import EXIT_CODES, stops_builds

# The environment variable that names the file descriptor of the terminal to a Sphinx process.
TERMINAL = "FLEURON_TERMINAL"
# The option of prctl(2) for a signal at the end of the parent process.
PR_SET_PDEATHSIG = 1
# What is added to the niceness of a build that lets another go first.
GIVES_WAY = 10


@dataclass(frozen=True)
class EndedBuild:
    """The exit code of a Sphinx process, and all that it printed."""

    code: int
    output: str


@dataclass(frozen=True)
class RunningBuild:
    """A Sphinx process, and the file that it prints to."""

    process: BaseProcess
    output: Path
    label: str
    has_terminal: bool = False

    @property
    def step(self) -> str:
        """What the process is doing: ``English: reading 4 texts``."""
        return ": ".join(filter(None, (self.label, noted_step(self.output.with_suffix(".step")))))

    @property
    def draws_itself(self) -> bool:
        """Whether the process draws a progress bar of its own on the terminal."""
        return self.has_terminal and self.step.endswith(LAYOUT)

    def end(self) -> EndedBuild:
        """Wait for the process and return what it printed."""
        self.process.join()
        code = self.process.exitcode or 0
        self.process.close()
        return EndedBuild(code, self.output.read_text("utf-8", "replace"))


def process_context() -> BaseContext:
    """Return how processes are started: as copies of this one, or as new ones where there are no copies (Windows)."""
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    return multiprocessing.get_context(method)


def run_builds(
    builds: Sequence[Sequence[str]],
    at_once: int,
    temporary: Path | None = None,
    *,
    terminal: bool = False,
    labels: Sequence[str] = (),
) -> Generator[EndedBuild]:
    """Run ``sphinx-build`` with each list of arguments, so many at once; yield how each ended, in their order.

    Their temporary files are in the folder ``temporary``, because no process that is killed removes its own, and
    WeasyPrint 70.0 keeps its folder of fonts until Python ends as a whole, which copies of a process do not.
    With ``terminal``, one at a time gets the terminal too, for a progress bar: what they print is captured.
    ``labels`` name the builds on a terminal while they run.
    """
    with (
        tempfile.TemporaryDirectory(prefix="fleuron-", dir=temporary, ignore_cleanup_errors=True) as folder,
        duplicated_terminal(terminal) as descriptor,
    ):
        queue = BuildQueue(deque(enumerate(builds)), Path(folder), descriptor, labels)
        try:
            yield from queue.run(len(builds), at_once)
        finally:
            for build in queue.running.values():  # if this process is interrupted, or nobody wants the rest
                build.process.kill()
                build.process.join()


@dataclass(frozen=True)
class BuildQueue:
    """The builds that wait, and those that run, by their numbers; what they print is in a folder."""

    waiting: deque[tuple[int, Sequence[str]]]
    folder: Path
    terminal: int | None
    labels: Sequence[str]
    running: dict[int, RunningBuild] = field(default_factory=dict)

    def start_next(self, *, gives_way: bool) -> None:
        """Start the first of the builds that wait; it may let those that run already have more of the cores."""
        number, arguments = self.waiting.popleft()
        is_shown = not any(build.has_terminal for build in self.running.values())
        output, label = self.folder / f"{number}.log", self.labels[number] if self.labels else ""
        self.running[number] = start_build(arguments, output, self.terminal if is_shown else None, label)
        if gives_way:
            give_way(self.running[number].process)

    def run(self, count: int, at_once: int) -> Iterator[EndedBuild]:
        """Run all builds, so many at once; yield how each ended, in their order.

        Where these are more than there are cores, the first has one for itself: somebody waits for it.
        """
        line = ProgressLine(sys.stderr, os.environ)
        ended: dict[int, EndedBuild] = {}
        crowded = min(at_once, count) > (os.cpu_count() or 1)
        for number in range(count):
            while number not in ended:
                while self.waiting and len(self.running) < at_once:
                    self.start_next(gives_way=crowded and bool(self.running))
                wait_for_one(self.running.values(), line)
                for index in [index for index, build in self.running.items() if not build.process.is_alive()]:
                    ended[index] = self.running.pop(index).end()
            line.clear()
            yield ended.pop(number)


def give_way(process: BaseProcess) -> None:
    """Let a process have what the others leave of the cores, where the system knows priorities."""
    if process.pid is not None and hasattr(os, "setpriority"):
        with suppress(OSError):  # it has ended
            os.setpriority(os.PRIO_PROCESS, process.pid, GIVES_WAY)


def wait_for_one(builds: Collection[RunningBuild], line: ProgressLine) -> None:
    """Wait until one of several builds has ended, and show on a terminal what they are doing."""
    sentinels = [build.process.sentinel for build in builds]
    while not wait(sentinels, INTERVAL if line.is_shown else None):
        if not any(build.draws_itself for build in builds):
            line.show(", ".join(build.step for build in builds))


def start_build(arguments: Sequence[str], output: Path, terminal: int | None, label: str = "") -> RunningBuild:
    """Start a Sphinx process that prints to a file."""
    output.touch()
    environment = dict(os.environ) | {"TMPDIR": str(output.parent.resolve())}
    environment[STEP] = str(output.with_suffix(".step").resolve())
    environment |= {} if terminal is None else {TERMINAL: str(terminal)}
    # The classes of contexts have the attribute, the abstract one of the type stubs has not.
    process: BaseProcess = process_context().Process(  # type: ignore[attr-defined]
        target=run_sphinx, args=(list(arguments), environment, str(output))
    )
    process.start()
    return RunningBuild(process, output, label, terminal is not None)


def run_sphinx(arguments: list[str], environment: dict[str, str], output: str) -> None:
    """Run Sphinx in this process, a new one, with standard output and error in a file; end with its exit code."""
    from fleuron.publish.sphinx_process import main

    end_with_parent()
    end_by_signals()
    descriptor = os.open(output, os.O_WRONLY | os.O_APPEND)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.close(descriptor)
    sys.stdout.reconfigure(encoding="utf-8", line_buffering=False)  # type: ignore[union-attr]
    sys.stderr.reconfigure(encoding="utf-8", line_buffering=True)  # type: ignore[union-attr]
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None  # found again, from the environment
    sys.argv = ["sphinx-build", *arguments]
    try:
        code = main(arguments)
        sys.stdout.flush()
    except OSError as error:
        if not stops_builds(error):
            raise
        # At once: what was printed and is not written yet would raise it again.
        os._exit(EXIT_CODES[error.errno or 0])
    sys.exit(code)


def end_with_parent() -> None:
    """Let the system end this process when the command is killed: nobody would publish what it builds.

    Only Linux can; elsewhere the process goes on to its end, and the next command waits for it.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def end_by_signals() -> None:
    """Have a signal to end this process do so at once: the command, of which it may be a copy, clears up first."""
    for number in signal.Signals:
        if number.name in ("SIGTERM", "SIGHUP") and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def duplicated_terminal(wanted: bool) -> Iterator[int | None]:
    """Duplicate the terminal's file descriptor, which the copies of this process then have too."""
    if not wanted or process_context().get_start_method() != "fork":
        yield None
        return
    terminal = os.dup(sys.stderr.fileno())
    try:
        yield terminal
    finally:
        os.close(terminal)
