"""Mark text without a translation with its own language, so that ``lang`` is right (WCAG 2.2, 3.1.2).

Otherwise, screen readers and hyphenation would treat English words as Turkish ones.
"""

from __future__ import annotations

import sys
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale
from sphinx.util.nodes import LITERAL_TYPE_NODES, extract_messages

from fleuron.adopted import is_left_to_sphinx
from fleuron.config import languages_of
from fleuron.editions.bidirectional import LANGUAGE_CLASS
from fleuron.editions.interface_words import interface_catalogue, missing_words
from fleuron.editions.translation_progress import text_message
from fleuron.publication.edition import Edition
from fleuron.publication.language_tags import language_tag
from fleuron.sphinx_versions import application_of

# The attribute of a table of contents with its captions and titles that have no translation.
UNTRANSLATED = "untranslated"
# The attributes of a block that is printed in the language of its source, or in an older translation: how many words
# it has (of its source), that language, and whether it is an older translation.
UNTRANSLATED_WORDS, WRITTEN_IN, OLDER = "untranslated_words", "language_of_source", "older_translation"
# The attributes of a section of a whole-file translation: whether it follows an older version of the source, and the
# titles of the source's sections that are missing after it.
STALE, ADDED = "follows_older", "missing_sections"


class MarkUntranslated(SphinxTransform):
    """Give each block that is not in the language of the edition the class that docutils writes as ``lang``.

    These are blocks without a translation, in the language of the sources or in that of their attribute
    ``written_in``. A table of contents has its caption and titles without a translation in its attribute
    ``untranslated``.
    """

    # After translations were rejected that change the notes or lose words.
    default_priority = Locale.default_priority + 4

    def apply(self, **kwargs: Any) -> None:
        if is_left_to_sphinx(application_of(self.env)):
            return
        source, here = languages_of(self.config)[0], language_tag(self.config.language)
        for node, message in extract_messages(self.document):
            if isinstance(node, addnodes.toctree):
                if source != here and message not in node.__dict__.get("translated_messages", ()):
                    node[UNTRANSLATED] = [*node.get(UNTRANSLATED, ()), message]
                continue
            language = node.get("written_in", source)
            if language == here or not isinstance(node, nodes.TextElement) or not message.strip() or is_marked(node):
                continue
            is_translated = node.get("translated")
            if not is_translated:
                node["classes"].append(f"{LANGUAGE_CLASS}{language}")
            # A text that says its language, such as a biography, is meant to be in it.
            is_text = "written_in" not in node and not isinstance(node, LITERAL_TYPE_NODES)
            if (not is_translated or node.get(OLDER)) and is_text:
                node[UNTRANSLATED_WORDS] = text_message(message).words
                node[WRITTEN_IN] = language


def is_marked(node: nodes.Element | None) -> bool:
    """Return whether an author has marked a block, or an ancestor of it, with a language."""
    while node is not None:
        classes: list[str] = node.get("classes", [])
        if any(name.startswith(LANGUAGE_CLASS) for name in classes):
            return True
        node = node.parent
    return False


def say_language_of_interface(app: Sphinx) -> None:
    """Say which texts of the interface are missing in the language of the edition: it is not the author's mistake."""
    language = language_tag(app.config.language)
    missing = missing_words(language)
    if not missing:
        return
    name = f"{Edition(language).name} ({language})"
    if interface_catalogue(language):
        texts = ", ".join(f"“{text}”" for text in missing)
        which = f"the interface lacks texts in {name}, which are in English, and marked as English: {texts}"
    else:
        which = f"the interface has no texts in {name}: words such as “Contents” are in English, and marked as English"
    print(f"fleuron: {which}", file=sys.stderr)


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", say_language_of_interface)
    app.add_transform(MarkUntranslated)
