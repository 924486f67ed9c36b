"""Restrict directives under the names that they have in the publication's language too, such as ``inclure``.

docutils 0.22 finds its own class for such a name, and not the one that replaces it under the English name.
"""

from __future__ import annotations

from docutils.parsers.rst import Directive, directives
from docutils.parsers.rst.languages import get_language
from sphinx.application import Sphinx
from sphinx.config import Config

# Those of docutils' directives that read files.
READERS = frozenset({"csv-table", "figure", "image", "include", "raw"})


def restrict_translated_names(app: Sphinx, config: Config) -> None:
    """Give the translated names of directives that read files the classes of the English ones."""
    language = get_language(config.language)
    for name, english in getattr(language, "directives", {}).items():
        if english in READERS and name != english:
            known: dict[str, type[Directive]] = directives._directives  # type: ignore[attr-defined]
            app.add_directive(name, known[english], override=True)


def setup(app: Sphinx) -> None:
    app.connect("config-inited", restrict_translated_names)
