"""Provide docutils with Turkish labels, which it lacks.

docutils 0.22 imports a language as ``docutils.languages.tr`` or, if there is no such module, as the top-level module
``tr``: a folder of that name beside conf.py would be executed, or end the build with an AttributeError. A module under
the first name prevents that.
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
    """Register the labels as the module that docutils imports first."""
    module = ModuleType("docutils.languages.tr", __doc__)
    vars(module).update(labels=LABELS, bibliographic_fields=BIBLIOGRAPHIC_FIELDS, author_separators=[";", ","])
    sys.modules.setdefault(module.__name__, module)
