"""Translate the texts of the interface, such as “Contents”, from the catalogues in the folder ``interface``.

They are .po files that are read directly, without being compiled. Without a catalogue or a translation, a text is in
English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po
from markupsafe import Markup

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


def interface_marker(language: str) -> Callable[[str], Markup]:
    """Return the function that writes a text of the interface as HTML, with its language where that is another one."""
    words = language_of_words(language)
    direction = f' dir="{direction_of(words)}"' if direction_of(words) != direction_of(language) else ""
    element = Markup("{}") if words == language else Markup(f'<span lang="{words}"{direction}>{{}}</span>')
    return lambda text: element.format(text)
