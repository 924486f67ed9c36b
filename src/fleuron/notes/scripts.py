"""The script of words, and what it tells of their language (no Sphinx, no docutils)."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

from fontTools import unicodedata as scripts

from fleuron.publication import language_tags

# The first word of Unicode's names of the letters, where it is not that of the script (ISO 15924).
NAMES = {"Hans": "CJK", "Hant": "CJK", "Jpan": "CJK", "Kore": "HANGUL"}
# The language to read words of a script aloud in, where nothing says which it is.
USUAL = {
    "ARABIC": "ar", "HEBREW": "he", "CYRILLIC": "ru", "GREEK": "el", "ARMENIAN": "hy", "GEORGIAN": "ka",
    "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta", "THAI": "th", "CJK": "zh", "HANGUL": "ko", "ETHIOPIC": "am",
}  # fmt: skip
PERSIAN = frozenset("پچژگکی۰۱۲۳۴۵۶۷۸۹")
UKRAINIAN = frozenset("іїєґІЇЄҐ")
UPRIGHT = ("ARABIC", "HEBREW", "CJK", "HANGUL", "DEVANAGARI", "BENGALI", "TAMIL", "THAI", "ETHIOPIC")


@lru_cache(maxsize=8192)
def script_of(text: str) -> str:
    """Return the script of most letters of a text, empty where it has none."""
    counted = Counter(unicodedata.name(each, "?").split()[0] for each in text if each.isalpha())
    counted = Counter({"CJK" if name in ("HIRAGANA", "KATAKANA") else name: n for name, n in counted.items()})
    return counted.most_common(1)[0][0] if counted else ""


@lru_cache(maxsize=256)
def script_of_language(language: str) -> str:
    """Return the script of a language as `script_of` names that of a text."""
    script = language_tags.script_of(language)
    return NAMES.get(script) or str(scripts.script_name(script, "LATIN")).upper().split("_")[0]


def language_of(text: str, language: str, edition: str, hint: str = "") -> str:
    """Return the language to mark a text with, empty where it is the edition's.

    ``language`` is what the words are said to be in, and believed if they are in its script;
    ``hint`` is believed for words of a script that is not the edition's.
    """
    script = script_of(text)
    if not script:
        return ""
    if language and script_of_language(language) == script:
        return "" if same(language, edition) else language
    if script == script_of_language(edition):
        return ""
    if hint and script_of_language(hint) == script:
        return hint
    return guessed(text, script)


def same(language: str, edition: str) -> bool:
    return language.split("-")[0] == edition.split("-")[0] and script_of_language(language) == script_of_language(
        edition
    )


def guessed(text: str, script: str) -> str:
    """Guess a language from its script and the letters that its neighbours lack."""
    if script == "ARABIC" and PERSIAN & set(text):
        return "fa"
    if script == "CYRILLIC" and UKRAINIAN & set(text):
        return "uk"
    return USUAL.get(script, "")


def leans(text: str) -> bool:
    """Tell whether a text is in a script that has slanted letters."""
    return script_of(text) not in UPRIGHT
