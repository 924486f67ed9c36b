"""What the typography of languages prescribes, where a rule can go by it; other languages are left alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from docutils.utils.smartquotes import smartchars

from fleuron.publication.language_tags import primary_language

# Marks of quotation of any language, without ’, which is an apostrophe as well.
QUOTATION_MARKS = frozenset("«»‹›“”„‟‘‚‛「」『』")
# Other marks that a language uses beside those of docutils: within others, or in a usage of its own.
OTHER_MARKS = {"de": "»«›‹", "fr": "‹›", "pl": "«»", "fa": "«»", "ar": "«»“”", "it": "“”‘’", "es": "“”‘’", "uk": "“”"}
WITHOUT_TABLE = frozenset({"fa", "ar"})
# Where the number of a note stands: after a comma or full stop, or before it (GOST R 7.0.5; Imprimerie nationale).
NOTE_AFTER_STOP = frozenset({"en", "tr"})
NOTE_BEFORE_STOP = frozenset({"ru", "uk", "be", "fr"})
# The dash that stands between words with spaces around it, and the languages that set ranges with an en dash.
DASHES = {"en": "–", "ru": "—", "uk": "—", "be": "—", "de": "–", "tr": "–", "fr": "–"}
EN_DASH_RANGES = frozenset({"en", "ru", "uk", "be", "de"})
# Units that stand after their number with a space.
LATIN_UNITS = ("km", "cm", "mm", "kg", "ha", "°C", "°F", "kW", "MW", "GHz", "MHz", "kHz", "Hz", "ml", "mg")
CYRILLIC_UNITS = ("км", "см", "мм", "кг", "га", "мг", "мл", "°C", "кВт", "МВт", "Гц")
UNITS = {
    **dict.fromkeys(("en", "tr", "de", "fr", "it", "es"), LATIN_UNITS),
    **dict.fromkeys(("ru", "uk", "be"), CYRILLIC_UNITS),
}


@dataclass(frozen=True)
class QuotationMarks:
    """The marks of a language: those that open and close a quotation, then those of one within it."""

    primary: str
    secondary: str
    allowed: frozenset[str]


def has_smart_quotes(language: str) -> bool:
    """Return whether docutils replaces typed quotation marks in a language; in others they are printed as they are."""
    return primary_language(language) in smartchars.quotes


@lru_cache
def quotation_marks(language: str) -> QuotationMarks | None:
    """Return the quotation marks of a language, or None if it is not known which it has."""
    code = primary_language(language)
    known = smartchars.quotes.get(language.lower(), smartchars.quotes.get(code))
    if known is None or code in WITHOUT_TABLE:
        if code not in WITHOUT_TABLE:
            return None
        known = "«»‹›"
    marks = [mark.strip("\u00a0\u202f ") for mark in known]
    return QuotationMarks(
        "".join(marks[:2]), "".join(marks[2:]), frozenset([*marks, *OTHER_MARKS.get(code, "")]) | {"’"}
    )
