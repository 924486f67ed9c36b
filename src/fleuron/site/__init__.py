"""Build the web site of an edition: its pages, theme, search, feed and similar articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fleuron.adopted import keeps_its_pages

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Set up builder, theme and pages; a project that keeps its pages has those of Sphinx's builders."""
    if keeps_its_pages(app):
        return
    from fleuron.site import (
        builder,
        changed_pages,
        keyword_links,
        keyword_pages,
        other_html_builders,
        page_context,
        web_fonts,
        withdrawn_files,
    )
    from fleuron.site.article_page import actions, cited_sources
    from fleuron.site.search import index
    from fleuron.site.similar import articles
    from fleuron.site.site_translator import SiteTranslator
    from fleuron.site.theme_files import THEME

    app.setup_extension("fleuron.content")
    app.add_builder(builder.SiteBuilder, override=True)
    for name in ("html", *other_html_builders.PLAIN_BUILDERS):
        app.set_translator(name, SiteTranslator)
    app.add_html_theme("fleuron", str(THEME))
    for module in (
        actions,
        articles,
        builder,
        changed_pages,
        cited_sources,
        keyword_links,
        keyword_pages,
        page_context,
        index,
        withdrawn_files,
        web_fonts,
    ):
        module.setup(app)
    other_html_builders.setup(app)
