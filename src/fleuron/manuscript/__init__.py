"""Read articles and contributors: front matter becomes records and nodes, and unsafe content is kept out."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.adopted import set_up_for_publications
from fleuron.manuscript import (
    article_head,
    author_biographies,
    dependent_documents,
    directive_attributes,
    file_access,
    language_marks,
    literary,
    notebooks,
    page_references,
    pictures,
    quotations,
    read_files,
    records,
    restrictions,
    source_files,
    translated,
    whole_files,
)


def setup(app: Sphinx) -> None:
    notebooks.setup(app)
    records.setup(app)
    source_files.setup(app)
    read_files.setup(app)
    directive_attributes.setup(app)
    set_up_for_publications(app, "fleuron.manuscript.line_beginnings")
    quotations.setup(app)
    literary.setup(app)
    article_head.setup(app)
    author_biographies.setup(app)
    translated.setup(app)
    whole_files.setup(app)
    set_up_for_publications(app, "fleuron.manuscript.unsafe_markup")
    file_access.setup(app)
    page_references.setup(app)
    set_up_for_publications(app, "fleuron.manuscript.passages")
    pictures.setup(app)
    restrictions.setup(app)
    set_up_for_publications(app, "fleuron.manuscript.references")
    language_marks.setup(app)
    set_up_for_publications(app, "fleuron.manuscript.article_texts", "fleuron.manuscript.notices")
    dependent_documents.setup(app)
