"""Records for libraries that need the whole text of an article, and the builder that writes all records as files."""

from __future__ import annotations

from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    from fleuron.library.builder import RecordsBuilder

    app.add_builder(RecordsBuilder)
