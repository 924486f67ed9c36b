"""Locales: the terms, date forms and options of a language, as a style changes them (CSL 1.0.2, “Locale”)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

from fleuron.csl.style.xml import CSL, LANG, read_xml

# CSL 1.0.2, “Locale Fallback”: the dialect that stands for a language without one.
PRIMARY = {
    "af": "af-ZA", "bg": "bg-BG", "ca": "ca-AD", "cs": "cs-CZ", "cy": "cy-GB", "da": "da-DK", "de": "de-DE",
    "el": "el-GR", "en": "en-US", "es": "es-ES", "et": "et-EE", "fa": "fa-IR", "fi": "fi-FI", "fr": "fr-FR",
    "gl": "gl-ES", "he": "he-IL", "hi": "hi-IN", "hr": "hr-HR", "hu": "hu-HU", "hy": "hy-AM", "id": "id-ID",
    "is": "is-IS", "it": "it-IT", "ja": "ja-JP", "km": "km-KH", "kh": "km-KH", "ko": "ko-KR", "lt": "lt-LT",
    "lv": "lv-LV", "mn": "mn-MN", "nb": "nb-NO", "nl": "nl-NL", "nn": "nn-NO", "no": "nb-NO", "pl": "pl-PL",
    "pt": "pt-PT", "ro": "ro-RO", "ru": "ru-RU", "sk": "sk-SK", "sl": "sl-SI", "sr": "sr-Cyrl-RS", "sv": "sv-SE",
    "th": "th-TH", "tr": "tr-TR", "uk": "uk-UA", "vi": "vi-VN", "zh": "zh-CN",
}  # fmt: skip
FORM_FALLBACK = {"symbol": "short", "verb-short": "verb", "short": "long", "verb": "long"}
# How a file was laid out is no part of a term; a space at its beginning is: “500 AD”.
LINE_BREAK = re.compile(r"\s*\n\s*")
ORDINALS = tuple(f"ordinal-{number:02d}" for number in range(100))


@dataclass(frozen=True)
class Term:
    """A term in its singular and plural; ``gender`` and ``matches`` concern ordinals."""

    single: str
    multiple: str = ""
    gender: str = ""
    matches: str = ""


@dataclass(frozen=True)
class Locale:
    """What a language gives to a style: ``terms`` by name, form and gender form, ``dates`` as elements by form."""

    language: str = "en-US"
    terms: Mapping[tuple[str, str, str], Term] = field(default_factory=dict)
    dates: Mapping[str, etree._Element] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)

    def term(self, name: str, form: str = "long", *, plural: bool = False, gender: str = "") -> str | None:
        """Return a term in a form or the nearest one that it has, or None where there is no such term."""
        found = self.find_term(name, form, gender)
        if found is None:
            return None
        return found.multiple if plural else found.single

    def find_term(self, name: str, form: str = "long", gender: str = "") -> Term | None:
        """Find a term in a form, or in the nearest one that it has."""
        name = normalize_term_name(name)
        while True:
            found = self.terms.get((name, form, gender)) or self.terms.get((name, form, ""))
            if found is not None or form not in FORM_FALLBACK:
                return found
            form = FORM_FALLBACK[form]

    @property
    def ampersand(self) -> str:
        """Return the sign for “and”, which is the same in languages that name no other."""
        own = self.terms.get(("and", "symbol", ""))
        return own.single if own is not None and own.single else "&"

    def gender_of(self, name: str) -> str:
        """Return the gender of a term, "" where it has none."""
        found = self.find_term(name)
        return found.gender if found else ""

    @property
    def punctuation_in_quote(self) -> bool:
        """Tell whether full stops and commas move into quotation marks."""
        return self.options.get("punctuation-in-quote") == "true"

    def quotes(self, depth: int) -> tuple[str, str]:
        """Return the quotation marks at a depth of nesting (from 0): outer and inner ones take turns."""
        inner = "inner-" if depth % 2 else ""
        marks = self.term(f"open-{inner}quote") or "", self.term(f"close-{inner}quote") or ""
        if inner and marks == self.quotes(0):  # a style that changes the outer marks alone
            return ("“", "”") if marks[0] == "‘" else ("‘", "’")
        return marks


def read_term(element: etree._Element) -> tuple[tuple[str, str, str], Term]:
    """Read a term, and what it is found by: its name, form and gender form."""
    get = element.get
    single, multiple = element.find(f"{CSL}single"), element.find(f"{CSL}multiple")
    one = (single.text if single is not None else element.text) or ""
    many = (multiple.text if multiple is not None else None if single is not None else element.text) or ""
    if single is None and multiple is None:
        many = one
    gender_form = get("gender-form", "")
    one, many = LINE_BREAK.sub("", one), LINE_BREAK.sub("", many)
    term = Term(one, many, get("gender", ""), get("match", ""))
    return (normalize_term_name(get("name", "")), get("form", "long"), gender_form), term


def normalize_term_name(name: str) -> str:
    """Write the name of a term as CSL 1.0.2 does; 1.0 has “no date”, “et-al” and “sub verbo” side by side."""
    return name.replace(" ", "-")


def merge_locale(base: Locale, element: etree._Element, *, whole: bool = False) -> Locale:
    """Lay the content of a `cs:locale` over a locale; new ordinals put all the old ones out of use.

    ``whole`` says that a term replaces all forms of the old one: a language has its own
    abbreviations, and a form that it lacks is not taken from English.
    """
    terms, dates, options = dict(base.terms), dict(base.dates), dict(base.options)
    new = dict(read_term(each) for each in element.iterfind(f"{CSL}terms/{CSL}term"))
    if whole:
        replaced = {name for name, _form, _gender in new}
        terms = {key: term for key, term in terms.items() if key[0] not in replaced}
    if any(name in ORDINALS or name == "ordinal" for name, _form, _gender in new):
        terms = {key: term for key, term in terms.items() if key[0] != "ordinal" and key[0] not in ORDINALS}
    for key, term in new.items():
        old = terms.get(key)
        terms[key] = term if term.gender or old is None else replace(term, gender=old.gender)
    for date in element.iterfind(f"{CSL}date"):
        dates[date.get("form", "")] = date
    for each in element.iterfind(f"{CSL}style-options"):
        options |= {str(name): str(value) for name, value in each.attrib.items()}
    return Locale(base.language, terms, dates, options)


def locale_folders() -> tuple[Path, Path]:
    """Return the folders with locale files: our own additions are laid over citeproc-py's data.

    Of citeproc-py only the data is used; it is found without importing the package.
    """
    spec = find_spec("citeproc")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the locales of CSL are missing: install citeproc-py")
    carried = Path(spec.submodule_search_locations[0]) / "data" / "locales"
    return carried, Path(str(files("fleuron.csl.style") / "locale_files"))


def fallback_names(language: str) -> list[str]:
    """List the locale files of a language, the most general first: en-US, the primary dialect, the dialect."""
    base = language.split("-")[0].lower()
    names = ["en-US", PRIMARY.get(base, base), language]
    return [name for number, name in enumerate(names) if name not in names[number + 1 :]]


@lru_cache(maxsize=64)
def base_locale(language: str) -> Locale:
    """Read the locale of a language from the files, before a style changes it."""
    locale = Locale(language)
    carried, own = locale_folders()
    for name in fallback_names(language):
        for folder in (carried, own):
            path = folder / f"locales-{name}.xml"
            if path.is_file():
                locale = merge_locale(locale, read_xml(path.read_bytes(), str(path)), whole=folder == carried)
    return locale


def override_rank(element: etree._Element, language: str) -> int | None:
    """Rank a style's `cs:locale` for a language, the most general lowest; None where it is for another."""
    own = str(element.get(LANG, ""))
    base = language.split("-")[0]
    ranks = {"": 0, base: 1, PRIMARY.get(base, base): 2, language: 3}
    return ranks.get(own)


def locale_for_style(language: str, overrides: Iterable[etree._Element]) -> Locale:
    """Lay a style's own `cs:locale` elements over the locale of a language, the most general first."""
    ranked = [
        (rank, number, each)
        for number, each in enumerate(overrides)
        if (rank := override_rank(each, language)) is not None
    ]
    locale = base_locale(language)
    for _rank, _number, element in sorted(ranked, key=lambda entry: entry[:2]):
        locale = merge_locale(locale, element)
    return locale


def ordinal_suffix(locale: Locale, number: int, gender: str) -> str:
    """Find the ordinal suffix of a number (CSL 1.0.2, “Ordinal Suffixes”)."""
    last_two = locale.find_term(f"ordinal-{number % 100:02d}", "long", gender)
    if number % 100 >= 10 and last_two and (last_two.matches != "whole-number" or number < 100):
        return last_two.single
    if last_two and number % 100 < 10 and (number < 10 or last_two.matches == "last-two-digits"):
        return last_two.single
    last = locale.find_term(f"ordinal-{number % 10:02d}", "long", gender)
    if last and last.matches not in ("whole-number", "last-two-digits"):
        return last.single
    return locale.term("ordinal", gender=gender) or ""
