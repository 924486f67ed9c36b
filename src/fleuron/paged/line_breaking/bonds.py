"""Know which words no line's end parts: a day and its month, an initial and its name, a number and its unit."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

# The demerits of an end that parts what belongs together: more than those of any line but one that is too wide.
BOND = 1e9
# The demerits of an end after a word that leads on to the next: an article, or in a title a preposition.
LEADING, SENSE = 8000.0, 2500.0
# In a title or caption: of an end between two capitalised words, which may be a name; after a stop and after a comma.
NAME, STOP, COMMA = 1500.0, -400.0, -100.0
# In a list of names: of an end within one, more than those of one more line.
WITHIN_NAME = 4e6

NUMBER = re.compile(r"[(\[«“‘\"]*[−–+±-]?\d[\d.,:/–-]*(?:st|nd|rd|th|e|er|re)?")
WHOLE_NUMBER = re.compile(r"[(\[«“‘\"]*\d{1,3}\.?")
DIGITS = re.compile(r"\d{3}[).,;:\]»”’]*")
# A Roman numeral, in capitals and of at least two letters: I is a word.
ROMAN = re.compile(r"[IVXLCDM]{2,}[.,;:)\]»”’]*|[VX][.,;:)\]»”’]*")
INITIALS = re.compile(r"[(\[«“‘\"]*(?:[^\W\d_]\.[-‐]?){1,4}")
CAPITALISED = re.compile(r"[(\[«“‘\"]*[^\W\d_]")
# What is before a number: p. 4, vol. 2, S. 14, с. 14, No 5, § 3.
BEFORE_NUMBER = re.compile(
    r"[(\[«“‘\"]*(?:[^\W\d_]{1,5}\.|№|§§?|¶|No|nos?|pp?|vols?|ISBN|ISSN|DOI|c|ca|AD|BC|CE|MS|fols?|ff?)", re.I
)
LABELS = re.compile(
    r"[(\[«“‘\"]*(?:figures?|tables?|chapters?|parts?|sections?|books?|volumes?|notes?|pages?|lines?|plates?|maps?|appendix"
    r"|şekil|tablo|bölüm|kısım|cilt|sayı|sayfa|not|ek|harita|рисунок|рисунке|таблица|таблице|глава|главе|главы|часть|том"
    r"|страница|abbildung|tabelle|kapitel|band|seite|teil|tableau|chapitre|tome|شکل|جدول|فصل|جلد|صفحه|بخش|یادداشت)",
    re.I,
)
# Units and what else follows a number closely.
UNITS = re.compile(
    r"(?:%|‰|°C?|[kcmdµnMG]?m[²³]?|[kmµ]?g|[kM]?Hz|h|s|min|l|ml|ha|t|km²|€|\$|£|₺|TL|₽|руб|р|г|гг|в|вв|м|км|см|мм|кг|лет|года?"
    r"|век[аеу]?|pp?|ff?|ill|c|cm|mm|in|ft|yy|yüzyıl\w*|yıl\w*|metre|kilometre|Jahrhundert\w*|Jh|siècles?|BC|AD|BCE|CE"
    r"|AH|н|э|тыс|млн|млрд|million|billion|milyon|milyar|кв|сек|мин|ч|سال|قرن|کیلومتر|متر|درصد)[.,;:)\]»”’]*"
)
TITLES = re.compile(r"[(\[«“‘\"]*(?:Dr|Mr|Mrs|Ms|Prof|St|Fr|Rev|Sir|Hz|Doç|Yrd|Av|проф|акад|г|г-н|г-жа|св)\.?")
DASHES = ("–", "—", "―")
# Russian words that do not end a line, those that had better not, and those that do not begin one.
PREPOSITIONS = frozenset(["в", "во", "с", "со", "к", "ко", "о", "об", "обо", "у", "и", "а", "не", "ни"])
LONGER = frozenset(["на", "из", "от", "до", "по", "за", "под", "над", "при", "про", "без", "для", "но", "или", "что"])
PARTICLES = frozenset(["бы", "б", "ли", "ль", "же", "ж"])
CYRILLIC = re.compile(r"[а-яё]+", re.I)
# Words that lead on to the next, by language: articles, prepositions and conjunctions.
LEADING_WORDS = {
    "en": "a an the of in on at to for by with from into and or but nor as than that upon over under between",
    "tr": "ve ile veya ya da de ki bir en çok daha için",
    "de": "der die das den dem des ein eine einer eines einem einen und oder in im an am auf zu zur von vom mit für",
    "fr": "le la les un une des de du et ou à au aux en dans par pour sur avec sans",
    "es": "el la los las un una de del y o a al en con por para sin",
    "it": "il lo la i gli le un una di del della e o a al in con per da",
    "fa": "و از به با در بر تا که یا این آن",
    "ar": "و من في على إلى عن أو",
    "ru": " ".join(sorted(PREPOSITIONS | LONGER)),
}
ARTICLES = frozenset(["a", "an", "the", "I"])
OPENING = '([«“‘"¿¡'


@lru_cache(maxsize=2**15)
def price_between(before: str, after: str, language: str) -> float:
    """Return the demerits of a line that ends between two words, which have their punctuation."""
    if is_bound(before, after, language):
        return BOND
    word = before.lstrip(OPENING)
    if (language.startswith("en") and word in ARTICLES) or (language.startswith("ru") and word.lower() in LONGER):
        return LEADING
    return 0.0


def is_bound(before: str, after: str, language: str) -> bool:
    """Check whether two words belong together, so that no line ends between them."""
    if after[:1] in DASHES and len(after) == 1:
        return True
    if before[-1:].isdigit() or before[-1:] == ".":
        if WHOLE_NUMBER.fullmatch(before) and is_month(after, language):
            return True
        if NUMBER.fullmatch(before) and (UNITS.fullmatch(after) or is_group(before, after)):
            return True
    if after[:1].isdigit() and (BEFORE_NUMBER.fullmatch(before) or LABELS.fullmatch(before)):
        return True
    if ROMAN.fullmatch(after) and (BEFORE_NUMBER.fullmatch(before) or (CAPITALISED.match(before) and before.istitle())):
        return True
    if INITIALS.fullmatch(before) and before[-1] in ".‐-" and is_capitalised(after):
        return True
    if TITLES.fullmatch(before) and is_capitalised(after) and before[-1:] == ".":
        return True
    word = before.lstrip(OPENING).lower()
    if CYRILLIC.fullmatch(word) and (word in PREPOSITIONS or (len(word) == 1 and word != "я")):
        return True
    return after.rstrip(".,;:!?»”").lower() in PARTICLES


def is_group(before: str, after: str) -> bool:
    """Check whether two words are groups of the digits of one number: 10 000."""
    return bool(re.fullmatch(r"\d{1,3}", before.lstrip(OPENING)) and DIGITS.fullmatch(after))


def is_capitalised(word: str) -> bool:
    return word.lstrip(OPENING)[:1].isupper()


def is_month(word: str, language: str) -> bool:
    return word.rstrip(".,;:!?)]»”’").lower() in months(language)


@cache
def months(language: str) -> frozenset[str]:
    """Return the names of months in a language, long and short, in lower case."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    forms = (
        locale.months[context][width] for context in ("format", "stand-alone") for width in ("wide", "abbreviated")
    )
    return frozenset(name.lower().rstrip(".") for names in forms for name in names.values())


@lru_cache(maxsize=2**15)
def price_of_sense(before: str, after: str, language: str) -> float:
    """Return the demerits of a line of a title or caption that ends between two words.

    Fewer after a stop or colon; more after a word that leads on, and between the words of a name.
    """
    if is_bound(before, after, language):
        return BOND
    if before[-1:] in ".:;?!—–،؛؟":
        return STOP
    if before[-1:] in (",", "،"):
        return COMMA
    word = before.lstrip(OPENING).lower()
    if word in leading_words(language.partition("-")[0].lower()):
        return SENSE
    return NAME if is_capitalised(before) and is_capitalised(after) else 0.0


@lru_cache(maxsize=2**15)
def price_of_names(before: str, after: str, language: str) -> float:
    """Return the demerits of a line of a list of names that ends between two words: none between two names."""
    if is_bound(before, after, language):
        return BOND
    leading = leading_words(language.partition("-")[0].lower())
    if before[-1:] in ",;،؛·" or after in leading:
        return 0.0
    return SENSE if before in leading else WITHIN_NAME


@cache
def leading_words(language: str) -> frozenset[str]:
    return frozenset(LEADING_WORDS.get(language, "").split())
