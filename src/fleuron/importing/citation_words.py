"""The words of citations in English, Turkish and Russian: repeats, introductions, and the abbreviations of locators."""

from __future__ import annotations

import re
import unicodedata

# A repeat of the source that was cited last.
IBID = re.compile(
    r"(?:ibid(?:em)?\b|a\.\s?e\.|aynı\s+eser\b|a\.\s?y\.|aynı\s+yer(?:de)?\b|там\s+же\b)\.?",
    re.IGNORECASE,
)
# A repeat of a source of an author, or, by itself, of the one that was cited last.
OP_CIT = re.compile(
    r"(?:op\.\s?cit\b|loc\.\s?cit\b|a\.\s?g\.\s?[emty]\b|ag[emy]\b|adı\s+geçen\s+(?:eser|makale|yer)\b"
    r"|указ\.\s?соч\b|цит\.\s?соч\b|указанное\s+сочинение\b)\.?",
    re.IGNORECASE,
)
# What introduces a citation.
INTRODUCTION = re.compile(
    r"(?:for\s+example,?\s+)?(?:see(?:\s+also|\s+especially)?|cf\.|compare|e\.g\.|quoted\s+in|cited\s+in|but\s+see"
    r"|ayrıca\s+bkz\.?|bkz\.?|bk\.|krş\.?|karş\.|akt\.|см\.\s+также|см\.|ср\.|цит\.\s+по:?)[,:]?\s+",
    re.IGNORECASE,
)
# What introduces the place in a source whose pages are named before.
PLACE = re.compile(r"(?:at|here|esp\.|especially|burada|özellikle|özl\.|здесь|особенно|особ\.)\s+", re.IGNORECASE)
NUMBER = r"(?:\d+|[IVXLC]+\b|[ivxlc]+\b)"
NUMBERS = rf"{NUMBER}(?:\s*[-–—]\s*\d+)?(?:,\s*\d+(?:\s*[-–—]\s*\d+)?(?!\w|\.\s*\S))*(?!\w)"
FOLLOWING = r"(?P<following>\s*(?:ff\.|vd\.|и\s+сл\.|и\s+след\.))?"
# Abbreviations by the label that Fleuron writes; in their order, a longer one before its beginning.
LABELS = {
    "vol.": r"vol(?:ume)?|cilt|c|том|т",
    "no.": r"no|nr|sayı|sy|№",
    "ch.": r"chap(?:ter)?|ch|bölüm|böl|гл(?:ава)?",
    "n.": r"dipnot|dn|примеч|прим|nn?",
    "fol.": r"fols?|vr|лл?",
    "p.": r"pp?|pages?|sayfa|ss?|sf|стр|с",
}
LOCATOR = re.compile(
    "|".join(
        rf"(?:(?:{names})(?:\.\s*|(?<=№)\s*|\s+))(?P<n{index}>{NUMBERS}){FOLLOWING.replace('following', f'f{index}')}"
        for index, names in enumerate(LABELS.values())
    ),
    re.IGNORECASE,
)
PAGES = r"\d+(?:\s*[-–—]\s*\d+)?"
BARE_PAGES = re.compile(rf"(?P<numbers>{PAGES}(?:,\s*{PAGES})*){FOLLOWING}(?=\s*(?:$|[.,)]))")
# The medium, with which citations of the Modern Language Association ended.
MEDIUM = re.compile(r"\W*(?:Print|Web)\.?\s*$")
# The number of all pages of a book, as library descriptions have it: “1997. — 241 с.”
EXTENT = re.compile(r"\W*\d+\s*(?:pp?|ss?|с|стр|sayfa)\b\.?(?!\s*\d)", re.IGNORECASE)
# Words of descriptions that say nothing of a source.
COMMON = frozenset(
    {
        *("ed", "eds", "trans", "translated", "by", "and", "in", "the", "of", "a", "der", "hg", "cev", "haz", "yay"),
        *("yayinlari", "yayinevi", "baski", "basim", "ve", "icinde", "изд", "пер", "ред", "сост", "под", "из", "во"),
        *("университет", "univ", "university", "press", "publishers", "up", "new", "york", "london", "спб", "м"),
        *("vol", "no", "pp", "p", "at", "здесь", "burada"),
    }
)


def folded(text: str) -> str:
    """Return a text without case and accents, as it is compared."""
    plain = unicodedata.normalize("NFKD", text.replace("İ", "i").replace("I", "i").casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("ı", "i")
