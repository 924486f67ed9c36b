"""The PDFs of an edition: the volume, and each article alone.

Documents become fragments of HTML (``fragments``), fragments become sheets (``sheets``), sheets
become pages (``layout``, which alone knows WeasyPrint and is imported only when a PDF is made).
"""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.paged.builder import PdfBuilder
from fleuron.paged.fragments import FragmentTranslator


def setup(app: Sphinx) -> None:
    app.add_builder(PdfBuilder)
    app.set_translator("pdf", FragmentTranslator)
