"""Put translations into documents: parse them, and check what they refer to."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.deferred_builders import add_deferred_builder
from fleuron.manuscript.translated import message_list, messages, offered_articles, references, sigla, text_renderer


def setup(app: Sphinx) -> None:
    add_deferred_builder(app, "gettext", "fleuron.manuscript.translated.template_builder", "TemplateBuilder")
    add_deferred_builder(app, "progress", "fleuron.manuscript.translated.progress_builder", "ProgressBuilder")
    message_list.setup(app)
    messages.setup(app)
    offered_articles.setup(app)
    references.setup(app)
    sigla.setup(app)
    text_renderer.setup(app)
