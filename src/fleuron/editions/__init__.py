"""Languages: the interface's texts, the catalogues of translations, untranslated text and the direction of text."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.editions import bidirectional, catalogue_checks, dashes, docutils_turkish, interface_words, untranslated


def setup(app: Sphinx) -> None:
    docutils_turkish.setup()
    bidirectional.setup(app)
    catalogue_checks.setup(app)
    dashes.setup(app)
    interface_words.setup(app)
    untranslated.setup(app)
