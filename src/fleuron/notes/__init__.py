"""Make citation notes: one note for each call, worded in a CSL style and in the language of the edition."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.notes import (
    bibliography_files,
    biography_notes,
    calls,
    cited_sources,
    html_notes,
    note_placement,
    note_styles,
    notes_transform,
    source_list,
    translated_calls,
)


def setup(app: Sphinx) -> None:
    bibliography_files.setup(app)
    app.setup_extension("sphinxcontrib.bibtex")
    note_styles.setup(app)
    calls.setup(app)
    cited_sources.setup(app)
    translated_calls.setup(app)
    html_notes.setup(app)
    notes_transform.setup(app)
    biography_notes.setup(app)
    note_placement.setup(app)
    source_list.setup(app)
