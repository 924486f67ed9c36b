"""The PDFs of an edition: the volume, and each article's offprint.

Documents become fragments of HTML (``fragments``), these a manuscript (``composition``) of sheets
(``matter``), each of which is a unit (``units``) that is laid out once (``layout``, which alone knows
WeasyPrint), kept (``cache``) and bound (``binding``) into the volume and into offprints; ``press`` is
the order of the work.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.paged.builder import PdfBuilder
from fleuron.paged.fragments import FragmentTranslator


def setup(app: Sphinx) -> None:
    app.add_builder(PdfBuilder)
    app.set_translator("pdf", FragmentTranslator)
