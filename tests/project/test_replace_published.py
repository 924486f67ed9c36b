"""A folder is published by what has changed in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fleuron.publish.replace_published import publish_edition, publish_folder


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def texts_in(folder: Path) -> dict[str, str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}


def test_only_files_whose_bytes_change_are_written(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "published"
    written(source, {"one.html": "1", "deep/two.html": "2", "gone.html": "3", ".buildinfo": "x", "deep/works.json": ""})
    assert publish_folder(source, target) == 3
    before = {name: (target / name).stat() for name in ("one.html", "deep/two.html")}
    (source / "gone.html").unlink()
    written(source, {"one.html": "1", "deep/two.html": "two", "new/four.html": "4"})
    os.utime(source / "one.html", ns=(1, 1))  # written again with the same bytes
    assert publish_folder(source, target) == 3, "one is gone, one has changed and one is new"
    assert texts_in(target) == {"one.html": "1", "deep/two.html": "two", "new/four.html": "4"}
    after = (target / "one.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before["one.html"].st_ino, before["one.html"].st_mtime_ns)
    assert (target / "deep/two.html").stat().st_ino != before["deep/two.html"].st_ino
    assert publish_folder(source, target) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["published", "source"], "no draft is left"


def test_a_file_that_the_next_build_writes_in_place_stays_as_it_was_published(tmp_path: Path) -> None:
    source, target = written(tmp_path / "source", {"one.html": "1"}), tmp_path / "published"
    for _ in range(2):
        publish_folder(source, target)
        with (source / "one.html").open("r+") as page:
            page.write("X")
        assert texts_in(target) == {"one.html": "1"}
        (source / "one.html").write_text("1", "utf-8")


def test_files_are_copied_where_there_are_no_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_arguments: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "hardlink_to", refused)
    source, target = written(tmp_path / "source", {"one.html": "1"}), tmp_path / "published"
    assert [publish_folder(source, target) for _ in range(2)] == [1, 0]
    assert texts_in(target) == {"one.html": "1"}
    assert (target / "one.html").stat().st_nlink == 1


def test_an_empty_folder_is_published(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    written(tmp_path / "published", {"one.html": "1"})
    assert publish_folder(tmp_path / "source", tmp_path / "published") == 1
    assert texts_in(tmp_path / "published") == {}


def test_a_book_of_the_same_bytes_is_not_written_again(tmp_path: Path) -> None:
    output = written(tmp_path / "output", {"small-en.pdf": "1", "en/one.pdf": "2", "en/two.pdf": "3"})
    assert publish_edition(output, "pdf", tmp_path / "build", "en") == 3
    written(output, {"small-en.pdf": "1", "en/two.pdf": "new"})
    assert publish_edition(output, "pdf", tmp_path / "build", "en") == 1
    assert publish_edition(output, "pdf", tmp_path / "build", "en", "one") == 0
