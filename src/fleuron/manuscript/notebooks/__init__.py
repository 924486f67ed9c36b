"""Load MyST's parser, or that of notebooks (myst_nb) where conf.py names it."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.manuscript.notebooks import outputs


def setup(app: Sphinx) -> None:
    if "myst_nb" in app.config.extensions:
        app.setup_extension("myst_nb")  # which loads MyST's parser itself
        outputs.setup(app)
    else:
        app.setup_extension("myst_parser")
