"""Show on a terminal, in one line, what a command is doing, once that has taken longer than a moment."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TextIO

# Seconds before anything is shown, and between two drawings.
PATIENCE, INTERVAL = 2.0, 0.5
ERASE = "\r\x1b[K"
# The environment variable that names the file in which a Sphinx process writes what it is doing.
STEP = "FLEURON_STEP"
# The step in which a process that has the terminal draws its own progress bar.
LAYOUT = "laying out pages"


def is_terminal(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Check whether a line on a stream can be overwritten, for somebody who looks at it.

    Continuous integration (``CI``) may have terminals that nobody looks at, and who has set ``NO_COLOR``
    (https://no-color.org) may keep what is printed.
    """
    is_quiet = any(environment.get(name) for name in ("CI", "NO_COLOR"))
    return stream.isatty() and environment.get("TERM", "dumb") != "dumb" and not is_quiet


class ProgressLine:
    """A line that is drawn over itself; nothing is drawn where the stream is not a terminal, or in the first moment.

    ``clock`` counts seconds.
    """

    def __init__(
        self, stream: TextIO, environment: Mapping[str, str], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.stream = stream
        self.clock = clock
        self.is_shown = is_terminal(stream, environment)
        self.began = clock()
        self.is_drawn = False

    def show(self, text: str) -> None:
        """Draw a text with the seconds that have passed, cut to the terminal's width."""
        seconds = self.clock() - self.began
        if self.is_shown and seconds >= PATIENCE:
            line = f"{text} ({seconds:.0f} s)"
            self.write(ERASE + line[: shutil.get_terminal_size().columns - 1])
            self.is_drawn = True

    def clear(self) -> None:
        """Remove what is drawn."""
        if self.is_drawn:
            self.write(ERASE)
            self.is_drawn = False

    def write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()


@contextmanager
def waiting_for(what: str) -> Iterator[None]:
    """Show what is waited for while the body runs, on standard error if that is a terminal."""
    line = ProgressLine(sys.stderr, os.environ)
    if not line.is_shown:
        yield
        return
    ended = Event()

    def draw() -> None:
        while not ended.wait(INTERVAL):
            line.show(what)

    thread = Thread(target=draw, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        line.clear()


def note_step(step: str) -> None:
    """Tell the command that runs this Sphinx process, if one does, what it is doing."""
    if path := os.environ.get(STEP):
        Path(path).write_text(step, "utf-8")


def noted_step(path: Path) -> str:
    """Return what a Sphinx process is doing; "" if it has not told yet."""
    return path.read_text("utf-8") if path.is_file() else ""
