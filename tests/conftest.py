"""Fixtures: the sample publication, built once, and small publications made of a dict of files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Pdf

from tests.support.publications import SMALL, Maker, Publication, copy_sample


@pytest.fixture(scope="session", autouse=True)
def pages_kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder where all builds of this run keep what was laid out: never the user's own."""
    base = tmp_path_factory.getbasetemp()
    # Each process of pytest-xdist has a folder of its own, below that of the run.
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "pages"
    with pytest.MonkeyPatch.context() as circumstances:
        circumstances.setenv("FLEURON_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The sample publication, every format of every edition, built with warnings as errors."""
    folder = tmp_path_factory.mktemp("sample")
    (folder / "source").mkdir()
    publication = Publication(copy_sample(folder / "source"))
    result = publication.publish("pdf", "epub", "html", options="-W --keep-going")
    assert result.code == 0, result.output
    assert "WARNING" not in result.output, result.output
    return publication


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    """Make a small publication of two languages; a file given as None is left out."""

    def maker(changes: Mapping[str, str | None]) -> Publication:
        publication = Publication(tmp_path / "source")
        for name, text in {**SMALL, **changes}.items():
            if text is not None:
                publication.write(name, text)
        return publication

    return maker


@pytest.fixture(scope="session")
def bound() -> bytes:
    """The small book of `gatherings`, bound; WeasyPrint is imported for those tests alone."""
    from fleuron.paged.binding.bind import bind
    from tests.support.bound_book import book, parts

    return bind(parts(), book())


@pytest.fixture
def pdf(bound: bytes) -> Iterator[Pdf]:
    """The same, opened."""
    with pikepdf.open(BytesIO(bound)) as opened:
        yield opened
