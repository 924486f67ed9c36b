"""The web site of an edition: theme, pages and what they link."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Set up builder, theme and pages; imported here, for what lays out a book asks this room for fonts alone."""
    from fleuron.site import colophon, keywords, likeness, mathml, neighbours, pages, search, typefaces, withdrawn
    from fleuron.site.builder import SiteBuilder
    from fleuron.site.translator import SiteTranslator

    app.add_builder(SiteBuilder, override=True)
    app.set_translator("html", SiteTranslator)
    app.add_html_theme("fleuron", str(Path(__file__).parent / "theme"))
    mathml.setup(app)
    likeness.setup(app)
    neighbours.setup(app)
    keywords.setup(app)
    colophon.setup(app)
    pages.setup(app)
    search.setup(app)
    withdrawn.setup(app)
    typefaces.setup(app)
