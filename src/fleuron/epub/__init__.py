"""The EPUB builder: Sphinx's own, with its defects corrected."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from fleuron.config import ConfigurationError
from fleuron.deferred_builders import add_deferred_builder
from fleuron.editions.edition_names import file_stem
from fleuron.epub.file_names import COVER


def set_file_name(app: Sphinx, config: Config) -> None:
    """Name the EPUB after publication and language, because Sphinx gives all editions the same name."""
    config.epub_basename = file_stem(config)


def set_cover(app: Sphinx, config: Config) -> None:
    """Give every book a cover page, with the picture of conf.py or the one that will be drawn."""
    match config.epub_cover or (COVER, ""):
        case (str(picture), str(template)):
            config.epub_cover = (picture, template or "cover.html")
        case wrong:
            raise ConfigurationError(
                f"epub_cover must be a picture and a template, such as ('_static/cover.png', ''), and is {wrong!r}"
            )


def setup(app: Sphinx) -> None:
    # After fleuron.config has set its defaults, and before Sphinx's own checks.
    app.connect("config-inited", set_file_name, priority=120)
    app.connect("config-inited", set_cover, priority=120)
    app.setup_extension("fleuron.content")
    add_deferred_builder(app, "epub", "fleuron.epub.builder", "EditionEpubBuilder")
    app.add_html_theme("fleuron-epub", str(Path(__file__).parent / "theme"))
