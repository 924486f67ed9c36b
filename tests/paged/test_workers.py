"""Units laid out by executors, with a quick substitute for the layout."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from fleuron.paged.layout.units import FontSet, LaidOut, Unit
from fleuron.paged.run.layout_cache import Cache
from fleuron.paged.run.workers import LayoutStopped, Pool, lay_out_units, pool_executor
from tests.support import layout_doubles

pytestmark = pytest.mark.slow

FONTS = FontSet((("Vollkorn", "normal", 400, "Vollkorn.ttf", b"\x00\x01" * 1000),))
OTHER = FontSet((("Amiri", "normal", 400, "Amiri.ttf", b"\x02"),))


class Seen:
    """A watch that keeps what it sees."""

    def __init__(self) -> None:
        self.rounds: list[int] = []
        self.units: list[tuple[str, int, bool]] = []

    def begin(self, units: int) -> None:
        self.rounds.append(units)

    def ready(self, name: str, laid: LaidOut, kept: bool) -> None:
        self.units.append((name, laid.pages, kept))


class Counted(FontSet):
    """A font_set that counts how often it leaves this process."""

    departures: list[int] = []  # noqa: RUF012

    def __reduce__(self) -> tuple[Any, ...]:
        self.departures.append(1)
        return FontSet, (self.faces,)


def unit(name: str, sheet: str = "text", font_set: FontSet = FONTS, **assets: Any) -> Unit:
    return Unit(name, sheet, "p {}", "en", 1, font_set, "none 1", assets)


MANY = [unit(f"articles/{number:02}", "x" * (number % 7 + 1)) for number in range(20)]


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with pool_executor(2, least=0) as executor:
        yield executor


def test_every_unit_is_laid_out_whole_and_in_order(pool: Pool) -> None:
    seen = Seen()
    found = lay_out_units(MANY, pool, None, seen, "tests.support.layout_doubles:plain")
    assert list(found) == [each.name for each in MANY]
    assert [laid.pdf.decode() for laid in found.values()] == [each.digest for each in MANY]
    assert seen.rounds == [20]
    assert sorted(seen.units) == [(each.name, len(each.sheet), False) for each in MANY]


def test_units_are_laid_out_by_processes_that_inherit_nothing(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout_doubles, "STATE", ["changed here"])
    for laid in lay_out_units(MANY, pool, None, Seen(), "tests.support.layout_doubles:plain").values():
        assert laid.places["process"] != os.getpid()
        assert laid.places["state"] == 0


def test_the_longest_unit_begins_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout_doubles, "STATE", [])
    with ThreadPoolExecutor(1) as alone:
        lay_out_units(
            [unit("a", "x"), unit("b", "xxx"), unit("c", "xx")],
            alone,
            None,
            Seen(),
            "tests.support.layout_doubles:noted",
        )
    assert layout_doubles.STATE == ["b", "c", "a"]


def test_the_font_set_is_sent_once_to_each_worker() -> None:
    font_set = Counted(FONTS.faces)
    Counted.departures.clear()
    with pool_executor(2, least=0) as executor:
        for _round in range(2):
            found = lay_out_units(
                [unit(each.name, font_set=font_set) for each in MANY],
                executor,
                None,
                Seen(),
                "tests.support.layout_doubles:plain",
            )
    assert found["articles/07"].pdf.decode() == unit("articles/07").digest
    assert 1 <= len(Counted.departures) <= 2


def test_units_of_two_font_sets_have_each_its_own() -> None:
    mixed = [unit(str(number), font_set=(FONTS, OTHER)[number % 2]) for number in range(6)]
    with pool_executor(1, least=0) as executor:
        found = lay_out_units(mixed, executor, None, Seen(), "tests.support.layout_doubles:plain")
    assert [laid.pdf.decode() for laid in found.values()] == [each.digest for each in mixed]


def test_cached_units_are_not_laid_out(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    with pool_executor(1, least=0) as executor:
        first = lay_out_units([unit("a"), unit("b")], executor, cache, Seen(), "tests.support.layout_doubles:plain")
        seen = Seen()
        again = lay_out_units(
            [unit("a"), unit("b", "other"), unit("b2")], executor, cache, seen, "tests.support.layout_doubles:plain"
        )
    assert again["a"] == first["a"]
    assert again["b"] != first["b"]
    assert sorted(seen.units) == [("a", 4, True), ("b", 5, False), ("b2", 4, False)]


def test_no_process_is_started_where_all_units_are_cached(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(unit("a").digest, LaidOut(b"%PDF", 1, {}))
    with pool_executor(2, least=0) as executor:
        lay_out_units([unit("a")], executor, cache, Seen(), "nothing:at_all")
        assert executor.processes is None


def test_for_a_few_pages_no_process_is_started() -> None:
    with pool_executor(2, least=100) as executor:
        found = lay_out_units([unit("a"), unit("bad")], executor, None, Seen(), "tests.support.layout_doubles:choosy")
        assert found["a"].places["process"] == os.getpid()
        assert found["bad"].losses == ("its pages cannot be laid out: ValueError: no such glyph",)
        assert executor.processes is None
        found = lay_out_units(
            [unit("a"), unit("b", "x" * 96)], executor, None, Seen(), "tests.support.layout_doubles:plain"
        )
        assert os.getpid() not in {laid.places["process"] for laid in found.values()}
        # Once they are there, they are of use for the least.
        assert (
            lay_out_units([unit("a")], executor, None, Seen(), "tests.support.layout_doubles:plain")["a"].places[
                "process"
            ]
            != os.getpid()
        )


def test_losses_are_reported_by_every_build(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    with ThreadPoolExecutor(1) as executor:
        for _build in range(2):
            seen = Seen()
            found = lay_out_units([unit("a")], executor, cache, seen, "tests.support.layout_doubles:lossy")
            assert found["a"].losses == ("a picture is missing",)
            assert seen.units == [("a", 0, False)]


def test_an_exception_in_one_unit_is_one_loss_of_that_unit(pool: Pool, tmp_path: Path) -> None:
    found = lay_out_units(
        [unit("a"), unit("bad"), unit("c")], pool, Cache(tmp_path), Seen(), "tests.support.layout_doubles:choosy"
    )
    assert found["bad"] == LaidOut(b"", 0, {}, ("its pages cannot be laid out: ValueError: no such glyph",))
    assert (found["a"].pages, found["c"].pages) == (4, 4)
    assert Cache(tmp_path).get(unit("bad").digest) is None


def test_a_unit_that_cannot_be_pickled_is_one_loss_of_that_unit(pool: Pool) -> None:
    found = lay_out_units(
        [unit("a"), unit("bad", lock=threading.Lock())], pool, None, Seen(), "tests.support.layout_doubles:plain"
    )
    assert found["a"].pages == 4
    (loss,) = found["bad"].losses
    assert "TypeError" in loss
    assert "\n" not in loss


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_worker_only_costs_time(tmp_path: Path, workers: int) -> None:
    units = [*MANY, unit("killer", str(tmp_path / "mark"))]
    with pool_executor(workers, least=0) as executor:
        found = lay_out_units(units, executor, None, Seen(), "tests.support.layout_doubles:mortal")
        assert [laid.pdf.decode() for laid in found.values()] == [each.digest for each in units]
        assert (tmp_path / "mark").exists()
        assert len(lay_out_units(MANY, executor, None, Seen(), "tests.support.layout_doubles:plain")) == 20


def test_a_unit_that_kills_every_worker_is_reported_and_not_repeated_for_ever() -> None:
    names = ("a", "b", "c", "d", "e", "f", "g")
    for units, named in (
        ([unit("bad")], "bad"),
        ([unit("bad", "longest"), *map(unit, names)], "bad, a, b, c, d and 3 more"),
    ):
        with pool_executor(1, least=0) as executor, pytest.raises(LayoutStopped) as stopped:
            lay_out_units(units, executor, None, Seen(), "tests.support.layout_doubles:fatal")
        assert str(stopped.value) == f"the processes that lay out pages died, 2 times; not laid out: {named}"


@pytest.mark.parametrize("name", ["no_such_engine:lay_out", "tests.support.layout_doubles.nothing:lay_out"])
def test_workers_without_weasyprint_are_reported_once(pool: Pool, name: str) -> None:
    with pytest.raises(LayoutStopped, match="needs WeasyPrint and Pango: ModuleNotFoundError: No module named"):
        lay_out_units(MANY, pool, None, Seen(), name)
