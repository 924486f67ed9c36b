"""Mark text without a translation with its own language, so that ``lang`` is right (WCAG 2.2, 3.1.2).

Otherwise, screen readers and hyphenation would treat English words as Turkish ones.
"""

from __future__ import annotations

import sys
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale
from sphinx.util.nodes import extract_messages

from fleuron.config import languages_of
from fleuron.editions.bidirectional import LANGUAGE_CLASS
from fleuron.editions.interface_words import language_of_words
from fleuron.publication.edition import Edition
from fleuron.publication.language_tags import language_tag


class MarkUntranslated(SphinxTransform):
    """Give each block that is not in the language of the edition the class that docutils writes as ``lang``.

    These are blocks without a translation, in the language of the sources or in that of their attribute
    ``written_in``.
    """

    default_priority = Locale.default_priority + 2

    def apply(self, **kwargs: Any) -> None:
        source, here = languages_of(self.config)[0], language_tag(self.config.language)
        for node, message in extract_messages(self.document):
            language = node.get("written_in", source)
            if language != here and not node.get("translated") and isinstance(node, nodes.TextElement):
                if message.strip() and not is_marked(node):
                    node["classes"].append(f"{LANGUAGE_CLASS}{language}")


def is_marked(node: nodes.Element | None) -> bool:
    """Return whether an author has marked a block, or an ancestor of it, with a language."""
    while node is not None:
        classes: list[str] = node.get("classes", [])
        if any(name.startswith(LANGUAGE_CLASS) for name in classes):
            return True
        node = node.parent
    return False


def say_language_of_interface(app: Sphinx) -> None:
    """Say that the interface has no texts in the language of the edition, which is not a mistake of the author."""
    language = language_tag(app.config.language)
    if language_of_words(language) != language:
        print(
            f"fleuron: the interface has no texts in {Edition(language).name} ({language}): words such as “Contents” "
            "are in English, and marked as English",
            file=sys.stderr,
        )


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", say_language_of_interface)
    app.add_transform(MarkUntranslated)
