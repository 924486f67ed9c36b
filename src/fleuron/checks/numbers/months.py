"""Find the months in a text, by the names that CLDR has for them in its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from fleuron.publication.edition import Edition

TOKEN = re.compile(r"\d+|[^\W\d_]+")
# Forms of short names, which have no ending to leave out.
OTHER_FORMS = {"ru": {"мае": 5, "маю": 5, "маем": 5}, "uk": {"травні": 5}}
# Words that stand between a month and its day or year.
BETWEEN = frozenset({"de", "of", "the", "del", "da", "do", "г", "st", "nd", "rd", "th", "er", "ماه", "ten", "го"})
# The shortest name that is looked for as the beginning of a word: “ноябр” of “ноябре”.
LONG = 5


@lru_cache
def month_names(language: str) -> dict[str, int]:
    """Return the names of months in a language, in small letters, with their numbers."""
    locale = Edition(language).locale
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("abbreviated", "wide"):
            for number, name in locale.months[context][width].items():
                word = name.casefold().strip(". ")
                if TOKEN.fullmatch(word) and not word.isdigit():
                    names[word] = number
    return names | OTHER_FORMS.get(locale.language, {})


@lru_cache
def month_stems(language: str) -> dict[str, int]:
    return {name[:-1]: number for name, number in month_names(language).items() if len(name) >= LONG}


def month_of(word: str, language: str) -> int:
    """Return the number of a month by its name, with any ending; 0 for another word."""
    word = word.casefold()
    if number := month_names(language).get(word):
        return number
    stems = month_stems(language)
    return next((stems[word[:end]] for end in (len(word) - 2, len(word) - 1) if word[:end] in stems), 0)


def dated_months(text: str, language: str) -> Iterator[int]:
    """Yield the months in a text that have a day or a year beside them."""
    tokens = [token for token in TOKEN.findall(text) if token.casefold() not in BETWEEN]
    for at, token in enumerate(tokens):
        beside = tokens[max(at - 1, 0) : at] + tokens[at + 1 : at + 2]
        if not token.isdigit() and any(each.isdigit() for each in beside) and (month := month_of(token, language)):
            yield month


def months_in(text: str, language: str) -> set[int]:
    """Return all that may be months in a text, such as “may”."""
    return {month for token in TOKEN.findall(text) if (month := month_of(token, language))}


def name_of_month(number: int, language: str) -> str:
    return str(Edition(language).locale.months["stand-alone"]["wide"][number])
