"""Find the whole-file translations of an edition: ``locale/<language>/articles/x.md`` is that of ``articles/x``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from fleuron.publication.language_tags import locale_name

SUFFIX = ".md"
# The folder of catalogues in that of a language.
CATALOGUES = "LC_MESSAGES"


def folders_of_language(folders: Sequence[str], language: str) -> list[str]:
    """Return the folders of a language's translations in the publication's; ``folders`` are its locale_dirs."""
    return [Path(folder, locale_name(language)).as_posix() for folder in folders]


def whole_files(source: Path, folders: Sequence[str], language: str) -> dict[str, Path]:
    """Return the whole-file translations into a language, relative to the publication's folder, by document.

    Where several folders have one of the same text, the first has precedence, as with catalogues.
    """
    found: dict[str, Path] = {}
    for folder in folders_of_language(folders, language):
        for path in sorted((source / folder).rglob(f"*{SUFFIX}")):
            name = path.relative_to(source / folder)
            if name.parts[0] != CATALOGUES:
                found.setdefault(name.with_suffix("").as_posix(), Path(folder, name))
    return found


def whole_file(source: Path, folders: Sequence[str], language: str, document: str) -> Path:
    """Return where the whole-file translation of a document is, or would be, relative to the publication's folder."""
    places = [Path(folder, f"{document}{SUFFIX}") for folder in folders_of_language(folders, language)]
    return next((path for path in places if (source / path).is_file()), places[0])


def patterns_of_translations(folders: Sequence[str], languages: Sequence[str]) -> Iterator[str]:
    """Yield Sphinx's patterns of the translations' files, none of which is a document by itself."""
    for language in languages:
        yield from (f"{folder}/**" for folder in folders_of_language(folders, language))
