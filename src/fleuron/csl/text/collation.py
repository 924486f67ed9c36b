"""Sort text alphabetically by the rules of a language (sort keys, without ICU)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# The alphabets of languages with letters of their own; any other letter sorts with its base letter. In a language
# that is not listed, letters without their accents sort in Unicode order.
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
# The order of scripts, as in Unicode's collation.
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
# Languages whose own script sorts before all others.
PREFERRED = {
    **dict.fromkeys(("be", "bg", "kk", "mk", "ru", "sr", "uk"), "CYRILLIC"),
    **dict.fromkeys(("ar", "fa", "ps", "ur"), "ARABIC"),
    **{"el": "GREEK", "he": "HEBREW", "hy": "ARMENIAN", "ka": "GEORGIAN"},
}
# The order of Arabic letters, with those that Persian and Urdu add, in languages without an alphabet above.
ARABIC = "ءآأؤإئابپةتثجچحخدذرزژسشصضطظعغفقکكگلمنهةوىيی"
FOLDED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ي": "ی", "ك": "ک", "ة": "ه"}
)
# An apostrophe separates words as a hyphen does: “d’Wander” sorts before “de Frinkle”.
SEPARATORS = str.maketrans(dict.fromkeys("-–—'’ʼ‘", " "))
# Categories of characters that do not count: accents, and modifier letters such as ʻ.
MARKS = ("Mn", "Lm")
# Numbers with up to this many digits are compared by value.
LONGEST_NUMBER = 12
PUNCTUATION = re.compile(r"[^\w\s]|_")


@lru_cache(maxsize=4096)
def script_rank(character: str, language: str) -> int:
    """Rank a character by script: digits, the script of the language, then the others in their order."""
    if character.isdecimal():
        return 0
    script = unicodedata.name(character, "").split(" ")[0]
    if script == PREFERRED.get(language):
        return 1
    return 2 + SCRIPTS.index(script) if script in SCRIPTS else 2 + len(SCRIPTS)


@lru_cache(maxsize=65536)
def collation_key(text: str, language: str) -> tuple[object, ...]:
    """Return a key that sorts a text in the alphabetical order of a language.

    Punctuation and case count only if the letters are the same; a space sorts before any letter, and numbers sort by
    value.
    """
    base = language.split("-")[0].lower()
    alphabet = ALPHABETS.get(base, "")
    lowered = text.replace("I", "ı").replace("İ", "i").lower() if base in ("tr", "az") else text.lower()
    words = [
        word.zfill(LONGEST_NUMBER) if word.isdecimal() else word
        for word in PUNCTUATION.sub("", lowered.translate(SEPARATORS)).split()
    ]
    primary = tuple(tuple(weight for letter in word for weight in weights(letter, alphabet, base)) for word in words)
    return (primary, unicodedata.normalize("NFD", lowered), text.swapcase())


@lru_cache(maxsize=4096)
def weights(letter: str, alphabet: str, language: str) -> tuple[tuple[int, int, str], ...]:
    """Return the weights of a letter (script, place in the alphabet, accent), one for each letter it is folded into."""
    if letter in alphabet:
        return ((script_rank(letter, language), alphabet.index(letter), ""),)
    plain = "".join(
        character for character in unicodedata.normalize("NFD", letter) if unicodedata.category(character) not in MARKS
    )
    return tuple(
        (
            script_rank(character, language),
            place(character, alphabet),
            letter if character in alphabet and character != letter else "",
        )
        for character in plain.translate(FOLDED)
    )


def place(letter: str, alphabet: str) -> int:
    """Return the place of a letter in the alphabet."""
    if letter in alphabet:
        return alphabet.index(letter)
    return ARABIC.index(letter) if letter in ARABIC else len(alphabet) + ord(letter)
