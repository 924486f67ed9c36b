"""Read the tags of languages as authors write them, and suggest the tag of a language that is named otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable

from babel import Locale, UnknownLocaleError

from fleuron.publication.language_tags import code_of_name, language_tag
from fleuron.publish.settings import CommandError


def chosen_languages(words: Iterable[str]) -> list[str]:
    """Return languages as BCP 47 tags, each once; raise CommandError for a word that is not a tag of a language."""
    return list(dict.fromkeys(chosen_language(word) for word in words))


def chosen_language(word: str) -> str:
    """Return a language as a BCP 47 tag: ``pt-BR`` for ``pt_br``; raise CommandError if it is not one."""
    try:
        locale = Locale.parse(language_tag(word), sep="-")
    except (UnknownLocaleError, ValueError):
        near = code_of_name(word) or code_of_name(re.split("[-_]", word)[0])
        hint = f"did you mean “{near}”?" if near else "write a tag such as en, tr or pt-BR"
        raise CommandError(f"“{word}” is not the tag of a language; {hint}") from None
    return language_tag("-".join(filter(None, (locale.language, locale.script, locale.territory))))
