"""Put translations into documents: parse them, and check what they refer to."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.manuscript.translated import messages, references, text_renderer


def setup(app: Sphinx) -> None:
    messages.setup(app)
    references.setup(app)
    text_renderer.setup(app)
