"""Find where a word may be hyphenated: at least three letters before the hyphen, and three after it.

In English, the ending of a participle is not parted from the letter before it (“poin-ted”, “recor-ded”), as the British
patterns of pyphen do.
"""

from __future__ import annotations

import re
from typing import Any

import pyphen

# A word as Unicode has it (UAX 29): letters, and apostrophes between them.
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SOFT_HYPHEN = "\u00ad"
FEWEST = 3
# What does not begin a line, by language; the second of two like letters does: “mat-ted”.
WHOLE_ENDINGS = {"en": re.compile(r"(?:(?<!t)ted|(?<!d)ded)$", re.I)}


class HyphenPlaces:
    """Where the words of a document may be hyphenated, by language and limits."""

    def __init__(self) -> None:
        self.dictionaries: dict[tuple[str, int, int], Any] = {}
        self.found: dict[tuple[str, int, int, str], tuple[int, ...]] = {}

    def of_text(self, text: str, style: Any) -> list[int]:
        """Return the numbers of the characters of a text before which a hyphen may be put, as its style has it."""
        if style["hyphens"] == "none":
            return []
        found = [place + 1 for place, letter in enumerate(text) if letter == SOFT_HYPHEN]
        if style["hyphens"] != "auto" or found:
            return found
        language = style["lang"] and pyphen.language_fallback(style["lang"])
        if not language:
            return []
        total, left, right = style["hyphenate_limit_chars"]
        for word in WORD.finditer(text):
            if len(word[0]) >= max(total, 2 * FEWEST):
                places = self.of_word(language, max(left, FEWEST), max(right, FEWEST), word[0])
                found += [word.start() + place for place in places]
        return found

    def of_word(self, language: str, left: int, right: int, word: str) -> tuple[int, ...]:
        """Return where a word may be hyphenated without a change of its letters."""
        key = (language, left, right, word)
        places = self.found.get(key)
        if places is None:
            dictionary = self.dictionaries.get(key[:3])
            if dictionary is None:
                dictionary = self.dictionaries[key[:3]] = pyphen.Pyphen(lang=language, left=left, right=right)
            positions = (int(at) for at in dictionary.positions(word) if getattr(at, "data", None) is None)
            whole = WHOLE_ENDINGS.get(language.partition("_")[0])
            places = tuple(at for at in positions if whole is None or not whole.match(word, at))
            self.found[key] = places
        return places
