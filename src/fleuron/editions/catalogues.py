"""List the catalogues (.po files) of a language, count its translations, and name its translators."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fleuron.editions.catalogue_reader import UNREADABLE, read_catalogue
from fleuron.publication.language_tags import locale_name

# What gettext's tools write in place of a translator's name.
NO_NAME = "FULL NAME"
EMAIL = re.compile(r"\s*<[^<>]*>\s*$")


@dataclass(frozen=True)
class TranslationProgress:
    """The number of messages, and of those that are translated; a fuzzy translation is not used, and does not count."""

    translated: int
    messages: int

    @property
    def share(self) -> float:
        """The translated part, from 0 to 1; 1 if there are no messages."""
        return self.translated / self.messages if self.messages else 1.0


def catalogues_of(source: Path, folders: Sequence[str], language: str) -> Iterator[tuple[str, Path]]:
    """Yield the catalogues of a language, each with its name below the language's folder.

    ``folders`` are Sphinx's ``locale_dirs``; ``language`` is a BCP 47 tag.
    """
    for folder in folders:
        root = Path(source, folder, locale_name(language), "LC_MESSAGES")
        for path in sorted(root.rglob("*.po")):
            yield path.relative_to(root).as_posix(), path


def translation_progress(
    source: Path, folders: Sequence[str], languages: Sequence[str], messages: Mapping[str, Sequence[str]]
) -> Mapping[str, TranslationProgress]:
    """Return the progress of each language.

    ``messages`` are those of the publication's texts, by the name of their catalogue without ending; what else is in
    a catalogue, or in that of a text that is gone, does not count.
    """
    total = sum(map(len, messages.values()))
    progress = {}
    for language in languages:
        translated = 0
        for name, path in catalogues_of(source, folders, language):
            if found := messages.get(name.removesuffix(".po")):
                known = translated_messages(path)
                translated += sum(message in known for message in found)
        progress[language] = TranslationProgress(translated, total)
    return progress


def translated_messages(path: Path) -> frozenset[str]:
    """Return the messages of a catalogue that have a translation which is used; none if it cannot be read."""
    try:
        translations = read_catalogue(path).translations
    except UNREADABLE:
        return frozenset()  # reported when the edition is read
    return frozenset(message for message, found in translations.items() if found.text.strip() and not found.is_fuzzy)


def catalogue_translators(
    source: Path, folders: Sequence[str], language: str, documents: Collection[str]
) -> tuple[str, ...]:
    """Return the last translators of the documents, each once, as the catalogues name them, without their addresses."""
    return tuple(dict.fromkeys(last_translators(source, folders, language, documents)))


def last_translators(source: Path, folders: Sequence[str], language: str, documents: Collection[str]) -> Iterator[str]:
    for name, path in catalogues_of(source, folders, language):
        if name.removesuffix(".po") in documents:
            try:
                translator = EMAIL.sub("", read_catalogue(path).translator).strip()
            except UNREADABLE:
                continue  # reported when the edition is read
            if translator and translator != NO_NAME:
                yield translator
