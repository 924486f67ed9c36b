"""Units laid out by WeasyPrint: the same bytes here, in other processes, on a cluster and from the cache."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from fleuron.paged.layout.units import FontSet, LaidOut, Unit
from fleuron.paged.layout.weasyprint_layout import lay_out_for_binding
from fleuron.paged.run.layout_cache import Cache
from fleuron.paged.run.workers import dask_executor, lay_out_units, pool_executor
from tests.paged.test_dask_cluster import local
from tests.paged.test_layout import unit
from tests.paged.test_workers import Seen

pytestmark = pytest.mark.slow

UNITS = [unit(), unit("<p>Другое, <em>other</em></p>", name="two", language="ru", first_folio=9)]


@pytest.fixture(scope="module")
def here() -> Mapping[str, LaidOut]:
    return {each.name: lay_out_for_binding(each) for each in UNITS}


@pytest.mark.parametrize("workers", [1, 2])
def test_any_number_of_processes_gives_the_same_bytes(here: Mapping[str, LaidOut], workers: int) -> None:
    with pool_executor(workers, least=0) as executor:
        assert lay_out_units(UNITS, executor, None, Seen()) == here


def test_a_cluster_gives_the_same_bytes(here: Mapping[str, LaidOut]) -> None:
    with local(1) as cluster, dask_executor(cluster.scheduler_address) as executor:
        assert lay_out_units(UNITS, executor, None, Seen()) == here


def test_the_cache_gives_the_same_bytes(here: Mapping[str, LaidOut], tmp_path: Path) -> None:
    for kept in (False, True):
        seen = Seen()
        with pool_executor(1) as executor:
            assert lay_out_units(UNITS, executor, Cache(tmp_path), seen) == here
        assert {each[2] for each in seen.units} == {kept}


CHANGES: dict[str, Any] = {
    "name": "articles/two",
    "sheet": "<p>Other</p>",
    "style": "p { color: red }",
    "language": "fr",
    "first_folio": 2,
    "font_set": FontSet(()),
    "programs": "weasyprint 71",
    "assets": {"a.svg": b"<svg/>"},
    "script_fonts": FontSet((("Fleuron Serif", "normal", 400, "serif.woff2", b""),)),
}


def test_every_field_of_a_unit_is_part_of_its_digest() -> None:
    digests = {replace(UNITS[0], **{name: value}).digest for name, value in CHANGES.items()}
    assert CHANGES.keys() == {field.name for field in fields(Unit)}
    assert len(digests | {UNITS[0].digest}) == len(CHANGES) + 1
