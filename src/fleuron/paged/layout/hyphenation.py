"""Turkish hyphenation, which pyphen 0.18 has no dictionary of.

The rules are those of the Turkish Language Association (Türk Dil Kurumu, Yazım Kılavuzu, “Hece Yapısı ve
Satır Sonunda Kelimelerin Bölünmesi”): a syllable begins with the last consonant before its vowel, in
words from elsewhere too (prog-ram, elekt-rik), two vowels are parted (sa-at), and at a line's
end nothing is added to an apostrophe, so that no word is parted beside one (Edirne’nin).
"""

from __future__ import annotations

from importlib.resources import as_file, files

import pyphen

LANGUAGE = "tr"
# Python's lower() makes two characters of İ, and an i of I.
CAPITALS = str.maketrans({"İ": "i", "I": "ı"})


class TurkishDictionary(pyphen.HyphDict):  # type: ignore[misc]  # pyphen has no types
    """The patterns, for words in Turkish capitals too."""

    def positions(self, word: str) -> list[int]:
        """List the places where a word may be parted, as numbers of characters."""
        return list(super().positions(word.translate(CAPITALS)))


def register() -> None:
    """Enter Turkish in pyphen's list of languages, where WeasyPrint looks for it."""
    with as_file(files(__package__).joinpath("hyph_tr.dic")) as path:
        pyphen.LANGUAGES[LANGUAGE] = path
        pyphen.LANGUAGES_LOWERCASE[LANGUAGE] = LANGUAGE
        pyphen.hdcache[path] = TurkishDictionary(path)
