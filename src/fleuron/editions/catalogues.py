"""List the catalogues (.po files) of a language, and name its translators."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from fleuron.editions.catalogue_reader import UNREADABLE, read_catalogue
from fleuron.publication.language_tags import locale_name

# What gettext's tools write in place of a translator's name.
NO_NAME = "FULL NAME"
EMAIL = re.compile(r"\s*<[^<>]*>\s*$")


def catalogues_of(source: Path, folders: Sequence[str], language: str) -> Iterator[tuple[str, Path]]:
    """Yield the catalogues of a language, each with its name below the language's folder.

    ``folders`` are Sphinx's ``locale_dirs``; ``language`` is a BCP 47 tag.
    """
    for folder in folders:
        root = Path(source, folder, locale_name(language), "LC_MESSAGES")
        for path in sorted(root.rglob("*.po")):
            yield path.relative_to(root).as_posix(), path


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
