"""Tell the command that runs Sphinx which step of a build it has come to."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from fleuron.progress.progress_line import note_step


def note_reading(_app: Sphinx, _env: BuildEnvironment, documents: list[str]) -> None:
    if documents:
        note_step(f"reading {counted(len(documents))}")


def note_writing(_app: Sphinx, builder: Builder) -> None:
    note_step("writing")


def counted(number: int) -> str:
    """Return a number of texts with the noun in its singular or plural."""
    return f"{number:,} text{'' if number == 1 else 's'}"


def setup(app: Sphinx) -> None:
    app.connect("env-before-read-docs", note_reading)
    app.connect("write-started", note_writing)
