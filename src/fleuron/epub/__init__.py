"""The EPUB of an edition: Sphinx's builder with what it gets wrong put right."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from fleuron.config import ConfigurationError
from fleuron.editions.edition_names import file_stem
from fleuron.epub.builder import EditionEpubBuilder
from fleuron.epub.package import COVER
from fleuron.epub.translator import EpubTranslator


def lend_name(app: Sphinx, config: Config) -> None:
    """Name the file after publication and language; stock, all editions would have one name."""
    config.epub_basename = file_stem(config)


def lend_cover(app: Sphinx, config: Config) -> None:
    """Let every book have a cover on a page of its own: that of conf.py, or the one that will be drawn."""
    match config.epub_cover or (COVER, ""):
        case (str(picture), str(template)):
            config.epub_cover = (picture, template or "cover.html")
        case wrong:
            raise ConfigurationError(
                f"epub_cover = {wrong!r} is not a picture and a template, such as ('_static/cover.png', '')"
            )


def setup(app: Sphinx) -> None:
    # After config.lend_defaults, and before Sphinx's own checks.
    app.connect("config-inited", lend_name, priority=120)
    app.connect("config-inited", lend_cover, priority=120)
    app.add_builder(EditionEpubBuilder, override=True)
    app.add_html_theme("fleuron-epub", str(Path(__file__).parent / "theme"))
    app.set_translator("epub", EpubTranslator, override=True)
