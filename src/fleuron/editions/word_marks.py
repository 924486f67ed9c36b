"""Mark nodes with a text of the interface by its language, where that is not the edition's."""

from __future__ import annotations

from fleuron.editions.bidirectional import LANGUAGE_CLASS
from fleuron.editions.interface_words import language_of_words
from fleuron.publication.edition import Edition


def marks_of(text: str, edition: Edition) -> list[str]:
    """Return the classes of a text of the interface in an edition: its language, where that is another one."""
    language = language_of_words(edition.language, text)
    return [f"{LANGUAGE_CLASS}{language}"] if language != edition.language else []
