"""Read articles and contributors: front matter becomes records and nodes, and unsafe content is kept out."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.manuscript import (
    article_head,
    article_texts,
    author_biographies,
    dependent_documents,
    directive_attributes,
    file_access,
    language_marks,
    line_beginnings,
    literary,
    notebooks,
    notices,
    page_references,
    passages,
    pictures,
    quotations,
    read_files,
    records,
    references,
    restrictions,
    source_files,
    translated,
    unsafe_markup,
    whole_files,
)


def setup(app: Sphinx) -> None:
    notebooks.setup(app)
    records.setup(app)
    source_files.setup(app)
    read_files.setup(app)
    directive_attributes.setup(app)
    line_beginnings.setup(app)
    quotations.setup(app)
    literary.setup(app)
    article_head.setup(app)
    author_biographies.setup(app)
    translated.setup(app)
    whole_files.setup(app)
    unsafe_markup.setup(app)
    file_access.setup(app)
    page_references.setup(app)
    passages.setup(app)
    pictures.setup(app)
    restrictions.setup(app)
    references.setup(app)
    language_marks.setup(app)
    article_texts.setup(app)
    notices.setup(app)
    dependent_documents.setup(app)
