"""Read locales: the terms, date forms and options of a language, with the changes of a style (CSL 1.0.2, “Locale”)."""

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

# The dialect that is used for a language without a region (CSL 1.0.2, “Locale Fallback”).
PRIMARY = {
    "af": "af-ZA", "bg": "bg-BG", "ca": "ca-AD", "cs": "cs-CZ", "cy": "cy-GB", "da": "da-DK", "de": "de-DE",
    "el": "el-GR", "en": "en-US", "es": "es-ES", "et": "et-EE", "fa": "fa-IR", "fi": "fi-FI", "fr": "fr-FR",
    "gl": "gl-ES", "he": "he-IL", "hi": "hi-IN", "hr": "hr-HR", "hu": "hu-HU", "hy": "hy-AM", "id": "id-ID",
    "is": "is-IS", "it": "it-IT", "ja": "ja-JP", "km": "km-KH", "kh": "km-KH", "ko": "ko-KR", "lt": "lt-LT",
    "lv": "lv-LV", "mn": "mn-MN", "nb": "nb-NO", "nl": "nl-NL", "nn": "nn-NO", "no": "nb-NO", "pl": "pl-PL",
    "pt": "pt-PT", "ro": "ro-RO", "ru": "ru-RU", "sk": "sk-SK", "sl": "sl-SI", "sr": "sr-Cyrl-RS", "sv": "sv-SE",
    "th": "th-TH", "tr": "tr-TR", "uk": "uk-UA", "vi": "vi-VN", "zh": "zh-CN",
    # Other scripts than that of the first dialect.
    "sr-Latn": "sr-Latn-RS", "zh-Hant": "zh-TW", "zh-HK": "zh-TW", "zh-MO": "zh-TW", "zh-TW": "zh-TW",
}  # fmt: skip
FORM_FALLBACK = {"symbol": "short", "verb-short": "verb", "short": "long", "verb": "long"}
# Line breaks in a file do not belong to a term; a space at its beginning does: “500 AD”.
LINE_BREAK = re.compile(r"\s*\n\s*")
ORDINALS = tuple(f"ordinal-{number:02d}" for number in range(100))


@dataclass(frozen=True)
class Term:
    """A term in the singular and plural; ``gender`` and ``matches`` are for ordinals."""

    single: str
    multiple: str = ""
    gender: str = ""
    matches: str = ""


@dataclass(frozen=True)
class Locale:
    """The locale of a language: ``terms`` by name, form and gender form; `date` elements by form; options."""

    language: str = "en-US"
    terms: Mapping[tuple[str, str, str], Term] = field(default_factory=dict)
    dates: Mapping[str, etree._Element] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)

    def term(self, name: str, form: str = "long", *, plural: bool = False, gender: str = "") -> str | None:
        """Return the text of a term in a form, or in the form that it falls back to; None if the term is missing."""
        found = self.find_term(name, form, gender)
        if found is None:
            return None
        return found.multiple if plural else found.single

    def find_term(self, name: str, form: str = "long", gender: str = "") -> Term | None:
        """Find a term in a form, or in the form that it falls back to (CSL 1.0.2, “Terms”)."""
        name = normalize_term_name(name)
        while True:
            found = self.terms.get((name, form, gender)) or self.terms.get((name, form, ""))
            if found is not None or form not in FORM_FALLBACK:
                return found
            form = FORM_FALLBACK[form]

    @property
    def ampersand(self) -> str:
        """Return the symbol form of “and”, which is “&” unless the locale has its own."""
        own = self.terms.get(("and", "symbol", ""))
        return own.single if own is not None and own.single else "&"

    def gender_of(self, name: str) -> str:
        """Return the gender of a term, or "" if it has none."""
        found = self.find_term(name)
        return found.gender if found else ""

    @property
    def punctuation_in_quote(self) -> bool:
        """Return whether full stops and commas move into quotation marks."""
        return self.options.get("punctuation-in-quote") == "true"

    def quotes(self, depth: int) -> tuple[str, str]:
        """Return the quotation marks at a depth of nesting (from 0); outer and inner ones alternate."""
        inner = "inner-" if depth % 2 else ""
        marks = self.term(f"open-{inner}quote") or "", self.term(f"close-{inner}quote") or ""
        if inner and marks == self.quotes(0):  # a style that changes only the outer marks
            return ("“", "”") if marks[0] == "‘" else ("‘", "’")
        return marks


def read_term(element: etree._Element) -> tuple[tuple[str, str, str], Term]:
    """Read a term; return its key (name, form and gender form) and the term."""
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
    """Write the name of a term with hyphens, as CSL 1.0.2 does; 1.0 has “no date” and “sub verbo” besides “et-al”."""
    return name.replace(" ", "-")


def merge_locale(base: Locale, element: etree._Element, *, whole: bool = False) -> Locale:
    """Merge a `cs:locale` element into a locale; if it defines ordinals, those of the locale are dropped.

    With ``whole`` a term replaces all forms of the old one, so that a language does not take an abbreviation that it
    lacks from English.
    """
    terms, dates, options = dict(base.terms), dict(base.dates), dict(base.options)
    new = dict(map(read_term, element.iterfind(f"{CSL}terms/{CSL}term")))
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
    for style_options in element.iterfind(f"{CSL}style-options"):
        options |= {str(name): str(value) for name, value in style_options.attrib.items()}
    return Locale(base.language, terms, dates, options)


def locale_folders() -> tuple[Path, Path]:
    """Return the folders with locale files: those of citeproc-py, and our additions, which are merged into them.

    citeproc-py serves as a source of locale files only: they are its package data, found without importing it.
    """
    spec = find_spec("citeproc")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the CSL locale files are missing: install citeproc-py")
    carried = Path(spec.submodule_search_locations[0]) / "data" / "locales"
    return carried, Path(str(files("fleuron.csl.style") / "locale_files"))


def primary_dialect(language: str) -> str:
    """Return the dialect that a language falls back to: ``pt-PT`` for ``pt-AO``, ``zh-TW`` for ``zh-Hant-MO``."""
    base, *subtags = language.split("-")
    tags = ["-".join((base.lower(), *subtags[:number])) for number in range(len(subtags), -1, -1)]
    return next((PRIMARY[tag] for tag in tags if tag in PRIMARY), base.lower())


def fallback_names(language: str) -> list[str]:
    """List the locales that a language is made of, the most general first: en-US, the primary dialect, the dialect."""
    names = ["en-US", primary_dialect(language), language]
    return [name for number, name in enumerate(names) if name not in names[number + 1 :]]


def has_terms(language: str) -> bool:
    """Return whether there are terms of a language, or of the dialect that it falls back to; else they are English."""
    names = [primary_dialect(language), language]
    return any((folder / f"locales-{name}.xml").is_file() for folder in locale_folders() for name in names)


@lru_cache(maxsize=64)
def base_locale(language: str) -> Locale:
    """Read the locale of a language from the locale files, without the changes of a style."""
    locale = Locale(language)
    carried, own = locale_folders()
    for name in fallback_names(language):
        for folder in (carried, own):
            path = folder / f"locales-{name}.xml"
            if path.is_file():
                locale = merge_locale(locale, read_xml(path.read_bytes(), str(path)), whole=folder == carried)
    return locale


def override_rank(element: etree._Element, language: str) -> int | None:
    """Rank a style's `cs:locale` for a language, the most general lowest; None if it is for another language."""
    own = str(element.get(LANG, ""))
    base = language.split("-")[0]
    ranks = {"": 0, base: 1, primary_dialect(language): 2, language: 3}
    return ranks.get(own)


def locale_for_style(language: str, overrides: Iterable[etree._Element]) -> Locale:
    """Return the locale of a language, with a style's own `cs:locale` elements merged into it."""
    ranked = [
        (rank, number, override)
        for number, override in enumerate(overrides)
        if (rank := override_rank(override, language)) is not None
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
