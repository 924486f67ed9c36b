"""The same sources give the same bytes: in any folder, in any order, on any day."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from tests.support.publications import Publication, copy_sample

# The sample is built once more.
pytestmark = pytest.mark.slow


def digests(publication: Publication) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in publication.files().items()}


def cache_of(publication: Publication) -> Path:
    """Return the folder of a cache beside a publication's own."""
    return publication.source.parent / "cache"


def laid_out(cache: Path) -> set[str]:
    """Return the names of the units whose pages a cache has."""
    return {path.name for path in cache.glob("*.pages")}


@pytest.fixture(scope="module", params=["kept", pytest.param("empty", marks=pytest.mark.nightly)])
def elsewhere(
    sample_folder: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Publication:
    """The sample built in another folder next year, by a Python with another seed, and in another order.

    Its cache has what the sample's build kept, or, by night, nothing: `test_archive` lays out a small publication anew.
    """
    folder = tmp_path_factory.mktemp("elsewhere") / "quite another folder"
    folder.mkdir()
    other = Publication(copy_sample(folder))
    if request.param == "kept":
        shutil.copytree(sample_folder / "cache", cache_of(other))
    result = other.run(
        *("publish", "html", "pdf", "epub", "records", "html"),
        options="-W --keep-going -j 2",
        env={"PYTHONHASHSEED": "7", "TZ": "Asia/Kabul", "LC_ALL": "C.UTF-8", "FLEURON_CACHE": str(cache_of(other))},
        prefix=["faketime", "-f", "+400d"],
    )
    assert result.code == 0, result.output
    return other


def test_the_sample_built_elsewhere_next_year_by_another_python_is_the_same(
    sample: Publication, elsewhere: Publication
) -> None:
    ours, theirs = digests(sample), digests(elsewhere)
    assert set(ours) == set(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []


@pytest.mark.parametrize("elsewhere", ["kept"], indirect=True)
def test_what_was_laid_out_once_is_found_elsewhere(sample_folder: Path, elsewhere: Publication) -> None:
    kept = laid_out(sample_folder / "cache")
    assert len(kept) > 20
    assert laid_out(cache_of(elsewhere)) == kept


def test_building_again_changes_nothing(elsewhere: Publication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLEURON_CACHE", str(cache_of(elsewhere)))
    before = digests(elsewhere)
    assert elsewhere.publish("pdf", "epub", "html").code == 0
    assert digests(elsewhere) == before
