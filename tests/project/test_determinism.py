"""The same sources give the same bytes: in any folder, in any order, on any day."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.support.publications import Publication, copy_sample

# The sample is built once more, with a cache of its own that is empty at first.
pytestmark = pytest.mark.slow


def digests(publication: Publication) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in publication.files().items()}


def cache_of(publication: Publication) -> Path:
    """Return the folder of a cache beside a publication's own."""
    return publication.source.parent / "cache"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The sample built in another folder next year, by a Python with another seed, and with nothing in its cache."""
    folder = tmp_path_factory.mktemp("elsewhere") / "quite another folder"
    folder.mkdir()
    other = Publication(copy_sample(folder))
    result = other.run(
        *("publish", "html", "pdf", "epub", "html"),
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


def test_building_again_changes_nothing(elsewhere: Publication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLEURON_CACHE", str(cache_of(elsewhere)))
    before = digests(elsewhere)
    assert elsewhere.publish("pdf", "epub", "html").code == 0
    assert digests(elsewhere) == before


def test_what_was_laid_out_once_makes_the_same_books_elsewhere_and_is_not_laid_out_again(
    sample: Publication, sample_folder: Path, tmp_path: Path
) -> None:
    """Another checkout, with another seed, finds every unit that the sample's build cached."""
    cache = sample_folder / "cache"
    kept = {path.name for path in cache.glob("*.pages")}
    assert len(kept) > 20
    folder = tmp_path / "another checkout"
    folder.mkdir()
    other = Publication(copy_sample(folder))
    env = {"PYTHONHASHSEED": "11", "FLEURON_CACHE": str(cache)}
    result = other.run("publish", "pdf", options="-W --keep-going", env=env)
    assert result.code == 0, result.output
    assert {path.name for path in cache.glob("*.pages")} == kept
    ours, theirs = digests(sample), digests(other)
    assert len(theirs) == 12
    assert [name for name in theirs if ours[name] != theirs[name]] == []
