"""List the catalogues (.po files) of a language, count its translations, and name its translators."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po

from fleuron.publication.language_tags import locale_name

# What gettext's tools write in place of a translator's name.
NO_NAME = "FULL NAME"
EMAIL = re.compile(r"\s*<[^<>]*>\s*$")
# Errors of Babel for a file that it cannot read.
UNREADABLE = (PoFileError, ValueError, LookupError)


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
    source: Path, folders: Sequence[str], languages: Sequence[str]
) -> Mapping[str, TranslationProgress]:
    """Return the progress of each language; for a catalogue that it lacks, the messages of another language count."""
    counted = {
        language: {name: count_translations(path) for name, path in catalogues_of(source, folders, language)}
        for language in languages
    }
    names = sorted({name for catalogues in counted.values() for name in catalogues})
    totals = {
        name: max(catalogues[name].messages for catalogues in counted.values() if name in catalogues) for name in names
    }
    return {
        language: TranslationProgress(sum(count.translated for count in catalogues.values()), sum(totals.values()))
        for language, catalogues in counted.items()
    }


def count_translations(path: Path) -> TranslationProgress:
    """Count the messages of one catalogue; one that cannot be read has none."""
    try:
        with path.open("rb") as stream:
            messages = [message for message in read_po(stream) if message.id]
    except UNREADABLE:
        return TranslationProgress(0, 0)
    return TranslationProgress(sum(bool(message.string) and not message.fuzzy for message in messages), len(messages))


def catalogue_translators(
    source: Path, folders: Sequence[str], language: str, documents: Collection[str]
) -> tuple[str, ...]:
    """Return the last translators of the documents, each once, as the catalogues name them, without their addresses."""
    return tuple(dict.fromkeys(last_translators(source, folders, language, documents)))


def last_translators(source: Path, folders: Sequence[str], language: str, documents: Collection[str]) -> Iterator[str]:
    for name, path in catalogues_of(source, folders, language):
        if name.removesuffix(".po") in documents:
            try:
                with path.open("rb") as stream:
                    translator = EMAIL.sub("", str(read_po(stream).last_translator)).strip()
            except UNREADABLE:
                continue  # reported when the edition is read
            if translator and translator != NO_NAME:
                yield translator
