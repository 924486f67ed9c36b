"""Each command that builds has ``--untrusted``, and then runs nothing of the publication and of its repository."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

from fleuron.archive.release import payload
from fleuron.archive.release.archiving import archive
from fleuron.archive.release.build_environment import BuildEnvironment, running_environment
from fleuron.commands.main import overview
from fleuron.publish import build_processes
from fleuron.publish.live.site import LiveSite
from fleuron.publish.untrusted_sources import options_of
from tests.support.forked_sphinx import server
from tests.support.publications import SMALL, Maker, Publication, run_in_process, text_of
from tests.support.tagged_releases import FILES, commit, git, repository


def leaves(mark: Path) -> str:
    """Return a conf.py that leaves a mark if it is run."""
    return SMALL["conf.py"] + f"open({str(mark)!r}, 'w')\n"


def live_site(source: Path, build: Path) -> LiveSite:
    arguments = Namespace(untrusted=True, source=source, options=())
    return LiveSite(source, build, ["en"], partial(options_of, arguments), "")


def translate(publication: Publication) -> None:
    result = run_in_process(["translations", "--untrusted", "--source", str(publication.source)])
    raise SystemExit(result.output)


def show(publication: Publication) -> None:
    live_site(publication.source, publication.build).build_again(print)


@pytest.mark.parametrize("command", [translate, show])
def test_a_conf_that_does_more_is_refused(make: Maker, tmp_path: Path, command: Callable[[Publication], None]) -> None:
    publication = make({"conf.py": leaves(tmp_path / "run")})
    with pytest.raises(SystemExit) as refused:
        command(publication)
    assert str(refused.value).startswith("fleuron: conf.py: line 6: ")
    assert not (tmp_path / "run").exists() and not publication.build.exists()
    assert not (publication.source / "locale").exists()


def test_a_live_site_shows_html_as_text(make: Maker, capfd: pytest.CaptureFixture[str]) -> None:
    publication = make({"articles/one.md": SMALL["articles/one.md"] + "\nWords <b onclick='evil()'>of it</b>.\n"})
    with patch.object(build_processes, "process_context", server):
        assert live_site(publication.source, publication.build).build_again(print) == ["English"]
    page = publication.page("en", "articles/one")
    assert not page.xpath("//b") and "<b onclick=" in text_of(page)
    assert "one.md:9: WARNING: --untrusted shows HTML as text" in capfd.readouterr().err


@pytest.fixture
def hostile(tmp_path: Path) -> Publication:
    """A repository whose settings have Git run programs, which leave a mark."""
    made = repository(tmp_path, {**FILES, ".gitattributes": "*.md filter=evil\n", "src/fleuron/__main__.py": ""})
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {tmp_path / 'run'}\nexec cat\n")
    script.chmod(0o755)
    for setting in ("filter.evil.smudge", "core.fsmonitor", "gpg.program", "core.sshCommand", "core.pager"):
        git(made.source, "config", setting, str(script))
    git(made.source, "config", "log.showSignature", "true")
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "fsmonitor-watchman"):
        (made.source / ".git/hooks" / hook).write_bytes(script.read_bytes())
        (made.source / ".git/hooks" / hook).chmod(0o755)
    return made


def test_an_archive_runs_no_program_that_a_repository_names(hostile: Publication, tmp_path: Path) -> None:
    hostile.write("conf.py", leaves(tmp_path / "run"))
    commit(hostile, "v2.0")
    (tmp_path / "run").unlink(missing_ok=True)  # of the hooks at this commit
    with pytest.raises(SystemExit, match=r"^fleuron: conf\.py: line 6: "):
        archive(hostile.source, "v2.0", tmp_path / "archive", untrusted=True)
    assert not (tmp_path / "run").exists()
    assert list((tmp_path / "archive").iterdir()) == []


def test_an_archive_is_built_by_the_program_that_runs(
    hostile: Publication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[tuple[BuildEnvironment, list[str]]] = []

    def build(environment: BuildEnvironment, _source: Path, _target: Path, arguments: list[str], _moment: int) -> None:
        used.append((environment, arguments))
        raise SystemExit("as far as here")

    monkeypatch.setattr(payload, "build", build)
    with pytest.raises(SystemExit, match="as far as here"):
        archive(hostile.source, "v1.0", tmp_path / "archive", untrusted=True)
    ((environment, arguments),) = used
    assert environment == running_environment() and "--untrusted" in arguments
    with pytest.raises(SystemExit, match="as far as here"):
        archive(hostile.source, "v1.0", tmp_path / "archive")
    assert used[1][0] != running_environment() and "--untrusted" not in used[1][1]
    assert (tmp_path / "run").exists(), "what a repository that is trusted names is run"


def test_a_user_is_led_to_it() -> None:
    assert "fleuron publish html --untrusted" in overview()
    assert "did you mean “publish”?" in run_in_process(["build", "--untrusted"]).output
