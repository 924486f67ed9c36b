"""Build editions in their galleys, side by side, each by a Sphinx of its own."""

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

# Formats of which one edition is built at a time, for each keeps all cores busy by itself.
ALONE = frozenset({"pdf"})
# Under this name a Sphinx process is told which file descriptor is the terminal.
TERMINAL = "FLEURON_TERMINAL"
# How a message begins, of Sphinx's or of the press's own.
MESSAGE = re.compile(r"\b(WARNING|ERROR|CRITICAL): |\bfleuron: ")


@dataclass(frozen=True)
class Order:
    """What to build of one edition.

    ``editions`` are those built with it, ``published`` others whose pages it may link; ``article`` is the
    one article to print, or empty.
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
    def galley(self) -> Path:
        return self.build / "galleys" / self.language

    @property
    def folder(self) -> Path:
        """Where it is built; an EPUB of one article apart from that of the edition, for each begins with nothing."""
        return self.galley / (f"{self.format}-article" if self.article and self.format == "epub" else self.format)

    def command(self) -> list[str]:
        """Word the order for Sphinx; -P keeps the current folder from Python's search path."""
        quiet = [] if any(option.startswith("-v") for option in self.options) else ["-q"]
        # What Sphinx says is caught and printed by the press; by itself it would take CI for a terminal.
        colour = "--color" if sys.stderr.isatty() else "--no-color"
        return [
            *(sys.executable, "-P", "-m", "fleuron.publish.sphinx_process", colour, *quiet, "-b", self.format),
            *("-d", str(self.galley / "doctrees")),
            *("-D", f"language={self.language.replace('-', '_')}"),
            *("-D", f"fleuron_editions={','.join(self.editions)}"),
            *(["-D", f"fleuron_published={','.join(self.published)}"] if self.published else []),
            *("-D", f"fleuron_shelf={self.build.resolve()}"),
            *(["-D", f"fleuron_article={self.article}"] if self.article else []),
            *self.options,
            *(str(self.source), str(self.folder)),
        ]


def carry_out(order: Order) -> subprocess.CompletedProcess[str]:
    """Run Sphinx, and hear what it says; a terminal is handed on, for the bar that shows the printing."""
    with handed_on(order.format in ALONE and sys.stderr.isatty()) as terminals:
        return subprocess.run(
            order.command(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            pass_fds=terminals,
            env={**os.environ, **dict(zip((TERMINAL,), map(str, terminals), strict=False))},
        )


@contextmanager
def handed_on(shown: bool) -> Iterator[list[int]]:
    """Open the terminal once more, under a number that the process's own outputs do not take."""
    terminals = [os.dup(sys.stderr.fileno())] if shown else []
    try:
        yield terminals
    finally:
        for each in terminals:
            os.close(each)


def messages(said: str) -> list[str]:
    """Cut what Sphinx said into its messages, each with the lines that belong to it."""
    cut: list[str] = []
    for line in said.splitlines(keepends=True):
        if MESSAGE.search(line) or not cut:
            cut.append(line)
        else:
            cut[-1] += line
    return cut


def build_all(orders: Sequence[Order], told: set[str]) -> bool:
    """Carry out orders, as many at once as there are cores; tell in order what each said.

    A mistake in a source is met in every edition and format: what stands in ``told`` is not told
    again, and what is told now is added to it.
    """
    whole = True
    alone = any(order.format in ALONE for order in orders)
    with ThreadPoolExecutor(1 if alone else os.cpu_count()) as presses:
        for order, done in zip(orders, presses.map(carry_out, orders), strict=True):
            said = messages(done.stdout)
            new = [message for message in dict.fromkeys(said) if message not in told or not MESSAGE.search(message)]
            told.update(new)
            failed = done.returncode != 0
            how = (" – failed" if new else " – failed, as told above") if failed else ""
            print(f"{Edition(order.language).name}: {order.format}{how}", flush=True)
            sys.stderr.write("".join(new))
            whole = whole and not failed
    return whole


def orders(
    source: Path,
    build: Path,
    languages: Sequence[str],
    form: str,
    published: Iterable[str],
    options: Iterable[str],
    article: str = "",
) -> list[Order]:
    """Make the orders for one format of several editions."""
    fixed = (tuple(languages), tuple(published), tuple(options), article)
    return [Order(source, build, language, form, *fixed) for language in languages]
