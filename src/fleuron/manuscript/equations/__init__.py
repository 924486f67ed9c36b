"""Number equations, let references find them, and give each formula the commands that authors define."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.manuscript.equations import commands, displayed, numbering


def setup(app: Sphinx) -> None:
    commands.setup(app)
    displayed.setup(app)
    numbering.setup(app)
