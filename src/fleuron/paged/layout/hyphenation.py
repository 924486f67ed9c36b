"""Hyphenate Turkish, for which pyphen 0.18 has no dictionary.

The rules are those of the Turkish Language Association (Türk Dil Kurumu, Yazım Kılavuzu, “Hece Yapısı ve
Satır Sonunda Kelimelerin Bölünmesi”): a syllable begins with the last consonant before its vowel, in
loan words too (prog-ram, elekt-rik), two vowels are divided (sa-at), and no hyphen is added to an apostrophe
at a line's end, so that no word is divided beside one (Edirne’nin).
"""

from __future__ import annotations

from importlib.resources import as_file, files

import pyphen

LANGUAGE = "tr"
# Python's lower() makes two characters of İ, and an i of I.
CAPITALS = str.maketrans({"İ": "i", "I": "ı"})


class TurkishDictionary(pyphen.HyphDict):  # type: ignore[misc]  # pyphen has no types
    """Finds where Turkish words can be hyphenated, also in capitals."""

    def positions(self, word: str) -> list[int]:
        """List the positions where a word may be hyphenated, as numbers of characters."""
        return list(super().positions(word.translate(CAPITALS)))


def patterns_of(language: str) -> str:
    """Return the name of the patterns that a language is hyphenated by, as WeasyPrint chooses them; "" if none."""
    register()
    return str(pyphen.language_fallback(language) or "")


def register() -> None:
    """Add Turkish to pyphen's languages, where WeasyPrint looks for it."""
    with as_file(files(__package__).joinpath("hyph_tr.dic")) as path:
        pyphen.LANGUAGES[LANGUAGE] = path
        pyphen.LANGUAGES_LOWERCASE[LANGUAGE] = LANGUAGE
        pyphen.hdcache[path] = TurkishDictionary(path)
