"""What is new of a format is published by what has changed in it, and in one step."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from fleuron.publish.build_folder import clear
from fleuron.publish.replace_published import NewFormat, add_edition
from tests.support.killed_commands import leftovers


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def texts_in(folder: Path) -> dict[str, str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}


def publish_folder(source: Path, target: Path) -> int:
    """Publish a folder in the place of another, alone."""
    new = NewFormat(target.parent.parent, target.parent.name)
    changes = new.add_folder(source, target.name)
    new.publish()
    return changes


def publish_edition(output: Path, form: str, build: Path, language: str, article: str = "") -> int:
    """Publish one edition of a format."""
    new = NewFormat(build, form)
    changes = add_edition(new, output, language, article)
    new.publish()
    return changes


def test_only_files_whose_bytes_change_are_written(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "build/html/en"
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
    assert [path.name for path in target.parent.iterdir()] == ["en"], "no draft is left"


def test_a_file_that_the_next_build_writes_in_place_stays_as_it_was_published(tmp_path: Path) -> None:
    source, target = written(tmp_path / "source", {"one.html": "1"}), tmp_path / "build/html/en"
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
    source, target = written(tmp_path / "source", {"one.html": "1"}), tmp_path / "build/html/en"
    assert [publish_folder(source, target) for _ in range(2)] == [1, 0]
    assert texts_in(target) == {"one.html": "1"}
    assert (target / "one.html").stat().st_nlink == 1


def test_an_empty_folder_is_published(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    target = written(tmp_path / "build/html/en", {"one.html": "1"})
    assert publish_folder(tmp_path / "source", target) == 1
    assert texts_in(target) == {}


def test_a_book_of_the_same_bytes_is_not_written_again(tmp_path: Path) -> None:
    output = written(tmp_path / "output", {"small-en.pdf": "1", "en/one.pdf": "2", "en/two.pdf": "3"})
    assert publish_edition(output, "pdf", tmp_path / "build", "en") == 3
    written(output, {"small-en.pdf": "1", "en/two.pdf": "new"})
    assert publish_edition(output, "pdf", tmp_path / "build", "en") == 1
    assert publish_edition(output, "pdf", tmp_path / "build", "en", "one") == 0


def test_printers_files_are_published_beside_the_books_and_go_with_the_option(tmp_path: Path) -> None:
    files = {"small-en.pdf": "1", "print/en/small-en-print.pdf": "p"}
    other = {"pdf/print/tr/small-tr-print.pdf": "t"}
    output, build = written(tmp_path / "output", files), written(tmp_path / "build", other)
    assert publish_edition(output, "pdf", build, "en") == 2
    assert texts_in(build / "pdf") == {**files, "print/tr/small-tr-print.pdf": "t"}
    (output / "print/en/small-en-print.pdf").unlink()
    (output / "print/en").rmdir()
    assert publish_edition(output, "pdf", build, "en") == 1
    assert texts_in(build / "pdf") == {"small-en.pdf": "1", "print/tr/small-tr-print.pdf": "t"}


# What is published of a site, what is built, and what a reader then finds; a file of a host stays.
OLD = {
    **{"en/a.html": "old", "en/gone.html": "old", "tr/a.html": "old", "ru/a.html": "old", "index.html": "old"},
    **{"sitemap.xml": "old", "CNAME": "small.example", "versions/v1/a.html": "old"},
}
BUILT = {"en": {"a.html": "new", "b.html": "new"}, "tr": {"a.html": "new"}}
NEW = {
    **{"en/a.html": "new", "en/b.html": "new", "tr/a.html": "new", "ru/a.html": "old", "index.html": "new"},
    **{"CNAME": "small.example", "versions/v1/a.html": "old"},
}


def site(folder: Path) -> Path:
    """Return the build folder of a site, of which two of three editions are built anew."""
    for language, files in BUILT.items():
        written(folder / "editions" / language / "html", files)
    written(folder / "html", OLD)
    return folder


def publish_site(build: Path) -> None:
    new = NewFormat(build, "html")
    for language in BUILT:
        add_edition(new, build / "editions" / language / "html", language)
    new.write("index.html", b"new")
    new.delete("sitemap.xml")
    new.publish()


def seen(build: Path) -> dict[str, str]:
    """Read what a visitor of the site finds."""
    files = texts_in(build / "html") if (build / "html").is_dir() else {}
    return {name: text for name, text in files.items() if not name.startswith(".")}


def at_each_call(function: Callable[[], object], do: Callable[[], object]) -> None:
    """Run a function, and do something before each of its calls of the system."""

    def called(_frame: object, event: str, callee: object) -> None:
        if event == "c_call" and getattr(callee, "__module__", "") in ("posix", "ctypes"):
            sys.setprofile(None)
            do()
            sys.setprofile(called)

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        function()
    finally:
        sys.setprofile(before)


def test_a_visitor_finds_the_old_site_or_the_new_at_any_call_of_the_system(tmp_path: Path) -> None:
    build = site(tmp_path)
    states = []
    at_each_call(lambda: publish_site(build), lambda: states.append(seen(build)))
    assert len(states) > 100
    change = states.index(NEW)
    assert [state for state in states if state != OLD] == states[change:]
    assert [state for state in states if state != NEW] == states[:change]


@pytest.mark.parametrize("part", range(10))
def test_the_next_command_clears_what_a_killed_one_has_left(tmp_path: Path, part: int) -> None:
    build, left = site(tmp_path), 12 * part

    def end() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os._exit(9)

    if not (child := os.fork()):
        at_each_call(lambda: publish_site(build), end)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    state = seen(build)
    clear(build)
    assert seen(build) == state and list(leftovers(build)) == []
    publish_site(build)
    assert seen(build) == NEW


def test_what_is_alone_new_takes_its_place_alone(tmp_path: Path) -> None:
    build = site(tmp_path)
    before = (build / "html").stat().st_ino
    publish_edition(build / "editions/tr/html", "html", build, "tr")
    assert (build / "html").stat().st_ino == before
    assert seen(build) == {**OLD, "tr/a.html": "new"}


@pytest.mark.parametrize("refused", ["link", "chown"])
def test_what_cannot_be_exchanged_is_replaced_one_by_one(tmp_path: Path, refused: str) -> None:
    build = site(tmp_path)
    before = (build / "html").stat().st_ino
    with patch.object(os, refused, side_effect=PermissionError):
        publish_site(build)
    assert seen(build) == NEW and (build / "html").stat().st_ino == before
    assert list(leftovers(build)) == []


def test_a_site_that_is_a_link_to_another_folder_stays_one(tmp_path: Path) -> None:
    build = site(tmp_path / "build")
    (build / "html").rename(tmp_path / "public")
    (build / "html").symlink_to(tmp_path / "public")
    publish_site(build)
    assert seen(build) == NEW and (build / "html").is_symlink()
    assert list(leftovers(build)) == []
