"""Fixtures: the sample publication, built once, and small publications made of a dict of files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Pdf
from playwright.sync_api import Browser

from tests.support.publications import SMALL, Maker, Publication, copy_sample
from tests.support.shared_folders import run_folder, shared_folder

# Fixtures whose tests have the marker of the same name.
MARKED = ("browser", "sample")
# Set for the tests that are marked "nightly" to run.
NIGHTLY = "FLEURON_NIGHTLY"

# epubcheck takes half the time where Java does not prepare for a long one.
SHORT_RUN = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of the night by day, mark those with a browser or the sample, and begin with the longest."""
    if NIGHTLY not in os.environ:
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("nightly")])
        items[:] = [item for item in items if not item.get_closest_marker("nightly")]
    ranks: dict[Path, int] = {}
    for item in items:
        for name in MARKED:
            if name in getattr(item, "fixturenames", ()):
                item.add_marker(name)
        rank = 0 if item.get_closest_marker("slow") else 1 if item.get_closest_marker("sample") else 2
        ranks[item.path] = min(rank, ranks.get(item.path, rank))
    items.sort(key=lambda item: ranks[item.path])


@pytest.fixture(scope="session", autouse=True)
def layout_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder where the builds of this test run cache laid-out pages and font subsets: never the user's own."""
    folder = run_folder(tmp_path_factory) / "cache"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FLEURON_CACHE", str(folder))
        environment.setenv("JAVA_TOOL_OPTIONS", SHORT_RUN, prepend=" ")
        yield folder


@pytest.fixture(scope="session", autouse=True)
def node_packages() -> Iterator[Path]:
    """The folder of the Node packages that validate what is built."""
    folder = Path(__file__).parent / "node_modules"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FLEURON_NODE_MODULES", str(folder))
        yield folder


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder shared by all tests of the run: the sample in `source`, all it publishes in `build`, and its `cache`."""

    def build(folder: Path) -> None:
        (folder / "source").mkdir()
        publication = Publication(copy_sample(folder / "source"))
        with pytest.MonkeyPatch.context() as environment:
            # A cache of its own: a test looks at what is in it.
            environment.setenv("FLEURON_CACHE", str(folder / "cache"))
            result = publication.publish("pdf", "epub", "records", "html", options="-W --keep-going")
        assert result.code == 0, result.output
        assert "WARNING" not in result.output, result.output

    return shared_folder(tmp_path_factory, "sample", build)


@pytest.fixture(scope="session")
def sample(sample_folder: Path) -> Publication:
    """The sample publication, every format of every edition, built with warnings as errors; nobody may change it."""
    return Publication(sample_folder / "source")


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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser; its tests must not share their process with a browser that is still open, so it ends with its file."""
    from tests.support.browser import browsing

    with browsing() as opened:
        yield opened


@pytest.fixture(scope="session")
def bound() -> bytes:
    """The small book of `bound_book`, bound; WeasyPrint is imported for those tests alone."""
    from fleuron.paged.binding.bind import bind
    from tests.support.bound_book import book, parts

    return bind(parts(), book())


@pytest.fixture
def pdf(bound: bytes) -> Iterator[Pdf]:
    """The small book, opened."""
    with pikepdf.open(BytesIO(bound)) as opened:
        yield opened
