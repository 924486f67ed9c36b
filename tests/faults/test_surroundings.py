"""Builds in odd places: names of folders, locale, umask, no HOME, and a folder in which another command builds."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fleuron.publish.build_folder import TEMPORARY, begin_edition, end_edition, locked, reserved
from tests.support.killed_commands import command_line, leftovers
from tests.support.publications import SMALL, Publication

# As a shell script, a manager of files or an author may name a folder.
NAMES = {
    "all that is special": '-n 100%_{x} "it\'s" & <b> [a]*?#;$HOME\\',
    "a line break": "line\nbreak",
    "200 letters of Cyrillic": "/".join("ж" * 100 for _ in range(2)),
}
FILES = {
    **SMALL,
    "articles/one.md": SMALL["articles/one.md"] + "\n![A bar](bar.svg)\n\nOwed.{footcite}`grafton`\n",
    "articles/bar.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><title>Bar</title></svg>',
    "refs.bib": "@book{grafton,\n author = {Grafton, Anthony},\n title = {The Footnote},\n year = {1997}\n}\n",
}
FORMATS = ("pdf", "epub", "html")


def make(folder: Path) -> Publication:
    publication = Publication(folder / "source")
    for name, text in FILES.items():
        publication.write(name, text)
    return publication


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """A small publication that is built where nothing is special."""
    publication = make(tmp_path_factory.mktemp("plain"))
    result = publication.publish(*FORMATS, languages="tr")
    assert result.code == 0, result.output
    return publication


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_may_have_any_name(plain: Publication, tmp_path: Path, name: str) -> None:
    publication = make(tmp_path / NAMES[name])
    result = publication.publish(*FORMATS, languages="tr")
    assert result.code == 0, result.output
    assert publication.files() == plain.files()


def test_a_narrow_terminal_encoding_a_strict_umask_and_no_home_change_no_byte(
    plain: Publication, tmp_path: Path
) -> None:
    publication = make(tmp_path)
    line = command_line("publish", "html", "--source", publication.source, "--languages=tr", "--build=build")
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    env = {key: value for key, value in os.environ.items() if key not in ("HOME", "FLEURON_CACHE", "XDG_CACHE_HOME")}
    done = subprocess.run(
        ["sh", "-c", 'umask 077; exec "$@"', "sh", *line],
        cwd=tmp_path,
        env=env | ascii_only,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"T\\xfcrk\\xe7e: html" in done.stdout
    assert b"Traceback" not in done.stderr
    pages = {name: text for name, text in publication.files().items() if name.endswith("articles/one.html")}
    assert pages and all(b"Owed." in text for text in pages.values())
    assert all(path.stat().st_mode & 0o077 == 0 for path in publication.build.rglob("*"))


def test_a_folder_is_given_to_one_command_at_a_time(tmp_path: Path) -> None:
    build = tmp_path / "build"
    with locked(build):
        program = "from pathlib import Path; from fleuron.publish.build_folder import reserved\n"
        program += f"with reserved(Path({str(build)!r})): print('mine')"
        other = subprocess.Popen(
            [sys.executable, "-P", "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert other.stderr is not None
        said = other.stderr.readline()
        assert f"is writing to {build}; waiting until it ends" in said
        assert sys.platform != "linux" or f"process {os.getpid()}" in said
        assert other.poll() is None
    assert other.communicate() == ("mine\n", "")
    assert list(build.rglob("*")) == [build / "editions"]


def test_the_last_copy_of_a_killed_command_gives_the_folder_back(tmp_path: Path) -> None:
    with copied_process(tmp_path / "build") as copy:
        descriptor = os.open(tmp_path / "build", os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.kill(copy, signal.SIGKILL)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        os.close(descriptor)


@contextmanager
def copied_process(folder: Path) -> Iterator[int]:
    """Lock a folder in a process that makes a copy of itself and is killed; yield the process that is the copy."""
    program = "import os, sys, time; from pathlib import Path; from fleuron.publish.build_folder import locked\n"
    program += "with locked(Path(sys.argv[1])):\n    copy = os.fork()\n    print(copy, flush=True) if copy else None\n"
    program += "    time.sleep(600)"
    process = subprocess.Popen([sys.executable, "-P", "-c", program, folder], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    copy = int(process.stdout.readline())
    process.kill()
    process.wait()
    try:
        yield copy
    finally:
        process.stdout.close()
        if Path(f"/proc/{copy}").exists():
            os.kill(copy, signal.SIGKILL)


def test_what_a_killed_command_has_left_is_removed(tmp_path: Path) -> None:
    build = tmp_path / "build"
    for name in ("html/.en.part/page", "html/.tr.old/page", "pdf/.small-en.pdf.part", f"{TEMPORARY}/log", "html/tr/a"):
        (build / name).parent.mkdir(parents=True, exist_ok=True)
        (build / name).write_text(name)
    with reserved(build) as temporary:
        assert list(temporary.iterdir()) == [] and list(build.glob("*/.*.*")) == []
    assert list(leftovers(build)) == []
    assert (build / "html/tr/a").is_file()


def test_a_folder_that_was_put_aside_is_published_again(tmp_path: Path) -> None:
    (tmp_path / "html" / ".tr.old").mkdir(parents=True)
    with reserved(tmp_path):
        assert (tmp_path / "html" / "tr").is_dir()


def test_what_a_killed_build_has_written_is_written_again(tmp_path: Path) -> None:
    edition, output, doctrees = tmp_path / "en", tmp_path / "en" / "html", tmp_path / "en" / "doctrees"
    for path in (output / "torn.html", doctrees / "environment.pickle"):
        path.parent.mkdir(parents=True)
        path.touch()
    begin_edition(edition, output, doctrees)
    assert (output / "torn.html").exists() and (doctrees / "environment.pickle").exists()
    begin_edition(edition, edition / "pdf", doctrees)  # reads anew what another build may have read in part
    assert (output / "torn.html").exists() and not (doctrees / "environment.pickle").exists()
    begin_edition(edition, output, doctrees)
    assert not output.exists()
    end_edition(edition, output)
    end_edition(edition, edition / "pdf")
    assert list(leftovers(tmp_path)) == []
