"""The same sources give the same bytes: in any folder, in any order, on any day."""

from __future__ import annotations

import hashlib
from pathlib import Path

from conftest import copy_sample
from publications import Publication


def digests(publication: Publication) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in publication.files().items()}


def test_the_sample_built_elsewhere_next_year_by_another_python_is_the_same(
    sample: Publication, tmp_path: Path
) -> None:
    folder = tmp_path / "quite another folder"
    folder.mkdir()
    other = Publication(copy_sample(folder))
    result = other.publish(
        *("html", "epub", "pdf", "html"),
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
