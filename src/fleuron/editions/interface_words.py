"""Translate the texts of the interface, such as “Contents”, from the catalogues in the folder ``interface``.

They are .po files that are read directly, without being compiled. Without a catalogue or a translation, a text is in
English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po
from markupsafe import Markup, escape

from fleuron.publication.language_tags import direction_of, primary_language

ENGLISH = "en"
Translate = Callable[[str], str]


@cache
def interface_catalogue(language: str) -> Mapping[str, str]:
    """Return the translations of the interface in a language, by English text."""
    folder = files(__package__).joinpath("interface")
    for tag in (language, primary_language(language)):
        source = folder.joinpath(f"{tag}.po")
        if source.is_file():
            with source.open("rb") as stream:
                return {
                    str(message.id): str(message.string) for message in read_po(stream) if message.id and message.string
                }
    return {}


def language_of_words(language: str) -> str:
    """Return the language of the interface's texts in an edition: English, where there are none in the edition's."""
    return language if interface_catalogue(language) or primary_language(language) == ENGLISH else ENGLISH


def interface_words(language: str) -> Translate:
    """Return the function that translates an English text of the interface into a language."""
    translations = interface_catalogue(language)
    return lambda msgid: translations.get(msgid, msgid)


def interface_attributes(language: str) -> dict[str, str]:
    """Return the attributes of an element with texts of the interface: their language, where that is another one."""
    words = language_of_words(language)
    if words == language:
        return {}
    direction = direction_of(words)
    return {"lang": words} | ({"dir": direction} if direction != direction_of(language) else {})


def attributes_as_html(language: str) -> Markup:
    """Return these attributes as HTML, each after a space."""
    return Markup("").join(Markup(' {}="{}"').format(*each) for each in interface_attributes(language).items())


def interface_marker(language: str) -> Callable[[str], Markup]:
    """Return the function that writes a text of the interface as HTML, with its language where that is another one."""
    attributes = attributes_as_html(language)
    if not attributes:
        return escape
    return lambda text: Markup("<span{}>{}</span>").format(attributes, text)
