"""Units laid out on a real Dask cluster of processes, one of which is killed."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster

from fleuron.paged.layout.units import FontSet
from fleuron.paged.run.layout_cache import Cache
from fleuron.paged.run.workers import Cluster, LayoutStopped, dask_executor, lay_out_units
from tests.paged.test_workers import FONTS, MANY, OTHER, Counted, Seen, unit

# It starts processes that import Dask.
pytestmark = pytest.mark.slow


def local(workers: int) -> LocalCluster:
    # Any free port for its pages: two clusters, or two test runs, stand side by side.
    return LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with local(2) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def cluster(address: str) -> Iterator[Cluster]:
    with dask_executor(address) as executor:
        yield executor


def test_every_unit_is_laid_out_whole_and_in_order(cluster: Cluster, tmp_path: Path) -> None:
    seen = Seen()
    found = lay_out_units(MANY, cluster, Cache(tmp_path), seen, "tests.support.layout_doubles:plain")
    assert [(name, laid.pdf.decode()) for name, laid in found.items()] == [(each.name, each.digest) for each in MANY]
    assert len(seen.units) == 20
    assert Cache(tmp_path).get(MANY[0].digest) == found[MANY[0].name]


def test_a_killed_worker_only_costs_time(cluster: Cluster, tmp_path: Path) -> None:
    units = [*MANY, unit("killer", str(tmp_path / "mark"))]
    found = lay_out_units(units, cluster, None, Seen(), "tests.support.layout_doubles:mortal")
    assert [laid.pdf.decode() for laid in found.values()] == [each.digest for each in units]
    assert (tmp_path / "mark").exists()


def test_the_font_set_is_sent_again_when_the_only_worker_that_had_it_is_killed(tmp_path: Path) -> None:
    units = [unit("killer", str(tmp_path / "mark")), *MANY]
    with local(1) as single, dask_executor(single.scheduler_address) as executor:
        lay_out_units(MANY[:3], executor, None, Seen(), "tests.support.layout_doubles:mortal")
        found = lay_out_units(units, executor, None, Seen(), "tests.support.layout_doubles:mortal")
    assert [laid.pdf.decode() for laid in found.values()] == [each.digest for each in units]


def test_a_large_font_set_is_sent_once_and_without_a_warning(cluster: Cluster) -> None:
    face = ("Vollkorn", "normal", 400, "Vollkorn.ttf", bytes(11_000_000))
    Counted.departures.clear()
    for _round in range(2):
        font_set = Counted((face,))
        found = lay_out_units(
            [unit(each.name, font_set=font_set) for each in MANY],
            cluster,
            None,
            Seen(),
            "tests.support.layout_doubles:plain",
        )
    assert found["articles/07"].pdf.decode() == unit("articles/07", font_set=FontSet((face,))).digest
    assert list(cluster.font_sets) == [font_set.digest]
    assert not Counted.departures  # never with a unit


def test_units_of_two_font_sets_have_each_its_own(cluster: Cluster) -> None:
    mixed = [unit(str(number), font_set=(FONTS, OTHER)[number % 2]) for number in range(6)]
    found = lay_out_units(mixed, cluster, None, Seen(), "tests.support.layout_doubles:plain")
    assert [laid.pdf.decode() for laid in found.values()] == [each.digest for each in mixed]


def test_an_exception_in_one_unit_is_one_loss_of_that_unit(cluster: Cluster) -> None:
    found = lay_out_units(
        [unit("a"), unit("bad"), unit("c")], cluster, None, Seen(), "tests.support.layout_doubles:choosy"
    )
    assert found["bad"].losses == ("its pages cannot be laid out: ValueError: no such glyph",)
    assert (found["a"].pages, found["c"].pages) == (4, 4)


def test_workers_without_weasyprint_are_reported_once(cluster: Cluster) -> None:
    with pytest.raises(LayoutStopped, match="needs WeasyPrint and Pango"):
        lay_out_units(MANY, cluster, None, Seen(), "no_such_engine:lay_out")


def test_an_address_where_nothing_answers_is_reported() -> None:
    with pytest.raises(LayoutStopped, match=re.escape("no Dask scheduler answers at tcp://127.0.0.1:9")):
        dask_executor("tcp://127.0.0.1:9", timeout=0.5)


def test_a_scheduler_without_workers_is_reported() -> None:
    with local(0) as empty, pytest.raises(LayoutStopped, match="has no workers"):
        dask_executor(empty.scheduler_address, timeout=0.5)


def test_without_dask_the_message_names_the_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(LayoutStopped, match=re.escape("pip install 'fleuron[dask]'")):
        dask_executor("tcp://127.0.0.1:8786")
