"""Let Sphinx's own HTML builders, dirhtml and singlehtml, write pages in Fleuron's theme.

Their pages have the texts and notes, and none of the files that Fleuron's builder `html` writes beside its pages:
search, feed, records and downloads, whose addresses are those of that builder's pages.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

PLAIN_BUILDERS = ("dirhtml", "singlehtml")


def switch_off_search(app: Sphinx) -> None:
    """Write no search page in Fleuron's theme: it needs the texts that the builder `html` writes for it."""
    builder = app.builder
    if builder.name in PLAIN_BUILDERS and isinstance(builder, StandaloneHTMLBuilder):
        if builder.theme.name == "fleuron":
            builder.search = False


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", switch_off_search)
