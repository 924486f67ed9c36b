"""Put translations into documents: parse them, and check what they refer to."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.adopted import set_up_for_publications
from fleuron.deferred_builders import add_deferred_builder
from fleuron.manuscript.translated import message_list, offered_articles, sigla, text_renderer


def setup(app: Sphinx) -> None:
    add_deferred_builder(app, "gettext", "fleuron.manuscript.translated.template_builder", "TemplateBuilder")
    add_deferred_builder(app, "progress", "fleuron.manuscript.translated.progress_builder", "ProgressBuilder")
    message_list.setup(app)
    set_up_for_publications(app, "fleuron.manuscript.translated.messages", "fleuron.manuscript.translated.references")
    offered_articles.setup(app)
    sigla.setup(app)
    text_renderer.setup(app)
