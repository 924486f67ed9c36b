"""Language tags (BCP 47): validity, script and direction of a language, and the form that Sphinx and gettext use.

Many languages that scholars quote have no locale in CLDR (Latin, Ottoman Turkish, Chagatai), but a name or a script.
"""

from __future__ import annotations

import difflib
import re

from babel import Locale
from babel.core import get_global
from fontTools import unicodedata as scripts

# The languages that publications are most often in, for whose codes a mistyped one may stand.
COMMON_CODES = (
    *("ar", "az", "be", "bg", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu"),
    *("hy", "id", "it", "ja", "ka", "kk", "ko", "ky", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl"),
    *("sr", "sv", "tg", "th", "tr", "uk", "ur", "uz", "vi", "zh", "pt-BR", "zh-Hans", "zh-Hant"),
)
# RFC 5646, 2.1: language, script, region, variants, private use.
TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)


def language_tag(locale_name: str) -> str:
    """Return the BCP 47 tag of a language as Sphinx and gettext name it: ``pt-BR`` for ``pt_BR``."""
    return locale_name.replace("_", "-")


def locale_name(tag: str) -> str:
    """Return the name that Sphinx, gettext and Babel have for a language: ``pt_BR`` for ``pt-BR``."""
    return tag.replace("-", "_")


def primary_language(tag: str) -> str:
    """Return the primary subtag of a BCP 47 tag: ``pt`` for ``pt-BR`` (RFC 5646, 2.2.1)."""
    return tag.split("-")[0]


def fallback_tags(tag: str) -> list[str]:
    """List the tags whose words serve a language, its own first: ``pt-BR``, ``pt`` (BCP 47: RFC 4647, 3.4).

    Words in another script do not serve it: ``sr-Latn`` has none of ``sr``; ``zh-TW`` has those of ``zh-Hant``.
    """
    parts = tag.split("-")
    prefixes = ["-".join(parts[:number]) for number in range(len(parts), 0, -1)]
    script = script_of(tag)
    tags = [tag, *prefixes[:-1], f"{parts[0]}-{script}", parts[0]]
    return list(dict.fromkeys(each for each in tags if script_of(each) == script))


def is_language(tag: str) -> bool:
    """Return whether a tag is well-formed and CLDR has a name or a script for its language."""
    language = primary_language(tag).lower()
    known = (Locale("en").languages, get_global("likely_subtags"), get_global("language_aliases"))
    return any(language in table for table in known) and TAG.fullmatch(tag) is not None


def code_of_name(name: str) -> str:
    """Return the code of the language with an English name or a similar one, such as “fa” for “persian”; else ""."""
    codes = {str(known).lower(): str(code) for code, known in Locale("en").languages.items() if is_language(str(code))}
    near = difflib.get_close_matches(name.lower(), codes, n=1, cutoff=0.8)
    return codes[near[0]] if near else ""


def meant_language(text: str) -> str:
    """Return the end of a message about a text that is not a tag of a language: the code that is nearest, or "".

    A text is compared with the names of languages, and a short one with the codes of those that have a locale.
    """
    code = code_of_name(text)
    if not code and len(text) <= 6:
        near = difflib.get_close_matches(language_tag(text), COMMON_CODES, n=1)
        code = near[0] if near else ""
    return f"; did you mean “{code}”?" if code else ""


def script_of(tag: str) -> str:
    """Return the script (ISO 15924) that a language is written in: the tag's own, or CLDR's likely one, or Latin."""
    code, *subtags = locale_name(tag).split("_")
    # A code that has been replaced: Dari is Persian of Afghanistan.
    code, *usual_subtags = str(get_global("language_aliases").get(code.lower(), code)).split("_")
    subtags = [*subtags, *usual_subtags]
    candidates = [subtag.title() for subtag in subtags if len(subtag) == 4 and subtag.isalpha()]
    likely = get_global("likely_subtags")
    for name in [f"{code.lower()}_{subtag.upper()}" for subtag in subtags] + [code.lower()]:
        candidates += [subtag for subtag in str(likely.get(name, "")).split("_") if len(subtag) == 4]
    return [*candidates, "Latn"][0]


def direction_of(tag: str) -> str:
    """Return “rtl” for a language whose script is written from right to left, else “ltr”."""
    return str(scripts.script_horizontal_direction(script_of(tag), "LTR")).lower()
