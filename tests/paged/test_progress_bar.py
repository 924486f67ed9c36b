"""What is shown while pages are laid out: a bar on a terminal, one line elsewhere, nothing when quiet."""

from __future__ import annotations

import io
import os
import pty
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from fleuron.paged.layout.units import LaidOut
from fleuron.paged.run.progress_bar import Progress
from fleuron.progress.progress_line import ERASE, is_terminal


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


Shown = Callable[..., list[str]]


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def lay(progress: Progress, clock: Clock, units: list[tuple[str, int, float, bool]]) -> None:
    progress.begin(len(units))
    for name, pages, seconds, kept in units:
        clock.now += seconds
        progress.ready(name, LaidOut(b"", pages, {}), kept)


ROUND = [("a", 12, 0.0, True), ("b", 4, 2.0, False), ("c", 6, 3.0, False), ("d", 1, 0.0, True)]


def shown(units: list[tuple[str, int, float, bool]], again: int = 0, **facts: Any) -> list[str]:
    """Return what is shown of a round, and of its last units ``again``, split where it is overwritten."""
    stream, clock = io.StringIO(), Clock()
    with Progress(stream, clock=clock, **facts) as progress:
        lay(progress, clock, units)
        lay(progress, clock, units[len(units) - again :])
    return stream.getvalue().split(ERASE)


def test_without_a_terminal_one_line_has_the_totals() -> None:
    assert shown(ROUND, label="en") == ["en: 4 articles, 23 pages, 2.0 pages/s, 2 from the cache\n"]


def test_an_article_that_is_laid_out_again_counts_once_and_its_time_twice() -> None:
    units = [("a", 10, 4.0, False), ("b", 10, 1.0, False)]
    assert shown(units, again=1) == ["2 articles, 20 pages, 5.0 pages/s, 0 from the cache\n"]


def test_there_is_no_speed_where_nothing_was_laid_out() -> None:
    assert shown([("a", 1, 0.5, True)]) == ["1 article, 1 page, 1 from the cache\n"]


def test_the_bar_is_overwritten_and_at_last_replaced_by_the_totals() -> None:
    assert shown(ROUND, terminal=True) == [
        "",
        "[--------------------] 0/4 articles, 0 pages, 0 from the cache",
        "[##########----------] 2/4 articles, 16 pages, 2.0 pages/s, 1 from the cache",
        "[###############-----] 3/4 articles, 22 pages, 2.0 pages/s, 1 from the cache",
        "[####################] 4/4 articles, 23 pages, 2.0 pages/s, 2 from the cache",
        "4 articles, 23 pages, 2.0 pages/s, 2 from the cache\n",
    ]


def test_a_hundred_units_from_the_cache_do_not_draw_a_hundred_bars() -> None:
    told = shown([(str(number), 1, 0.001, True) for number in range(150)], terminal=True)
    assert [line.split()[1] for line in told[1:-1]] == ["0/150", "100/150", "150/150"]


def test_the_bar_is_of_the_round_and_fits_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    told = shown([(str(number), 1, 0.2, False) for number in range(4)], again=2, terminal=True, label="tr")
    assert [line.split()[2] for line in told[1:-1]] == ["0/4", "1/4", "2/4", "3/4", "4/4", "0/2", "1/2", "2/2"]
    assert all(len(line) == 39 for line in told[1:-1])


@pytest.mark.parametrize("terminal", [True, False])
def test_a_quiet_build_shows_nothing(terminal: bool) -> None:
    assert shown(ROUND, terminal=terminal, quiet=True) == [""]


@pytest.mark.parametrize("terminal", [True, False])
def test_without_units_nothing_is_shown(terminal: bool) -> None:
    assert shown([], terminal=terminal) == [""]


@pytest.fixture
def line() -> Iterator[io.TextIOWrapper]:
    master, slave = pty.openpty()
    with open(slave, "w", encoding="utf-8") as stream:  # noqa: PTH123
        yield stream
    os.close(master)


def test_a_terminal_is_recognized_by_the_system_and_not_by_its_name(line: io.TextIOWrapper) -> None:
    assert is_terminal(line, {"TERM": "xterm"})
    assert not is_terminal(line, {"TERM": "dumb"})
    assert not is_terminal(line, {})
    assert not is_terminal(io.StringIO(), {"TERM": "xterm"})
