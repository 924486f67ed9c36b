"""Languages that words are marked with, by their tag: whether there is such a one, its script, and where it begins.

Many a language that scholars quote has no locale in CLDR (Latin, Ottoman Turkish, Chagatai), but a name or a script.
"""

from __future__ import annotations

import difflib
import re

from babel import Locale
from babel.core import get_global
from fontTools import unicodedata as scripts

# RFC 5646, 2.1: language, script, region, variants, private use.
TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)


def is_language(tag: str) -> bool:
    """Tell whether a tag is well-formed, and of a language that CLDR has a name or a script for."""
    language = tag.split("-")[0].lower()
    known = (Locale("en").languages, get_global("likely_subtags"), get_global("language_aliases"))
    return any(language in each for each in known) and TAG.fullmatch(tag) is not None


def named(words: str) -> str:
    """Return the code of the language with an English name, or one like it: “fa” for “persian”; else nothing."""
    codes = {str(name).lower(): str(code) for code, name in Locale("en").languages.items() if is_language(str(code))}
    near = difflib.get_close_matches(words.lower(), codes, n=1, cutoff=0.8)
    return codes[near[0]] if near else ""


def script_of(tag: str) -> str:
    """Return the script (ISO 15924) that a language, a BCP 47 tag, is written in; Latin if CLDR knows none."""
    first, *more = tag.replace("-", "_").split("_")
    # A code that has been replaced, as that of Dari by Persian's of Afghanistan.
    first, *usual = str(get_global("language_aliases").get(first.lower(), first)).split("_")
    more = [*more, *usual]
    told = [part.title() for part in more if len(part) == 4 and part.isalpha()]
    likely = get_global("likely_subtags")
    for name in [f"{first.lower()}_{part.upper()}" for part in more] + [first.lower()]:
        told += [part for part in str(likely.get(name, "")).split("_") if len(part) == 4]
    return [*told, "Latn"][0]


def direction_of(tag: str) -> str:
    """Return “rtl” for a language whose script runs from right to left, else “ltr”."""
    return str(scripts.script_horizontal_direction(script_of(tag), "LTR")).lower()
