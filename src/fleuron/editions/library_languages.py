"""Let docutils and Sphinx know languages by the tags of editions, and look for them nowhere else.

docutils 0.22 imports a language that it lacks as a top-level module: a folder ``zh/`` beside conf.py would be executed.
Its and Sphinx's names of Chinese are those of countries, and what Sphinx 9.0 has as Serbian in Latin letters is in
Cyrillic ones.
"""

from __future__ import annotations

import gettext
import sys
from importlib import import_module
from types import ModuleType

import sphinx.locale
from docutils.languages import LanguageImporter
from docutils.parsers.rst.languages import RstLanguageImporter
from sphinx.application import Sphinx

from fleuron.publication.language_tags import fallback_tags, language_tag

# By the tags of editions.
SPHINX_NAMES = {"zh-Hans": "zh_CN", "zh-Hant": "zh_TW", "sr-Latn": "sr"}
DOCUTILS_NAMES = {"zh": "zh_cn", "zh_hans": "zh_cn", "zh_hant": "zh_tw", "zh_hk": "zh_tw", "zh_mo": "zh_tw"}


TURKISH_LABELS = {
    "author": "Yazar",
    "authors": "Yazarlar",
    "organization": "Kurum",
    "address": "Adres",
    "contact": "İletişim",
    "version": "Sürüm",
    "revision": "Düzeltme",
    "status": "Durum",
    "date": "Tarih",
    "copyright": "Telif hakkı",
    "dedication": "İthaf",
    "abstract": "Özet",
    "attention": "Dikkat!",
    "caution": "Uyarı!",
    "danger": "!TEHLİKE!",
    "error": "Hata",
    "hint": "İpucu",
    "important": "Önemli",
    "note": "Not",
    "tip": "Öneri",
    "warning": "Uyarı",
    "contents": "İçindekiler",
}

TURKISH_FIELDS = {
    "yazar": "author",
    "yazarlar": "authors",
    "kurum": "organization",
    "adres": "address",
    "iletişim": "contact",
    "sürüm": "version",
    "düzeltme": "revision",
    "durum": "status",
    "tarih": "date",
    "telif hakkı": "copyright",
    "ithaf": "dedication",
    "özet": "abstract",
}

# The letters of Serbian, which has two alphabets that correspond letter by letter.
CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџш"
LATIN = [*"abvgdđežzijkl", "lj", *"mn", "nj", *"oprstćufhcč", "dž", "š"]
IN_LATIN = str.maketrans(
    dict(zip(CYRILLIC, LATIN, strict=True)) | dict(zip(CYRILLIC.upper(), map(str.capitalize, LATIN), strict=True))
)


class LatinSerbian(gettext.GNUTranslations):
    """A catalogue in Serbian, in Latin letters."""

    def gettext(self, message: str) -> str:
        return super().gettext(message).translate(IN_LATIN)


def setup(app: Sphinx) -> None:
    use_docutils_languages()
    use_catalogue(language_tag(app.config.language))


def use_docutils_languages() -> None:
    """Let docutils import its own languages alone, with labels in Turkish, which it lacks."""
    turkish = ModuleType("docutils.languages.tr")
    vars(turkish).update(labels=TURKISH_LABELS, bibliographic_fields=TURKISH_FIELDS, author_separators=[";", ","])
    sys.modules.setdefault(turkish.__name__, turkish)
    for importer in (LanguageImporter, RstLanguageImporter):
        importer.packages = importer.packages[:1]
        for name, known in DOCUTILS_NAMES.items():
            sys.modules.setdefault(f"{importer.packages[0]}{name}", import_module(f"{importer.packages[0]}{known}"))


def use_catalogue(tag: str) -> None:
    """Use Sphinx's own texts in a language that it names otherwise."""
    name = next((SPHINX_NAMES[each] for each in fallback_tags(tag) if each in SPHINX_NAMES), "")
    if name:
        kind = LatinSerbian if name == "sr" else gettext.GNUTranslations
        catalogue = gettext.translation("sphinx", sphinx.locale._LOCALE_DIR, languages=[name], class_=kind)
        sphinx.locale.translators["general", "sphinx"] = catalogue
