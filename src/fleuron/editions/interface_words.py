"""The words of the interface in the language of an edition, from the catalogues beside this file.

They are kept as .po files, like a publication's own translations, and read as such: there is
nothing to compile, and a language without a catalogue, or a word without a translation, is
printed in English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po

from fleuron.publication.language_tags import primary_language

Words = Callable[[str], str]


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Read the interface catalogue of a language, as msgid to msgstr."""
    folder = files(__package__).joinpath("interface")
    for tag in (language, primary_language(language)):
        source = folder.joinpath(f"{tag}.po")
        if source.is_file():
            with source.open("rb") as stream:
                return {
                    str(message.id): str(message.string) for message in read_po(stream) if message.id and message.string
                }
    return {}


def words(language: str) -> Words:
    """Return the function that words an English msgid in the language."""
    translations = catalogue(language)
    return lambda msgid: translations.get(msgid, msgid)
