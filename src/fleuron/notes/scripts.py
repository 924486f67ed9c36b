"""Find the script of a text and guess its language from it (no Sphinx, no docutils)."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

from fontTools import unicodedata as scripts

from fleuron.publication import language_tags

# The first word of Unicode's names of letters, where it is not the name of the script (ISO 15924).
NAMES = {"Hans": "CJK", "Hant": "CJK", "Jpan": "CJK", "Kore": "HANGUL"}
# The language in which text of a script is read aloud, where nothing says which it is.
DEFAULT_LANGUAGES = {
    "ARABIC": "ar", "HEBREW": "he", "CYRILLIC": "ru", "GREEK": "el", "ARMENIAN": "hy", "GEORGIAN": "ka",
    "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta", "THAI": "th", "CJK": "zh", "HANGUL": "ko", "ETHIOPIC": "am",
}  # fmt: skip
# Letters and figures that Arabic and Russian lack.
PERSIAN = frozenset("پچژگکی۰۱۲۳۴۵۶۷۸۹")
UKRAINIAN = frozenset("іїєґІЇЄҐ")
WITHOUT_ITALICS = ("ARABIC", "HEBREW", "CJK", "HANGUL", "DEVANAGARI", "BENGALI", "TAMIL", "THAI", "ETHIOPIC")


@lru_cache(maxsize=8192)
def script_of(text: str) -> str:
    """Return the script of most letters of a text, an empty text if it has no letters."""
    counted = Counter(unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha())
    counted = Counter({"CJK" if name in ("HIRAGANA", "KATAKANA") else name: n for name, n in counted.items()})
    return counted.most_common(1)[0][0] if counted else ""


@lru_cache(maxsize=256)
def script_of_language(language: str) -> str:
    """Return the script of a language as `script_of` names that of a text."""
    script = language_tags.script_of(language)
    return NAMES.get(script) or str(scripts.script_name(script, "LATIN")).upper().split("_")[0]


def language_of(text: str, language: str, edition: str, hint: str = "") -> str:
    """Return the language to mark a text with, an empty text if it is the edition's.

    ``language`` is the language that the text is stated to be in, used if the text is in its script;
    ``hint`` is used for text in a script other than the edition's.
    """
    script = script_of(text)
    if not script:
        return ""
    if language and script_of_language(language) == script:
        return "" if is_same_language(language, edition) else language
    if script == script_of_language(edition):
        return ""
    if hint and script_of_language(hint) == script:
        return hint
    return guess_language(text, script)


def is_same_language(language: str, edition: str) -> bool:
    """Return whether two tags have the same language and script; their regions may differ."""
    same_subtag = language_tags.primary_language(language) == language_tags.primary_language(edition)
    return same_subtag and script_of_language(language) == script_of_language(edition)


def guess_language(text: str, script: str) -> str:
    """Guess a language from its script and the letters that other languages of the script lack."""
    if script == "ARABIC" and PERSIAN & set(text):
        return "fa"
    if script == "CYRILLIC" and UKRAINIAN & set(text):
        return "uk"
    return DEFAULT_LANGUAGES.get(script, "")


def has_italics(text: str) -> bool:
    """Return whether a text is in a script that has italics."""
    return script_of(text) not in WITHOUT_ITALICS
