"""The builder of library records: JATS with the text of an article, and the records made from its metadata."""

from __future__ import annotations

from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    from fleuron.library.builder import RecordsBuilder

    app.setup_extension("fleuron.content")
    app.add_builder(RecordsBuilder)
