"""The EPUB of an edition: Sphinx's builder with what it gets wrong put right."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from fleuron.epub.builder import EditionEpubBuilder
from fleuron.epub.translator import EpubTranslator


def setup(app: Sphinx) -> None:
    app.add_builder(EditionEpubBuilder, override=True)
    app.add_html_theme("fleuron-epub", str(Path(__file__).parent / "theme"))
    app.set_translator("epub", EpubTranslator, override=True)
