"""The Turkish words of docutils, which has none.

docutils 0.22 imports a language as ``docutils.languages.tr`` and, where that fails, as the
top-level module ``tr``: a folder of that name beside conf.py (and editions are kept in such
folders) is executed, or ends the build with an AttributeError. A module under the first name
keeps the import at home.
"""

from __future__ import annotations

import sys
from types import ModuleType

LABELS = {
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

BIBLIOGRAPHIC_FIELDS = {
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


def setup() -> None:
    """Put the words where docutils looks for them first."""
    module = ModuleType("docutils.languages.tr", __doc__)
    vars(module).update(labels=LABELS, bibliographic_fields=BIBLIOGRAPHIC_FIELDS, author_separators=[";", ","])
    sys.modules.setdefault(module.__name__, module)
