"""The PDFs of an edition: the volume, and each article's offprint.

Documents become fragments of HTML (``fragments``), these a manuscript (``composition``) of sheets
(``matter``), each of which is a unit (``units``) that is laid out once (``layout``, which alone knows
WeasyPrint), kept (``cache``) and bound (``binding``) into the volume and into offprints; ``press`` is
the order of the work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Set up the builder; it is imported here, for a worker that lays out pages needs none."""
    from fleuron.paged.builder import PdfBuilder
    from fleuron.paged.sheets.fragments import FragmentTranslator

    app.add_builder(PdfBuilder)
    app.set_translator("pdf", FragmentTranslator)
