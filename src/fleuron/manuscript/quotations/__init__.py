"""Read quotations that have their sources below them: ``{epigraph}``, ``{highlights}`` and ``{pull-quote}``."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.manuscript.quotations import attributed_quotations


def setup(app: Sphinx) -> None:
    attributed_quotations.setup(app)
