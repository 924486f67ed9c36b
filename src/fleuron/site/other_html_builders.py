"""Let Sphinx's own HTML builders, dirhtml and singlehtml, write pages in Fleuron's theme.

Their pages have the texts and notes, and none of the files that Fleuron's builder `html` writes beside its pages:
search, feed, records and downloads, whose addresses are those of that builder's pages.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from fleuron.content.picture_writing import clean_copies

PLAIN_BUILDERS = ("dirhtml", "singlehtml")


def switch_off_search(app: Sphinx) -> None:
    """Write no search page in Fleuron's theme: it needs the texts that the builder `html` writes for it."""
    builder = app.builder
    if builder.name in PLAIN_BUILDERS and isinstance(builder, StandaloneHTMLBuilder):
        if builder.theme.name == "fleuron":
            builder.search = False


def clean_drawings(app: Sphinx, exception: Exception | None) -> None:
    """Take the code out of the drawings that these builders have copied."""
    builder = app.builder
    if exception is None and builder.name in PLAIN_BUILDERS and isinstance(builder, StandaloneHTMLBuilder):
        for folder in (builder._images_dir, builder._downloads_dir, builder._static_dir):
            clean_copies(sorted(Path(folder).rglob("*.svg")))


def setup(app: Sphinx) -> None:
    app.connect("build-finished", clean_drawings)
    app.connect("builder-inited", switch_off_search)
