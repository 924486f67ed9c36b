"""The same sources give the same bytes: in any folder, in any order, on any day."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.support.publications import Publication, copy_sample


def digests(publication: Publication) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in publication.files().items()}


def test_the_sample_built_elsewhere_next_year_by_another_python_is_the_same(
    sample: Publication, tmp_path: Path
) -> None:
    folder = tmp_path / "quite another folder"
    folder.mkdir()
    other = Publication(copy_sample(folder))
    result = other.publish(
        *("html", "pdf", "epub", "html"),
        options="-W --keep-going -j 2",
        env={"PYTHONHASHSEED": "7", "TZ": "Asia/Kabul", "LC_ALL": "C.UTF-8", "FLEURON_CACHE": "off"},
        prefix=["faketime", "-f", "+400d"],
    )
    assert result.code == 0, result.output
    ours, theirs = digests(sample), digests(other)
    assert set(ours) == set(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_building_again_changes_nothing(sample: Publication) -> None:
    before = digests(sample)
    assert sample.publish("pdf", "epub", "html").code == 0
    assert digests(sample) == before


def test_what_was_laid_out_once_makes_the_same_books_elsewhere_and_is_not_laid_out_again(
    sample: Publication, tmp_path: Path, pages_kept: Path
) -> None:
    """Another checkout, with another seed, finds every unit; the first copy above found none."""
    kept = {path.name for path in pages_kept.iterdir()}
    assert len(kept) > 20
    folder = tmp_path / "another checkout"
    folder.mkdir()
    other = Publication(copy_sample(folder))
    result = other.publish("pdf", options="-W --keep-going", env={"PYTHONHASHSEED": "11"})
    assert result.code == 0, result.output
    assert {path.name for path in pages_kept.iterdir()} == kept
    ours, theirs = digests(sample), digests(other)
    assert len(theirs) == 12
    assert [name for name in theirs if ours[name] != theirs[name]] == []
