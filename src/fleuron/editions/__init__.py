"""Languages: the interface's texts, the catalogues of translations, untranslated text and the direction of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fleuron.adopted import set_up_for_publications

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Set up all modules; they are imported here, because a command needs only the words of the interface."""
    from fleuron.editions import (
        bidirectional,
        catalogue_checks,
        compiled_catalogues,
        edition_project,
        interface_words,
        library_languages,
        untranslated,
    )

    bidirectional.setup(app)
    catalogue_checks.setup(app)
    compiled_catalogues.setup(app)
    set_up_for_publications(app, "fleuron.editions.dashes")
    edition_project.setup(app)
    interface_words.setup(app)
    library_languages.setup(app)
    untranslated.setup(app)
