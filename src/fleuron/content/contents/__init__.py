"""What tables of contents list, what is shown of hidden ones, and references to pages that Sphinx generates."""

from __future__ import annotations

from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    from fleuron.content.contents import generated_pages, hidden_contents, title_languages

    generated_pages.setup(app)
    hidden_contents.setup(app)
    title_languages.setup(app)
