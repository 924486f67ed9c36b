"""Find the numbers that are written as words, in the languages whose words are known here."""

from __future__ import annotations

import re
from functools import lru_cache

from fleuron.publication.language_tags import primary_language

# Beginnings of words, each list from one upwards; where one begins like another, the longer one counts.
UP_TO_TWENTY = {
    "en": "one|first|once two|second|twice|both|double thre|third|thrice four|fourth five|fifth six seven eight "
    "nine|nint ten|tenth eleven twel|dozen thirteen fourteen|fortnight fifteen sixteen seventeen eighteen nineteen "
    "twent|score",
    "tr": "bir|ilk iki|çift üç dört|dörd beş altı yedi sekiz dokuz on onbir|on-bir oniki|düzine onüç ondört|ondörd "
    "onbeş onaltı onyedi onsekiz ondokuz yirmi",
    "ru": "один|одн|перв дв|оба|обе|втор тр|треть четыр|четвер|четвёр пят шест сем|седьм восем|восьм девят десят "
    "одиннадцат двенадцат|дюжин тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат",
    "uk": "один|одн|перш дв|друг тр|трет чотир|четвер п’ят|пят шіст|шест сім|сьом вісім|восьм дев’ят десят "
    "одинадцят дванадцят тринадцят чотирнадцят п’ятнадцят шістнадцят сімнадцят вісімнадцят дев’ятнадцят двадцят",
    "de": "ein|erst zwei|zwot drei|dritt vier fünf sech sieb acht neun zehn elf zwölf|dutzend dreizehn vierzehn "
    "fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig",
    "fr": "un|premi deux|second trois quatr cinq six sept huit neuv|neuf dix onz douz treiz quatorz quinz seiz "
    "dix-sept dix-huit dix-neuv|dix-neuf vingt",
    "es": "un|prim dos|segund tres|tercer cuatr|cuart cinc|quint seis|sext siete|séptim och|octav nuev|noven "
    "diez|décim onc|undécim doc|duodécim trec catorc quinc dieciséis diecisiete dieciocho diecinuev veint",
    "fa": "یک|اول|نخست دو سه|سوم چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده|هیجده "
    "نوزده بیست",
    "ar": "واحد|أول|اول|حادي اثن|ثان ثلاث|ثالث أربع|رابع خمس|خامس ست|سادس سبع|سابع ثمان|ثامن تسع|تاسع عشر|عاشر أحد "
    "ثاني ثالث رابع خامس سادس سابع ثامن تاسع عشرين|عشرون",
}
TENS = {
    "en": "thirt fort fift|half sixt sevent eight ninet hundred|centur",
    "tr": "otuz kırk elli altmış yetmiş seksen doksan yüz",
    "ru": "тридцат сорок|сороков пятьдесят|пятидесят шестьдесят|шестидесят семьдесят|семидесят восемьдесят|восьмидесят "
    "девяност сто|сот",
    "uk": "тридцят сорок п’ятдесят|п’ятидесят шістдесят|шістдесят сімдесят вісімдесят дев’яност сто|сот",
    "de": "dreißig|dreissig vierzig fünfzig sechzig siebzig achtzig neunzig hundert",
    "fr": "trent quarant cinquant soixant soixante-dix|septant quatre-vingt|huitant quatre-vingt-dix|nonant cent",
    "es": "treint|trigésim cuarent cincuent sesent setent ochent novent cien",
    "fa": "سی چهل پنجاه شصت هفتاد هشتاد نود صد",
    "ar": "ثلاثين|ثلاثون أربعين|أربعون خمسين|خمسون ستين|ستون سبعين|سبعون ثمانين|ثمانون تسعين|تسعون مئة|مائة",
}
# From two hundred upwards, where these are words of their own.
HUNDREDS = {
    "ru": "двест|двухсот трист|трёхсот|трехсот четырест|четырёхсот|четырехсот пятьсот|пятисот шестьсот|шестисот "
    "семьсот|семисот восемьсот|восьмисот девятьсот|девятисот",
    "uk": "двіст|двохсот трист|трьохсот чотирист|чотирьохсот п’ятсот|п’ятисот шістсот|шестисот сімсот|семисот "
    "вісімсот|восьмисот дев’ятсот|дев’ятисот",
    "es": "doscient trescient cuatrocient quinient seiscient setecient ochocient novecient",
    "fa": "دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد",
    "ar": "مئتا|مئتي|مائتا|مائتي ثلاثمئة|ثلاثمائة أربعمئة|أربعمائة خمسمئة|خمسمائة ستمئة|ستمائة سبعمئة|سبعمائة "
    "ثمانمئة|ثمانمائة تسعمئة|تسعمائة",
}
THOUSAND = {
    "en": "thousand", "tr": "bin", "ru": "тысяч", "uk": "тисяч", "de": "tausend", "fr": "mill", "es": "mil",
    "fa": "هزار", "ar": "ألف",
}  # fmt: skip
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def has_words(language: str) -> bool:
    """Return whether the words for numbers of a language are known."""
    return primary_language(language) in UP_TO_TWENTY


@lru_cache
def beginnings(language: str) -> tuple[tuple[str, int], ...]:
    """Return the beginnings of words for numbers, the longest first."""
    known = [(begin, number) for number, begin in enumerate(UP_TO_TWENTY[language].split(" "), 1)]
    known += [(begin, number * 10) for number, begin in enumerate(TENS[language].split(" "), 3)]
    known += [(begin, number * 100) for number, begin in enumerate(HUNDREDS.get(language, "").split(), 2)]
    known.append((THOUSAND[language], 1000))
    pairs = [(each, number) for written, number in known for each in written.split("|")]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def word_values(text: str, language: str) -> set[int]:
    """Return the values of the words for numbers in a text: of each by itself, and of tens with what follows."""
    code = primary_language(language)
    if code not in UP_TO_TWENTY:
        return set()
    found: list[int] = []
    for match in WORD.finditer(text.casefold()):
        for part in (match[0], *re.split("['’-]", match[0])):
            if value := value_of(part, code):
                found.append(value)
    values = set(found)
    values |= {first + second for first in found for second in found if first in range(10, 100, 10) and second < 20}
    for scale in (100, 1000):
        if scale in found:
            times = {1, *(value for value in values if value < 100)}
            values |= {first * scale + rest for first in times for rest in {0, *values} if rest < scale}
    return values


def value_of(word: str, language: str) -> int:
    """Return the number that a word begins with; 0 for another word."""
    forms = [word]
    if language == "ar":  # with “and” and the article before it
        forms += [word.removeprefix("و"), word.removeprefix("و").removeprefix("ال")]
    elif language == "de" and (compound := re.fullmatch("(.{3,6})und(.+zig.*)", word)):
        return value_of(compound[1], language) + value_of(compound[2], language)
    elif language == "de" and (compound := re.fullmatch("(.{3,8})hundert.*", word)):
        return value_of(compound[1], language) * 100
    known = beginnings(language)
    return next((number for form in forms for begin, number in known if form.startswith(begin)), 0)
