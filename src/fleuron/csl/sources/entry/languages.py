"""Convert language names of babel, polyglossia and biblatex to BCP 47 tags, and back."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from babel import Locale
from babel.core import get_global

# Options of babel and polyglossia that are not simply English names of languages (babel manual, 1.30).
OPTIONS = {
    "acadian": "fr-CA",
    "american": "en-US",
    "ancientgreek": "grc",
    "greek.ancient": "grc",
    "latin.classic": "la",
    "latin.medieval": "la",
    "latin.ecclesiastic": "la",
    "medievallatin": "la",
    "classiclatin": "la",
    "ecclesiasticlatin": "la",
    "polutonikogreek": "el-polyton",
    "polytonicgreek": "el-polyton",
    "greek.polytonic": "el-polyton",
    "australian": "en-AU",
    "austrian": "de-AT",
    "bahasa": "id",
    "bahasai": "id",
    "bahasam": "ms",
    "indon": "id",
    "melayu": "ms",
    "meyalu": "ms",
    "bengali": "bn",
    "brazil": "pt-BR",
    "brazilian": "pt-BR",
    "british": "en-GB",
    "ukenglish": "en-GB",
    "usenglish": "en-US",
    "usorbian": "hsb",
    "lsorbian": "dsb",
    "uppersorbian": "hsb",
    "lowersorbian": "dsb",
    "canadian": "en-CA",
    "canadien": "fr-CA",
    "farsi": "fa",
    "francais": "fr",
    "frenchb": "fr",
    "frenchle": "fr",
    "french.swiss": "fr-CH",
    "germanb": "de",
    "ngerman": "de",
    "ngermanb": "de",
    "german.swiss": "de-CH",
    "german.austrian": "de-AT",
    "naustrian": "de-AT",
    "nswissgerman": "de-CH",
    "swissgerman": "de-CH",
    "magyar": "hu",
    "mexican": "es-MX",
    "newzealand": "en-NZ",
    "norsk": "nb",
    "nynorsk": "nn",
    "norwegian": "no",
    "oriya": "or",
    "kurmanji": "kmr",
    "kurdish": "ku",
    "sorani": "ckb",
    "portuges": "pt-PT",
    "portugues": "pt-PT",
    "moldavian": "ro-MD",
    "samin": "se",
    "serbian": "sr-Latn",
    "serbianc": "sr-Cyrl",
    "slovene": "sl",
    "spanish.mexican": "es-MX",
    "spanishmx": "es-MX",
    "vietnam": "vi",
    "wendish": "hsb",
    "syriac": "syr",
    "dari": "prs",
    "tajiki": "tg",
    "uighur": "ug",
    "osmanli": "ota",
    "ottoman": "ota",
    "montenegrin": "cnr",
    "chinese.simplified": "zh-Hans",
    "chinese.traditional": "zh-Hant",
    "fulah": "ff",
    "sakha": "sah",
    "scottish": "gd",
}
# Second parts of babel's names that are not CLDR's names of the territory or script.
PARTS = {"macausarchina": "MO", "bengali": "Beng"}
VARIANTS = {
    **{("en", value): "en-US" for value in ("american", "us", "usmax", "usa")},
    **{("en", value): "en-GB" for value in ("british", "uk", "gb")},
    **{("en", "australian"): "en-AU", ("en", "newzealand"): "en-NZ", ("en", "canadian"): "en-CA"},
    **{("de", "austrian"): "de-AT", ("de", "swiss"): "de-CH", ("el", "ancient"): "grc", ("el", "poly"): "el-polyton"},
    **{("el", "polytonic"): "el-polyton", ("pt", "brazilian"): "pt-BR", ("fr", "canadian"): "fr-CA"},
    **{("fr", "swiss"): "fr-CH", ("es", "mexican"): "es-MX", ("sr", "cyrillic"): "sr-Cyrl", ("sr", "latin"): "sr-Latn"},
}
TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?(?:[-_][A-Za-z0-9]{4,8})*")


def letters(name: str) -> str:
    """Return the letters of a name in lower case and without accents, as babel writes names."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(
        character for character in plain if character.isalnum() and not unicodedata.category(character).startswith("Lm")
    )


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Return the tags of languages, and of scripts and territories, by their English names in CLDR."""
    english = Locale.parse("en")
    languages = {letters(name): tag.replace("_", "-") for tag, name in english.languages.items()}
    parts = {letters(name): code for code, name in (*english.scripts.items(), *english.territories.items())}
    return languages, parts


def known_names() -> set[str]:
    """Return the names of languages that an author may write."""
    return {*_names()[0], *OPTIONS}


def language_tag(name: str, options: str = "") -> str | None:
    """Return the BCP 47 tag of a language name in a bibliography, or None if the name is unknown.

    The name may be one of babel or polyglossia (`ngerman`, `serbian-latin`), a localisation key of biblatex
    (`langgerman`), or a tag already; ``options`` are those of `langidopts` (`variant=british`).
    """
    return _tag(name.strip(), options.strip())


@lru_cache(maxsize=1024)
def _tag(name: str, options: str) -> str | None:
    """Look up a language name; see `language_tag`."""
    lowered = name.casefold()
    tag = OPTIONS.get(lowered) or _named(lowered) or _written(name)
    if tag is None and lowered.startswith("lang"):
        return _tag(lowered.removeprefix("lang"), options)
    variant = re.search(r"(?:variant|dialect|spelling|script)\s*=\s*\{?(\w+)", options)
    return VARIANTS.get((tag.split("-")[0], variant[1].casefold()), tag) if tag and variant else tag


def _named(lowered: str) -> str | None:
    """Return the tag of an English name, with the script and territory that babel adds after hyphens."""
    languages, places = _names()
    base, *rest = lowered.split("-")
    tag = languages.get(letters(base))
    for part in rest:
        code = part.capitalize() if len(part) == 4 else part.upper()
        code = code if code in places.values() else PARTS.get(part) or places.get(letters(part)) or ""
        tag = f"{tag}-{code}" if tag and code else None
    return tag


def _written(name: str) -> str | None:
    """Normalise a name that is a tag already, if its language exists; ISO 639-2 codes become ISO 639-1."""
    if not TAG.fullmatch(name):
        return None
    first, *rest = re.split("[-_]", name)
    known = Locale.parse("en").languages.keys() | {tag.split("-")[0] for tag in OPTIONS.values()}
    first = first.lower()
    if first not in known:
        first = get_global("language_aliases").get(first, first)
    return "-".join((first, *map(_cased, rest))) if first in known else None


def _cased(part: str) -> str:
    """Write a subtag in the case that RFC 5646 (2.1.1) recommends: scripts capitalised, regions in capitals."""
    return part.upper() if len(part) == 2 else part.capitalize() if len(part) == 4 else part.lower()


# For tags with several names: the one that both babel and polyglossia know.
NAMES = {
    **{"de": "ngerman", "fr": "french", "en-US": "american", "en-GB": "british", "fa": "persian", "id": "indonesian"},
    **{"ms": "malay", "hu": "magyar", "sl": "slovene", "pt-BR": "brazilian", "pt-PT": "portuges", "bn": "bengali"},
    **{"de-AT": "naustrian", "de-CH": "nswissgerman", "el-polyton": "polutonikogreek", "sr-Cyrl": "serbianc"},
    **{"grc": "ancientgreek", "fr-CA": "canadien", "vi": "vietnamese", "sr-Latn": "serbian", "or": "oriya"},
    **{"hsb": "uppersorbian", "dsb": "lowersorbian", "se": "northernsami", "es-MX": "mexican", "ota": "ottoman"},
    **{"ug": "uyghur", "tg": "tajik", "la": "latin", "nb": "norsk", "nn": "nynorsk", "no": "norwegian"},
}


def language_name(tag: str) -> str:
    """Return babel's name for a tag if it converts back to the same tag, and otherwise the tag itself."""
    name = NAMES.get(tag)
    if name is None and tag.isalpha():
        name = letters(Locale.parse("en").languages.get(tag.replace("-", "_"), ""))
    if name is None:
        name = next((option for option, stands_for in OPTIONS.items() if stands_for == tag), "")
    return name if name and language_tag(name) == tag else tag
