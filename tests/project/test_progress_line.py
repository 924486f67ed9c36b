"""What a command is doing is shown on a terminal, once it takes longer than a moment, and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from fleuron.progress.made_files import made_in
from fleuron.progress.progress_line import (
    ERASE,
    PATIENCE,
    STEP,
    ProgressLine,
    is_terminal,
    note_step,
    noted_step,
    waiting_for,
)
from tests.support.publications import Maker


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_line_is_drawn_over_itself_after_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    stream, clock = Terminal(), Clock()
    line = ProgressLine(stream, {"TERM": "xterm"}, clock)
    clock.now = PATIENCE - 0.1
    line.show("reading")
    assert stream.getvalue() == ""
    clock.now = 3.0
    line.show("reading 4 texts")
    line.show("a text that is wider than the terminal")
    line.clear()
    line.clear()
    drawn = stream.getvalue().split(ERASE)
    assert drawn == ["", "reading 4 texts (3 s)", "a text that is wider than the", ""]


@pytest.mark.parametrize(("stream", "term"), [(StringIO(), "xterm"), (Terminal(), "dumb"), (Terminal(), "")])
def test_what_is_no_terminal_stays_empty(stream: StringIO, term: str) -> None:
    clock = Clock()
    line = ProgressLine(stream, {"TERM": term} if term else {}, clock)
    clock.now = 60.0
    line.show("reading")
    line.clear()
    assert stream.getvalue() == ""


def test_waiting_ends_with_what_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("CI", raising=False)
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with pytest.raises(ValueError, match="broken"), waiting_for("validating"):
        raise ValueError("broken")
    assert stream.getvalue() == ""


def test_a_process_tells_its_step_to_the_command_that_runs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "step"
    assert noted_step(path) == ""
    note_step("reading")  # nobody asks
    monkeypatch.setenv(STEP, str(path))
    note_step("writing")
    assert noted_step(path) == "writing"


@pytest.mark.parametrize("name", ["CI", "NO_COLOR"])
def test_who_wants_no_progress_has_none(name: str) -> None:
    assert is_terminal(Terminal(), {"TERM": "xterm", name: ""})
    assert not is_terminal(Terminal(), {"TERM": "xterm", name: "1"})


def test_what_was_made_is_counted_on_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CI", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert made_in(tmp_path, 1) == ""
    monkeypatch.setattr(sys, "stdout", Terminal())
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one").write_bytes(bytes(1_200_000))
    assert made_in(tmp_path, 3.21) == " (one file of 1.2 MB, in 3.2 s)"
    (tmp_path / "two").write_bytes(b"")
    assert made_in(tmp_path, 0) == " (2 files of 1.2 MB, in 0.0 s)"


@pytest.mark.slow
def test_a_build_tells_its_steps_and_prints_none(make: Maker, tmp_path: Path) -> None:
    publication, path = make({}), tmp_path / "step"
    words = [sys.executable, "-P", "-m", "sphinx", "-q", "-b", "html", str(publication.source), str(publication.build)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=os.environ | {STEP: str(path)})
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert noted_step(path) == "subsetting typefaces"
