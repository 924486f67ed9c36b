"""Keep texts from running code and from including files of the machine; in a stranger's, show HTML as text."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.adopted import set_up_for_publications
from fleuron.manuscript.restrictions import directives_by_language


def setup(app: Sphinx) -> None:
    directives_by_language.setup(app)
    set_up_for_publications(
        app, "fleuron.manuscript.restrictions.raw_markup", "fleuron.manuscript.restrictions.unknown_elements"
    )
