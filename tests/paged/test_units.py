"""Real units laid out by the engine: the same bytes here, on processes, on a cluster and from the cache."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from fleuron.paged.layout.units import Laid
from fleuron.paged.layout.weasyprint_layout import lay_out
from fleuron.paged.run.layout_cache import Cache
from fleuron.paged.run.workers import dask_executor, laid_out, pool_executor
from tests.paged.test_dask_cluster import local
from tests.paged.test_layout import unit
from tests.paged.test_workers import Seen

UNITS = [unit(), unit("<p>Другое, <em>other</em></p>", name="two", language="ru", first_folio=9)]


@pytest.fixture(scope="module")
def here() -> Mapping[str, Laid]:
    return {each.name: lay_out(each) for each in UNITS}


@pytest.mark.parametrize("workers", [1, 2])
def test_any_number_of_processes_gives_the_same_bytes(here: Mapping[str, Laid], workers: int) -> None:
    with pool_executor(workers, least=0) as executor:
        assert laid_out(UNITS, executor, None, Seen()) == here


def test_a_cluster_gives_the_same_bytes(here: Mapping[str, Laid]) -> None:
    with local(1) as cluster, dask_executor(cluster.scheduler_address) as executor:
        assert laid_out(UNITS, executor, None, Seen()) == here


def test_the_cache_gives_the_same_bytes(here: Mapping[str, Laid], tmp_path: Path) -> None:
    for kept in (False, True):
        seen = Seen()
        with pool_executor(1) as executor:
            assert laid_out(UNITS, executor, Cache(tmp_path), seen) == here
        assert {each[2] for each in seen.units} == {kept}
