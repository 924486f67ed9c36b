"""Show the progress of the layout: a bar on a terminal, one line at the end elsewhere."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from typing import Self, TextIO

from fleuron.paged.layout.units import LaidOut
from fleuron.progress.progress_line import ERASE

# Seconds between two drawings of the bar: units come from the cache in hundreds a second.
INTERVAL = 0.1
BAR = 20


class Progress:
    """Shows on a stream what is laid out (a `LayoutObserver` of ``workers``); leaving its context prints the totals.

    ``label`` is what is laid out, such as a language; ``clock`` counts seconds.
    """

    def __init__(
        self,
        stream: TextIO,
        label: str = "",
        *,
        terminal: bool = False,
        quiet: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.stream = stream
        self.label = f"{label}: " if label else ""
        self.terminal = terminal
        self.quiet = quiet
        self.clock = clock
        self.expected = self.done = self.cached = self.laid_out = 0
        self.pages: dict[str, int] = {}
        self.seconds = 0.0
        self.began = self.drawn = clock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def begin(self, units: int) -> None:
        """Begin a round of so many units; the bar shows this round, the totals are of all rounds."""
        self.expected, self.done = units, 0
        self.began = self.clock()
        if self.terminal and not self.quiet and units:
            self.show()

    def ready(self, name: str, laid: LaidOut, cached: bool) -> None:
        """Count a unit, and its pages once, however often it is laid out."""
        now = self.clock()
        self.seconds += now - self.began
        self.began = now
        self.done += 1
        self.pages[name] = laid.pages
        if cached:
            self.cached += 1
        else:
            self.laid_out += laid.pages
        if self.terminal and not self.quiet and (self.done == self.expected or now - self.drawn >= INTERVAL):
            self.drawn = now
            self.show()

    def show(self) -> None:
        """Draw the bar over the current line, cut to the terminal's width."""
        full = BAR * self.done // self.expected if self.expected else BAR
        line = f"{self.label}[{'#' * full}{'-' * (BAR - full)}] {self.done}/{self.expected} articles, {self.totals()}"
        self.write(ERASE + line[: shutil.get_terminal_size().columns - 1])

    def totals(self) -> str:
        """Return the number of pages, their speed, and the number of units from the cache."""
        parts = [counted(sum(self.pages.values()), "page")]
        if self.laid_out and self.seconds:
            parts.append(f"{self.laid_out / self.seconds:.1f} pages/s")
        return ", ".join([*parts, f"{self.cached} from the cache"])

    def close(self) -> None:
        """Print the totals in a line of their own, in place of the bar if there is one."""
        if not self.quiet and self.pages:
            bar = ERASE if self.terminal else ""
            self.write(f"{bar}{self.label}{counted(len(self.pages), 'article')}, {self.totals()}\n")

    def write(self, text: str) -> None:
        """Write a text at once."""
        self.stream.write(text)
        self.stream.flush()


def counted(number: int, thing: str) -> str:
    """Return a number with the noun in its singular or plural."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
