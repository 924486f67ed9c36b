"""Files and folders that are replaced as a whole: a reader finds the old content or the new."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from fleuron import atomic_files
from fleuron.atomic_files import (
    copy_file,
    draft_of,
    exchange,
    replace_folder,
    replacing_file,
    write_file,
    write_shared_file,
)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def folder_with(path: Path, text: str) -> Path:
    """Make a folder with one file."""
    path.mkdir(parents=True)
    (path / "page").write_text(text)
    return path


@pytest.fixture
def unable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the file system be one that cannot exchange two folders."""

    def refused(_one: Path, _other: Path) -> None:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    monkeypatch.setattr(atomic_files, "exchange", refused)


@pytest.mark.parametrize("write", [write_file, write_shared_file])
def test_a_file_is_written_with_its_folder_and_nothing_else_stays(
    tmp_path: Path, write: Callable[[Path, bytes | str], None]
) -> None:
    target = tmp_path / "new" / "page.html"
    write(target, "Kâğıt\n")
    write(target, b"paper")
    assert (target.read_bytes(), names_in(target.parent)) == (b"paper", ["page.html"])
    write(target, "Kâğıt\n")
    assert target.read_bytes() == "Kâğıt\n".encode()


def test_a_reader_finds_the_old_content_until_the_new_is_complete(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    target.write_text("old")
    with replacing_file(target) as draft:
        draft.write_text("half")
        assert target.read_text() == "old" and draft.name.startswith(".")
        draft.write_text("whole")
    assert (target.read_text(), names_in(tmp_path)) == ("whole", ["page.html"])


@pytest.mark.parametrize("durable", [False, True])
def test_after_an_error_the_old_file_is_there_and_no_draft(tmp_path: Path, durable: bool) -> None:
    target = tmp_path / "page.html"
    target.write_text("old")
    with pytest.raises(RuntimeError), replacing_file(target, durable=durable) as draft:
        draft.write_text("half")
        raise RuntimeError
    assert (target.read_text(), names_in(tmp_path)) == ("old", ["page.html"])


def test_a_durable_file_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, named = tmp_path / "bag.tar", []
    monkeypatch.setattr(os, "fsync", lambda _handle: named.append(target.exists()))
    with replacing_file(target, durable=True) as draft:
        draft.write_bytes(b"bag")
    assert named == [False] and target.read_bytes() == b"bag"


def test_what_an_interrupted_run_left_is_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    draft_of(target).write_text("a much longer text of a run that was killed")
    write_file(target, "new")
    assert (target.read_text(), names_in(tmp_path)) == ("new", ["page.html"])


def test_several_writers_of_a_shared_file_do_not_meet(tmp_path: Path) -> None:
    target = tmp_path / "entry"
    contents = [bytes([number]) * 200_000 for number in range(8)]
    threads = [threading.Thread(target=write_shared_file, args=(target, content)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert target.read_bytes() in contents and names_in(tmp_path) == ["entry"]


def test_a_shared_file_can_be_kept_from_others(tmp_path: Path) -> None:
    write_shared_file(tmp_path / "entry", b"", 0o600)
    assert (tmp_path / "entry").stat().st_mode & 0o777 == 0o600


def test_a_copy_has_the_content_alone(tmp_path: Path) -> None:
    source, target = tmp_path / "made", tmp_path / "published" / "page"
    source.write_text("new")
    source.chmod(0o400)
    copy_file(source, target)
    assert target.read_text() == "new" and os.access(target, os.W_OK)
    assert names_in(target.parent) == ["page"]


@pytest.mark.parametrize("in_two_steps", [False, True])
def test_a_folder_takes_the_place_of_another(tmp_path: Path, in_two_steps: bool) -> None:
    target = tmp_path / "site" / "html"
    replace_folder(folder_with(tmp_path / "first", "old"), target, in_two_steps=in_two_steps)
    assert (target / "page").read_text() == "old"
    replace_folder(folder_with(tmp_path / "second", "new"), target, in_two_steps=in_two_steps)
    assert (target / "page").read_text() == "new"
    assert names_in(tmp_path) == ["site"] and names_in(target.parent) == ["html"]


def test_two_folders_change_names(tmp_path: Path) -> None:
    one, other = folder_with(tmp_path / "one", "1"), folder_with(tmp_path / "other", "2")
    exchange(one, other)
    assert ((one / "page").read_text(), (other / "page").read_text()) == ("2", "1")


def test_two_folders_of_which_one_is_missing_stay(tmp_path: Path) -> None:
    one = folder_with(tmp_path / "one", "1")
    with pytest.raises(OSError, match="No such file"):
        exchange(one, tmp_path / "missing")
    assert names_in(tmp_path) == ["one"]


@pytest.mark.usefixtures("unable")
def test_a_system_that_cannot_exchange_folders_leaves_both(tmp_path: Path) -> None:
    new, target = folder_with(tmp_path / "new", "new"), folder_with(tmp_path / "html", "old")
    with pytest.raises(OSError, match="Invalid argument"):
        replace_folder(new, target)
    assert ((new / "page").read_text(), (target / "page").read_text()) == ("new", "old")


@pytest.mark.usefixtures("unable")
def test_a_system_that_cannot_exchange_folders_takes_two_steps_where_that_is_allowed(tmp_path: Path) -> None:
    new, target = folder_with(tmp_path / "new", "new"), folder_with(tmp_path / "html", "old")
    folder_with(tmp_path / ".html.old", "of an interrupted run")
    replace_folder(new, target, in_two_steps=True)
    assert (target / "page").read_text() == "new" and names_in(tmp_path) == ["html"]
