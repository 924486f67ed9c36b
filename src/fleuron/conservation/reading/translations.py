"""Check that each translation that is used has all of its words in the document."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale, parse_noqa

from fleuron.conservation.raw_html import text_of_raw
from fleuron.conservation.reading.node_words import LOCATOR_WORDS, WORD, plain_words, strings_of
from fleuron.conservation.reading.token_words import SYNTAX
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.manuscript.records import publication_records
from fleuron.manuscript.restrictions.unknown_elements import texts_like_tags
from fleuron.manuscript.source_positions import document_catalogue
from fleuron.manuscript.translated.messages import is_translated, restore_source
from fleuron.notes.markup.note_call import note_call
from fleuron.reporting import report

# What is replaced by words that are written elsewhere.
REPLACED = re.compile(r"\{\{.*?\}\}|\[[^\[\]]*\](?=\[\])")
# A line break of HTML, between words that may stand close to it.
LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


class CheckTranslations(SphinxTransform):
    """Report each translation of whose words some are lost, and put the source back in its place."""

    # Before the sources of translated blocks are forgotten.
    default_priority = Locale.default_priority + 3

    def apply(self, **kwargs: Any) -> None:
        messages: list[tuple[str, nodes.Element]] = getattr(self.document, "translatable_messages", [])
        name = self.env.current_document.docname
        is_catalogue_used = name not in publication_records(self.env).whole_files
        if not is_catalogue_used or not any(is_translated(node, message) for message, node in messages):
            return
        catalogue = document_catalogue(self.env, name)
        for message, node in messages:
            translation = catalogue.find(message) if is_translated(node, message) else None
            if translation is None or not (lost := lost_words(parse_noqa(translation.text)[0], node)):
                continue
            if isinstance(node, nodes.TextElement):
                restore_source(node)
            problem = f"“{' '.join(lost)}” would not be printed"
            report(Finding(Diagnostic.UNUSED_TRANSLATION, translation.line, {"problem": problem}), translation.path)


def lost_words(translation: str, node: nodes.Element) -> list[str]:
    """Return the words of a translation that a node has neither in its text nor in an attribute, in their order."""
    markup = LINE_BREAK.sub(" ", SYNTAX.sub(" ", REPLACED.sub(" ", translation)))
    for tag in texts_like_tags(markup, markup):
        # Its entities are those of Markdown, so that only its brackets are escaped.
        markup = markup.replace(tag, " " + tag.replace("<", "&lt;").replace(">", "&gt;") + " ")
    text = text_of_raw(markup)
    left = Counter(plain_words(text)) - Counter(word for found in strings_of([node]) for word in plain_words(found))
    if left and any(node.findall(note_call)):
        left = Counter({word: count for word, count in left.items() if word not in LOCATOR_WORDS})
    return [word for word in WORD.findall(text) if word.casefold() in left] if left else []
