"""List the catalogues (.po files) of a language, and name its translators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from fleuron.editions.catalogue_reader import UNREADABLE, read_catalogue
from fleuron.publication.language_tags import locale_name

EMAIL = re.compile(r"<[^<>]*>|\([^()@\s]+@[^()@\s]+\)")
# What programs write in place of a translator's name: gettext, Poedit, Weblate, Transifex, Crowdin, Pontoon.
NO_PERSON = re.compile(
    r"(?:full name|your name|name|automatically generated|auto(?:matic(?:ally)?)?|anonymous|unknown|none|nobody"
    r"|translators?|admin|root|(?:.* )?(?:weblate|transifex|crowdin|pontoon|poedit|lokalise|bot|google translate|deepl)"
    r"|[\W\d_]+)",
    re.IGNORECASE,
)


def catalogues_of(source: Path, folders: Sequence[str], language: str) -> Iterator[tuple[str, Path]]:
    """Yield the catalogues of a language, each with its name below the language's folder.

    ``folders`` are Sphinx's ``locale_dirs``; ``language`` is a BCP 47 tag.
    """
    for folder in folders:
        root = Path(source, folder, locale_name(language), "LC_MESSAGES")
        for path in sorted(root.rglob("*.po")):
            yield path.relative_to(root).as_posix(), path


def catalogue_translators(path: Path) -> tuple[str, ...]:
    """Return the translators of a catalogue, as its header names them, without their addresses.

    They are all of `X-Translators`, with semicolons between them, or else the one of `Last-Translator`. A catalogue
    without a translation has none.
    """
    try:
        content = read_catalogue(path)
    except UNREADABLE:
        return ()  # reported when the edition is read
    if not any(translation.text for translation in content.translations.values()):
        return ()
    names = (name_in(part) for text in content.translators for part in text.split(";"))
    return tuple(dict.fromkeys(name for name in names if name))


def name_in(text: str) -> str:
    """Return a person's name as a header has it; "" for an address, or what a program has written there."""
    name = " ".join(EMAIL.sub("", text).split())
    return "" if not name or "@" in name or NO_PERSON.fullmatch(name) else name
