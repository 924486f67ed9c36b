"""The localisation keys of biblatex that occur in bibliographies, and their text in several languages.

CSL-JSON has no such keys: an item has the English text (`genre`: "PhD thesis") and, in ``custom``, the key
(``{"genre-key": "phdthesis"}``), so that an edition in another language can print its own. The state of a work that is
not published yet (`pubstate`) is a term of CSL's locales, or of ours.
"""

from __future__ import annotations

THESES_AND_REPORTS = {
    "phdthesis": {"en": "PhD thesis", "tr": "Doktora tezi", "ru": "докторская диссертация", "fa": "رسالهٔ دکتری"},
    "mathesis": {
        "en": "Master’s thesis",
        "tr": "Yüksek lisans tezi",
        "ru": "магистерская диссертация",
        "fa": "پایان‌نامهٔ کارشناسی ارشد",
    },
    "bathesis": {
        "en": "Bachelor’s thesis",
        "tr": "Lisans tezi",
        "ru": "бакалаврская работа",
        "fa": "پایان‌نامهٔ کارشناسی",
    },
    "candthesis": {"en": "Candidate thesis", "tr": "Aday doktora tezi", "ru": "кандидатская диссертация"},
    "techreport": {"en": "Technical report", "tr": "Teknik rapor", "ru": "технический отчёт", "fa": "گزارش فنی"},
    "resreport": {
        "en": "Research report",
        "tr": "Araştırma raporu",
        "ru": "отчёт о научно-исследовательской работе",
        "fa": "گزارش پژوهشی",
    },
    "software": {"en": "Computer software", "tr": "Yazılım", "ru": "программное обеспечение", "fa": "نرم‌افزار"},
}
# The terms for the states of publication (biblatex manual, 2.3.1).
PUBLICATION_STATES = {
    "inpreparation": "in-preparation",
    "submitted": "submitted",
    "forthcoming": "forthcoming",
    "inpress": "in-press",
    "prepublished": "prepublished",
}
ENGLISH = {
    "datacd": "CD-ROM",
    "audiocd": "Audio CD",
    "patent": "Patent",
    "patentde": "German patent",
    "patenteu": "European patent",
    "patentfr": "French patent",
    "patentuk": "British patent",
    "patentus": "U.S. patent",
    "patreq": "Patent request",
    "patreqde": "German patent request",
    "patreqeu": "European patent request",
    "patreqfr": "French patent request",
    "patrequk": "British patent request",
    "patrequs": "U.S. patent request",
    "countryde": "Germany",
    "countryeu": "European Union",
    "countryep": "European Union",
    "countryfr": "France",
    "countryuk": "United Kingdom",
    "countryus": "United States of America",
    "inpreparation": "in preparation",
    "submitted": "submitted",
    "forthcoming": "forthcoming",
    "inpress": "in press",
    "prepublished": "pre-published",
    "newseries": "new series",
    "oldseries": "old series",
}


def is_key(text: str) -> bool:
    """Return whether a text is a localisation key."""
    return text in THESES_AND_REPORTS or text in ENGLISH


def phrase(key: str, language: str = "en") -> str:
    """Return the text of a key in a language (BCP 47), or else in English; any other text is returned unchanged."""
    texts = THESES_AND_REPORTS.get(key, {})
    return texts.get(language.split("-")[0]) or texts.get("en") or ENGLISH.get(key, key)
