"""The wheel, installed in an environment outside any checkout: every command runs, with the packages that it needs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TextIO, cast

import pytest
from packaging.requirements import Requirement

from tests.support.publications import ROOT, SMALL, Publication, Result
from tests.support.tagged_releases import repository

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Environment:
    """A virtual environment with the wheel, and the folder that its commands run in."""

    folder: Path
    home: Path

    @property
    def command(self) -> str:
        return str(self.folder / "bin" / "fleuron")

    @property
    def variables(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("FLEURON_CACHE", "LANG", "PATH") if name in os.environ}
        return {**kept, "HOME": str(self.home)}

    def run(self, *arguments: str) -> Result:
        """Run `fleuron` away from the checkout."""
        process = subprocess.run(
            [self.command, *arguments],
            cwd=self.home,
            env=self.variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert "Traceback" not in process.stdout and "No module named" not in process.stdout, process.stdout
        return Result(process.returncode, process.stdout)


def requirements_of(wheel: str, extras: set[str]) -> Iterator[str]:
    """Yield the names of all distributions that the wheel needs with some extras, and those that they need."""
    pending = [Requirement(f"{wheel}[{','.join(sorted(extras))}]")]
    found: set[tuple[str, frozenset[str]]] = set()
    while pending:
        requirement = pending.pop()
        key = (requirement.name.lower(), frozenset(requirement.extras))
        if key in found:
            continue
        found.add(key)
        yield requirement.name
        names = {"", *requirement.extras}
        try:
            needed = [Requirement(text) for text in distribution(requirement.name).requires or ()]
        except PackageNotFoundError:  # one that only an older Python needs, for example
            continue
        pending += [
            other
            for other in needed
            if not other.marker or any(other.marker.evaluate({"extra": name}) for name in names)
        ]


def wheel_requirements(wheel: Path, extras: set[str]) -> set[str]:
    """Return the names of the distributions that the metadata of the wheel asks for."""
    import zipfile
    from email import message_from_bytes

    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        requires = message_from_bytes(archive.read(name)).get_all("Requires-Dist") or []
    wanted, pending = set[str](), {"", *extras}
    while pending:
        extra = pending.pop()
        for requirement in map(Requirement, requires):
            if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
                continue
            if requirement.name == "fleuron":
                pending |= requirement.extras
            else:
                wanted.add(requirement.name)
    return {name for direct in wanted for name in requirements_of(direct, set())}


def link_distribution(name: str, folder: Path) -> None:
    """Link the files of an installed distribution into another site-packages folder."""
    try:
        files = distribution(name).files or ()
    except PackageNotFoundError:
        return
    for file in files:
        if ".." in file.parts or file.suffix == ".pyc":
            continue
        target = folder / str(file)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            target.symlink_to(Path(str(file.locate())).resolve())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    code = f"from flit_core import buildapi; print(buildapi.build_wheel({str(folder)!r}))"
    subprocess.run([sys.executable, "-P", "-c", code], cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def environment(wheel: Path, folder: Path, *extras: str) -> Environment:
    """Install the wheel, and link what it needs from the environment of the tests."""
    venv, home = folder / "venv", folder / "home"
    home.mkdir()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(venv / "bin" / "python"), "--disable-pip-version-check"]
    subprocess.run([*pip, "--quiet", "install", "--no-deps", "--no-index", str(wheel)], check=True)
    site_packages = next((venv / "lib").glob("python*/site-packages"))
    for name in wheel_requirements(wheel, set(extras)):
        link_distribution(name, site_packages)
    return Environment(venv, home)


@pytest.fixture(scope="module")
def base(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment as `pip install fleuron` makes it."""
    return environment(wheel, tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def author(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment as `pip install "fleuron[archive,live]"` makes it."""
    return environment(wheel, tmp_path_factory.mktemp("author"), "archive", "live")


@pytest.fixture
def small(tmp_path: Path) -> Publication:
    publication = Publication(tmp_path / "source")
    for name, text in SMALL.items():
        publication.write(name, text)
    return publication


def folders(publication: Publication) -> list[str]:
    return ["--source", str(publication.source), "--build", str(publication.build)]


def test_the_base_publishes_site_and_epub_and_names_the_extras_of_the_rest(
    base: Environment, small: Publication
) -> None:
    assert base.run("--version").output.startswith("fleuron ")
    result = base.run("publish", "html", "epub", *folders(small), "--options=-W")
    assert result.code == 0, result.output
    assert (small.build / "html/tr/articles/one.html").is_file()
    assert sorted(path.name for path in small.build.glob("epub/*.epub")) == ["small-en.epub", "small-tr.epub"]
    for arguments, extra in (
        (["publish", "pdf", *folders(small)], "pdf"),
        (["live", *folders(small)], "live"),
        (["archive", "v1.0", "--source", str(small.source)], "archive"),
    ):
        result = base.run(*arguments)
        assert result.code == 1
        assert f'pip install "fleuron[{extra}]"' in result.output
        assert len(result.output.splitlines()) == 1, result.output


def test_sphinx_itself_names_the_extra_of_a_pdf(base: Environment, small: Publication) -> None:
    process = subprocess.run(
        [base.folder / "bin/python", "-P", "-m", "sphinx", "-q", "-b", "pdf", small.source, small.build],
        env=base.variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 1
    assert 'pip install "fleuron[pdf]"' in process.stderr
    assert len(process.stderr.splitlines()) == 1, process.stderr


def test_an_author_publishes_pdfs_and_updates_translations(author: Environment, small: Publication) -> None:
    result = author.run("publish", "pdf", *folders(small), "--languages=en", "--options=-W")
    assert result.code == 0, result.output
    assert (small.build / "pdf/en/one.pdf").is_file()
    result = author.run("translations", *folders(small))
    assert result.code == 0, result.output
    assert (small.source / "locale/tr/LC_MESSAGES/articles/one.po").is_file()


def test_live_serves_the_site_and_follows_what_is_written(author: Environment, small: Publication) -> None:
    with (author.home / "live.log").open("w+") as output:
        server = subprocess.Popen(
            [author.command, "live", *folders(small), "--port=0"],
            cwd=author.home,
            env=author.variables,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            address = wait_for(lambda: re.search(r"^http://\S+(?= shows)", read(output), re.MULTILINE), server)[0]
            assert "The first text." in page_at(f"{address}en/articles/one.html")
            with urllib.request.urlopen(f"{address}.live/events", timeout=60) as events:
                text = (small.source / "articles/one.md").read_text("utf-8")
                small.write("articles/one.md", text.replace("first", "second"))
                told = {events.readline() for _ in range(9)}
                assert told == {
                    *(b"event: reported\n", b'data: ""\n', b"\n"),
                    *(b"event: changed\n", b'data: "en"\n', b'data: "tr"\n'),
                }
            for language in ("en", "tr"):
                assert "The second text." in page_at(f"{address}{language}/articles/one.html")
        finally:
            server.terminate()
            server.wait(60)


def read(output: TextIO) -> str:
    """Return all that a program has written so far."""
    output.seek(0)
    return output.read()


def page_at(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as response:
        return cast(str, response.read().decode("utf-8"))


def wait_for(find: Callable[[], re.Match[str] | None], process: subprocess.Popen[bytes]) -> re.Match[str]:
    """Return what is found, as soon as it is; fail if the process ends before."""
    while (found := find()) is None:
        assert process.poll() is None, "the program has ended"
        time.sleep(0.1)
    return found


@pytest.mark.nightly  # `test_archive` archives by day as a program without a checkout does
def test_a_tagged_version_is_archived_verified_and_released(author: Environment, tmp_path: Path) -> None:
    publication = repository(tmp_path / "repository")
    result = author.run("archive", "v1.0", "--source", str(publication.source))
    assert result.code == 0, result.output
    bag = publication.source / "archive" / "small-v1.0"
    assert (bag / "data/pdf/en/one.pdf").is_file()
    result = author.run("verify", str(bag))
    assert result.code == 0, result.output
    result = author.run("release", "v1.0", str(tmp_path / "site"), "--source", str(publication.source))
    assert result.code == 0, result.output
    assert (tmp_path / "site/versions/v1.0").is_dir()
