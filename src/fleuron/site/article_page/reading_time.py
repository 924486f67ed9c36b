"""Estimate how long an article takes to read, by the language of its edition."""

from __future__ import annotations

from math import ceil

from docutils import nodes

from fleuron.conservation.doctree_words import UNSEEN
from fleuron.editions.word_counts import count_words
from fleuron.publication.edition import Edition
from fleuron.publication.language_tags import primary_language

# Words a minute, read silently by adults: the means of Trauzettel-Klosinski and Dietz, “Standardized Assessment of
# Reading Performance: The New International Reading Speed Texts IReST” (2012), table 2; for Chinese and Japanese, whose
# letters are counted as words, letters a minute.
SPEEDS = {
    **{"ar": 138, "de": 179, "en": 228, "es": 218, "fi": 161, "fr": 195, "he": 187, "it": 188, "ja": 357, "nl": 202},
    **{"pl": 166, "pt": 181, "ru": 184, "sl": 180, "sv": 199, "tr": 166, "zh": 255},
}
# The mean of the languages with spaces, for any other.
OTHER_SPEED = 184


def minutes_of(document: nodes.document, language: str) -> int:
    """Return the minutes, rounded up, that the text of an article takes, without its notes and biographies."""
    words = sum(count_words(text.astext()) for text in document.findall(nodes.Text) if is_read_through(text))
    return ceil(words / SPEEDS.get(primary_language(language), OTHER_SPEED))


def is_read_through(text: nodes.Text) -> bool:
    """Return whether a text is part of what is read from beginning to end."""
    node: nodes.Element | None = text.parent
    while node is not None:
        if isinstance(node, (nodes.footnote, nodes.raw, *UNSEEN)) or "biographies" in node.get("classes", ()):
            return False
        node = node.parent
    return True


def reading_time(document: nodes.document, edition: Edition) -> str:
    """Return the time that an article takes in the words of the edition, “12 min”; "" if it is under two minutes."""
    minutes = minutes_of(document, edition.language)
    return edition.quantity(minutes, "duration-minute") if minutes > 1 else ""
