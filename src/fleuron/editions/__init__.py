"""Languages: the words of the interface, the catalogues and what of a text they leave untranslated."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.editions import bidirectional, catalogue_checks, dashes, docutils_turkish, untranslated


def setup(app: Sphinx) -> None:
    docutils_turkish.setup()
    bidirectional.setup(app)
    catalogue_checks.setup(app)
    dashes.setup(app)
    untranslated.setup(app)
