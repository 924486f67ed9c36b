"""Citation notes: one call, one note, in the words of a CSL style and of the edition's language."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.notes import (
    adjacent,
    bibliographies,
    bibliography,
    biographical,
    calls,
    records,
    setting,
    sources,
    styles,
    translated,
    translator,
)


def setup(app: Sphinx) -> None:
    # Before the extension below looks at them, in the set-up of its domain.
    app.connect("config-inited", bibliographies.check_bibliographies, priority=300)
    app.connect("builder-inited", sources.read_bibliographies, priority=400)
    app.setup_extension("sphinxcontrib.bibtex")
    styles.setup(app)
    calls.setup(app)
    records.setup(app)
    translated.setup(app)
    translator.setup(app)
    setting.setup(app)
    biographical.setup(app)
    adjacent.setup(app)
    bibliography.setup(app)
