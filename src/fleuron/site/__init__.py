"""The web site of an edition: theme, pages and what they link."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Set up builder, theme and pages; imported here, for what lays out a book asks this room for fonts alone."""
    from fleuron.content import mathematics
    from fleuron.content.html_translator import SiteTranslator
    from fleuron.fonts import edition_fonts
    from fleuron.site import colophon, keyword_pages, page_context, page_dependencies, removed_documents
    from fleuron.site.builder import SiteBuilder
    from fleuron.site.search import index
    from fleuron.site.similar import articles

    app.add_builder(SiteBuilder, override=True)
    app.set_translator("html", SiteTranslator)
    app.add_html_theme("fleuron", str(Path(__file__).parent / "theme"))
    mathematics.setup(app)
    articles.setup(app)
    page_dependencies.setup(app)
    keyword_pages.setup(app)
    colophon.setup(app)
    page_context.setup(app)
    index.setup(app)
    removed_documents.setup(app)
    edition_fonts.setup(app)
