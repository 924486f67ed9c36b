"""Keep texts from running code and from including files of the machine; in a stranger's, show HTML as text."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.manuscript.restrictions import directives_by_language, raw_markup, unknown_elements


def setup(app: Sphinx) -> None:
    directives_by_language.setup(app)
    raw_markup.setup(app)
    unknown_elements.setup(app)
