"""Write articles for editors who work in word processors."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.deferred_builders import add_deferred_builder


def setup(app: Sphinx) -> None:
    app.setup_extension("fleuron.content")
    add_deferred_builder(app, "exchange", "fleuron.exporting.builder", "ExchangeBuilder")
