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
# The script of the edition's language comes first.
CYRILLIC, ARABIC = ("be", "bg", "kk", "mk", "ru", "sr", "uk"), ("ar", "fa", "ps", "ur")
FOLDED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ي": "ی", "ك": "ک", "ة": "ه"}
)
PUNCTUATION = re.compile(r"[^\w\s]|_")


def script_rank(character: str, language: str) -> int:
    name = unicodedata.name(character, "")
    first = {"CYRILLIC": language in CYRILLIC, "ARABIC": language in ARABIC}
    for script, preferred in first.items():
        if name.startswith(script):
            return 1 if preferred else 3
    return 0 if character.isdecimal() else 2


@lru_cache(maxsize=65536)
def collation_key(text: str, language: str) -> tuple[object, ...]:
    """Return a key that sorts a text as dictionaries of a language do.

    Punctuation and case count only where the letters are the same; a space comes before any letter.
    """
    base = language.split("-")[0].lower()
    alphabet = ALPHABETS.get(base, "")
    lowered = text.replace("I", "ı").replace("İ", "i").lower() if base in ("tr", "az") else text.lower()
    words = PUNCTUATION.sub(" " if False else "", lowered.replace("-", " ").replace("–", " ")).split()
    primary = tuple(tuple(weight for letter in word for weight in weights(letter, alphabet, base)) for word in words)
    return (primary, unicodedata.normalize("NFD", lowered), text.swapcase())


@lru_cache(maxsize=4096)
def weights(letter: str, alphabet: str, language: str) -> tuple[tuple[int, int, str], ...]:
    if letter in alphabet:
        return ((script_rank(letter, language), alphabet.index(letter), ""),)
    plain = "".join(each for each in unicodedata.normalize("NFD", letter) if not unicodedata.combining(each))
    plain = plain.translate(FOLDED)
    return tuple(
        (script_rank(each, language), alphabet.index(each), letter if each != letter else "")
        if each in alphabet
        else (script_rank(each, language), ord(each) if not alphabet else len(alphabet) + ord(each), "")
        for each in plain
    )
