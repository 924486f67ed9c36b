"""Disks that are full, folders that are read-only: one message, no traceback, and what was published stays."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.support.killed_commands import command_line, leftovers, published
from tests.support.publications import SMALL, Publication

# Of prctl(2), and the capability by which root writes where it may not.
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1
Prepare = Callable[[], object]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """A small site that is published."""
    publication = Publication(tmp_path_factory.mktemp("refused") / "source")
    for name, text in SMALL.items():
        publication.write(name, text)
    result = publication.publish("html", languages="tr")
    assert result.code == 0, result.output
    return publication


def publish(publication: Publication, prepare: Prepare, **env: str) -> subprocess.CompletedProcess[str]:
    """Publish in a process of its own, which is prepared before it begins."""
    command = command_line("publish", "html", "--languages=tr", "--source", publication.source)
    return subprocess.run(
        [*command, "--build", str(publication.build)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=prepare,
        env={**os.environ, **env},
    )


def allow_small_files(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def obey_modes() -> None:
    """Let this process write only where the mode of a folder allows it, although it may be root's."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE)


def change(publication: Publication, word: str) -> None:
    publication.write("articles/one.md", SMALL["articles/one.md"] + f"\nA {word} line.\n")


def assert_refused(process: subprocess.CompletedProcess[str], message: str) -> None:
    """Assert that a command ended with one message."""
    assert process.returncode == 1
    assert len(process.stderr.splitlines()) == 1, process.stderr
    assert process.stderr.startswith("fleuron: ") and message in process.stderr
    assert "html →" not in process.stdout


@pytest.mark.parametrize("size", [2_000, 30_000])  # of which the first does not hold what Sphinx has read
def test_files_that_cannot_be_written_end_a_build_with_one_message(built: Publication, size: int) -> None:
    before = published(built.build)
    change(built, str(size))
    process = publish(built, partial(allow_small_files, size))
    assert_refused(process, "File too large; allow larger files (ulimit -f)")
    assert published(built.build) == before
    assert [name for name in leftovers(built.build) if not name.endswith(".unfinished")] == []


@pytest.fixture
def read_only() -> Iterator[Callable[[Path], None]]:
    changed: list[tuple[Path, int]] = []

    def protect(folder: Path) -> None:
        for path in (folder, *folder.rglob("*")):
            if path.is_dir():
                changed.append((path, path.stat().st_mode))
                path.chmod(0o555)

    yield protect
    for path, mode in changed:
        path.chmod(mode)


def test_a_build_folder_that_is_read_only_is_named(built: Publication, read_only: Callable[[Path], None]) -> None:
    before = published(built.build)
    change(built, "protected")
    read_only(built.build)
    assert_refused(publish(built, obey_modes), "Permission denied; allow yourself to write there, or name another")
    assert published(built.build) == before


def test_sources_and_cache_may_be_read_only(
    built: Publication, read_only: Callable[[Path], None], tmp_path: Path
) -> None:
    change(built, "new")
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    built.write("locale/tr/LC_MESSAGES/articles/one.po", f'{header}msgid "A new line."\nmsgstr "Yeni."\n')
    (tmp_path / "cache").mkdir()
    read_only(tmp_path / "cache")
    read_only(built.source)
    process = publish(built, obey_modes, FLEURON_CACHE=str(tmp_path / "cache"))
    assert process.returncode == 0, process.stderr
    assert "Yeni." in built.page("tr", "articles/one").text_content()
    assert "rror" not in process.stderr


def mounted(size: str, line: list[str]) -> list[str]:
    """Return the command that runs another one with a small disk at $DISK, which nobody else sees."""
    script = 'mount -t tmpfs -o size="$0" none "$DISK" && exec "$@"'
    unshare = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    return [*unshare, "sh", "-c", script, size, *line]


@pytest.mark.slow
@pytest.mark.skipif("FLEURON_KILLS" not in os.environ, reason="mounts disks; set FLEURON_KILLS")
@pytest.mark.parametrize("size", ["200k", "400k", "500k", "600k", "700k"])
@pytest.mark.parametrize("form", ["html", "pdf"])
def test_a_full_disk_ends_a_build_with_one_message(tmp_path: Path, form: str, size: str) -> None:
    publication = Publication(tmp_path / "source")
    for name, text in SMALL.items():
        publication.write(name, text)
    disk = tmp_path / "disk"
    disk.mkdir()
    line = command_line("publish", form, "--languages=tr", "--source", publication.source, "--build", disk / "build")
    done = subprocess.run(
        mounted(size, line), capture_output=True, text=True, check=False, env={**os.environ, "DISK": str(disk)}
    )
    if done.returncode:
        assert len(done.stderr.splitlines()) == 1, done.stderr
        assert "No space left on device; free some space there, or name another folder" in done.stderr
    else:
        assert f"{form} →" in done.stdout


@pytest.mark.slow
@pytest.mark.skipif("FLEURON_KILLS" not in os.environ, reason="mounts disks; set FLEURON_KILLS")
@pytest.mark.parametrize("variable", ["FLEURON_CACHE", "TMPDIR"])
def test_a_full_disk_of_the_cache_or_of_temporary_files_stops_nothing(built: Publication, variable: str) -> None:
    disk = built.source.parent / variable
    disk.mkdir()
    line = command_line("publish", "pdf", "html", "--source", built.source, "--build", built.build)
    fill = ["sh", "-c", 'head -c 95000 /dev/zero > "$DISK/full"; exec "$@"', "sh", *line]
    env = {**os.environ, "DISK": str(disk), variable: str(disk)}
    done = subprocess.run(mounted("100k", fill), capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr
    assert "html →" in done.stdout and "Traceback" not in done.stderr
