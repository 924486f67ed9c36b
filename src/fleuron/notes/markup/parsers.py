"""Read MyST files with our parser, in a project that loads myst_parser or myst_nb, before or after this extension."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.config import Config

from fleuron.notes.markup.calls import NoteCallParser


def use_our_parsers(app: Sphinx, _config: Config) -> None:
    if "myst_parser" in app.extensions or "myst_nb" in app.extensions:
        app.add_source_parser(NoteCallParser, override=True)
    if "myst_nb" in app.extensions:
        from fleuron.notes.markup.notebooks import NotebookParser

        app.add_source_parser(NotebookParser, override=True)


def setup(app: Sphinx) -> None:
    app.connect("config-inited", use_our_parsers)
