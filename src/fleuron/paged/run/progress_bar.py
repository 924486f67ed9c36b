"""Show how the layout goes on: a bar on a terminal, one line at the end elsewhere."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping
from typing import Self, TextIO

from fleuron.paged.layout.units import Laid

# Seconds between two looks of the bar: what comes from the cache comes in hundreds a second.
BLINK = 0.1
BAR = 20
ERASE = "\r\x1b[K"


def is_terminal(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Tell whether a line on a stream can be drawn over."""
    return stream.isatty() and environment.get("TERM", "dumb") != "dumb"


class Progress:
    """Sees what is laid out (a `Watch` of ``workers``), and tells it on a stream; leaving its context tells the sums.

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
        self.expected = self.done = self.kept = self.made = 0
        self.pages: dict[str, int] = {}
        self.seconds = 0.0
        self.began = self.looked = clock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def begin(self, units: int) -> None:
        """A round of so many units begins; the bar is this round's, the sums are of all rounds."""
        self.expected, self.done = units, 0
        self.began = self.clock()

    def ready(self, name: str, laid: Laid, kept: bool) -> None:
        """Count a unit, and its pages once, however often it is laid out."""
        now = self.clock()
        self.seconds += now - self.began
        self.began = now
        self.done += 1
        self.pages[name] = laid.pages
        if kept:
            self.kept += 1
        else:
            self.made += laid.pages
        if self.terminal and not self.quiet and (self.done == self.expected or now - self.looked >= BLINK):
            self.looked = now
            self.show()

    def show(self) -> None:
        """Draw the bar over what stands in the line, cut to the terminal's width."""
        full = BAR * self.done // self.expected if self.expected else BAR
        line = f"{self.label}[{'#' * full}{'-' * (BAR - full)}] {self.done}/{self.expected} articles, {self.sums()}"
        self.tell(ERASE + line[: shutil.get_terminal_size().columns - 1])

    def sums(self) -> str:
        """Word the pages, how fast they came, and what came from the cache."""
        words = [counted(sum(self.pages.values()), "page")]
        if self.made and self.seconds:
            words.append(f"{self.made / self.seconds:.1f} pages/s")
        return ", ".join([*words, f"{self.kept} from the cache"])

    def close(self) -> None:
        """Tell the sums in a line of their own, in the bar's place if there is one."""
        if not self.quiet and self.pages:
            bar = ERASE if self.terminal else ""
            self.tell(f"{bar}{self.label}{counted(len(self.pages), 'article')}, {self.sums()}\n")

    def tell(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()


def counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
