"""Alphabetical order by the rules of a language."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters with a place of their own in the alphabet; all others stand with the letter that they are
# an accented form of. A language that is not here has the order of Unicode after the accents are off.
ALPHABETS = {
    "tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz",
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvwyz",
    "sv": "abcdefghijklmnopqrstuvwxyzåäö",
    "fi": "abcdefghijklmnopqrstuvwxyzåäö",
    "da": "abcdefghijklmnopqrstuvwxyzæøå",
    "nb": "abcdefghijklmnopqrstuvwxyzæøå",
    "es": "abcdefghijklmnñopqrstuvwxyz",
    "pl": "aąbcćdeęfghijklłmnńoóprsśtuwyzźż",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "fa": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
}
# The order of scripts where the edition's language gives none precedence, as Unicode's collation has it.
SCRIPTS = (
    "LATIN",
    "GREEK",
    "CYRILLIC",
    "GEORGIAN",
    "ARMENIAN",
    "HEBREW",
    "ARABIC",
    "HANGUL",
    "HIRAGANA",
    "KATAKANA",
    "CJK",
)
# The script of the edition's language comes first.
PREFERRED = {
    **dict.fromkeys(("be", "bg", "kk", "mk", "ru", "sr", "uk"), "CYRILLIC"),
    **dict.fromkeys(("ar", "fa", "ps", "ur"), "ARABIC"),
    **{"el": "GREEK", "he": "HEBREW", "hy": "ARMENIAN", "ka": "GEORGIAN"},
}
# Arabic letters with those that Persian and Urdu add, wherever they stand in an edition of another language.
ARABIC = "ءآأؤإئابپةتثجچحخدذرزژسشصضطظعغفقکكگلمنهةوىيی"
FOLDED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ي": "ی", "ك": "ک", "ة": "ه"}
)
# An apostrophe parts words as a hyphen does: “d’Wander” stands before “de Frinkle”.
PARTING = str.maketrans(dict.fromkeys("-–—'’ʼ‘", " "))
# Accents, and letters that only mark others such as ʻ, have no place of their own.
MARKS = ("Mn", "Lm")
# Numbers are compared by value up to this length.
LONGEST = 12
PUNCTUATION = re.compile(r"[^\w\s]|_")


@lru_cache(maxsize=4096)
def script_rank(character: str, language: str) -> int:
    """Rank a character by its script: figures, the script of the language, the others in their order."""
    if character.isdecimal():
        return 0
    script = unicodedata.name(character, "").split(" ")[0]
    if script == PREFERRED.get(language):
        return 1
    return 2 + SCRIPTS.index(script) if script in SCRIPTS else 2 + len(SCRIPTS)


@lru_cache(maxsize=65536)
def collation_key(text: str, language: str) -> tuple[object, ...]:
    """Return a key that sorts a text as dictionaries of a language do.

    Punctuation and case count only where the letters are the same; a space comes before any letter, and figures sort
    by their value.
    """
    base = language.split("-")[0].lower()
    alphabet = ALPHABETS.get(base, "")
    lowered = text.replace("I", "ı").replace("İ", "i").lower() if base in ("tr", "az") else text.lower()
    words = [
        word.zfill(LONGEST) if word.isdecimal() else word
        for word in PUNCTUATION.sub("", lowered.translate(PARTING)).split()
    ]
    primary = tuple(tuple(weight for letter in word for weight in weights(letter, alphabet, base)) for word in words)
    return (primary, unicodedata.normalize("NFD", lowered), text.swapcase())


@lru_cache(maxsize=4096)
def weights(letter: str, alphabet: str, language: str) -> tuple[tuple[int, int, str], ...]:
    """Return what a letter sorts by, one for each letter that it is folded into: script, place, accent."""
    if letter in alphabet:
        return ((script_rank(letter, language), alphabet.index(letter), ""),)
    plain = "".join(each for each in unicodedata.normalize("NFD", letter) if unicodedata.category(each) not in MARKS)
    return tuple(
        (script_rank(each, language), place(each, alphabet), letter if each in alphabet and each != letter else "")
        for each in plain.translate(FOLDED)
    )


def place(letter: str, alphabet: str) -> int:
    """Return the place of a letter among those of its script."""
    if letter in alphabet:
        return alphabet.index(letter)
    return ARABIC.index(letter) if letter in ARABIC else len(alphabet) + ord(letter)
