"""The builder of library records: JATS with the text of an article, and the records made from its metadata."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.deferred_builders import add_deferred_builder


def setup(app: Sphinx) -> None:
    app.setup_extension("fleuron.content")
    add_deferred_builder(app, "records", "fleuron.library.builder", "RecordsBuilder")
