"""Translate the texts of the interface, such as “Contents”, from the catalogues in the folder ``interface``.

They are .po files that are read directly, without being compiled. Without a catalogue or a translation, a text is in
English. A publication may have words of its own (``fleuron_words``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po
from markupsafe import Markup, escape

from fleuron.config import ConfigurationError
from fleuron.diagnostics.similar_names import did_you_mean
from fleuron.publication.language_tags import direction_of, fallback_tags, primary_language

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ENGLISH = "en"
# A language whose catalogue has all texts of the interface, as a test checks.
COMPLETE = "tr"
Translate = Callable[[str], str]


@cache
def interface_catalogue(language: str) -> Mapping[str, str]:
    """Return the translations of the interface in a language, by English text; the publication's own go first."""
    words: dict[str, str] = {}
    folder = files(__package__).joinpath("interface")
    for tag in reversed(fallback_tags(language)):
        source = folder.joinpath(f"{tag}.po")
        if source.is_file():
            with source.open("rb") as stream:
                words |= {str(each.id): str(each.string) for each in read_po(stream) if each.id and each.string}
        words |= own_words().get(tag, {})
    return words


@cache
def own_words() -> dict[str, Mapping[str, str]]:
    """Return the words of the publication that is built by this process, by language (``fleuron_words``)."""
    return {}


def use_own_words(words: Mapping[str, Mapping[str, str]]) -> None:
    """Use the publication's own words; raises ConfigurationError for a text that the interface does not have."""
    own_words().clear()
    interface_catalogue.cache_clear()
    known = set(interface_catalogue(COMPLETE))
    for language, texts in words.items():
        for text in texts:
            if text not in known:
                near = did_you_mean(text, known)
                problem = f"fleuron_words: {language}: the interface has no text “{text}”{near}"
                raise ConfigurationError(problem)
    own_words().update(words)
    interface_catalogue.cache_clear()


def setup(app: Sphinx) -> None:
    app.connect("config-inited", lambda _app, config: use_own_words(config.fleuron_words), priority=120)


def missing_words(language: str) -> list[str]:
    """List the texts of the interface, in English, that have no translation into a language; none for English."""
    if primary_language(language) == ENGLISH:
        return []
    known = interface_catalogue(language)
    return [text for text in interface_catalogue(COMPLETE) if text not in known]


def language_of_words(language: str, *texts: str) -> str:
    """Return the language of these texts of the interface in an edition, or of all: English, where one is missing."""
    missing = missing_words(language)
    return ENGLISH if (any(text in missing for text in texts) if texts else missing) else language


def interface_words(language: str) -> Translate:
    """Return the function that translates an English text of the interface into a language."""
    translations = interface_catalogue(language)
    return lambda msgid: translations.get(msgid, msgid)


def interface_attributes(language: str, *texts: str) -> dict[str, str]:
    """Return the attributes of an element with texts of the interface: their language, where that is another one.

    Without any text, those of an element with any of them.
    """
    words = language_of_words(language, *texts)
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
    own = set(interface_catalogue(language).values())
    return lambda text: escape(text) if text in own else Markup("<span{}>{}</span>").format(attributes, text)
