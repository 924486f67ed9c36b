"""Citation notes: one call, one note, in the words of a CSL style and of the edition's language."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.notes import (
    adjacent_calls,
    bib_file_checks,
    biography_notes,
    calls,
    cited_sources,
    html_notes,
    note_styles,
    notes_transform,
    source_list,
    sources,
    translated_calls,
)


def setup(app: Sphinx) -> None:
    # Before the extension below looks at them, in the set-up of its domain.
    app.connect("config-inited", bib_file_checks.check_bibliographies, priority=300)
    app.connect("builder-inited", sources.read_bibliographies, priority=400)
    app.setup_extension("sphinxcontrib.bibtex")
    note_styles.setup(app)
    calls.setup(app)
    cited_sources.setup(app)
    translated_calls.setup(app)
    html_notes.setup(app)
    notes_transform.setup(app)
    biography_notes.setup(app)
    adjacent_calls.setup(app)
    source_list.setup(app)
