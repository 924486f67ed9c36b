"""Choose the typeface of Chinese characters by the language of a text: one character has another form in each.

Unicode has one code for the forms of China, Taiwan, Japan and Korea (The Unicode Standard, 18.1); only a typeface
decides between them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from fontTools.unicodedata import script

from fleuron.publication.language_tags import script_of

SIMPLIFIED, TRADITIONAL, JAPANESE, KOREAN = "zh-Hans", "zh-Hant", "ja", "ko"
# The form of a language by its script (ISO 15924), as CLDR has it.
FORMS = {"Hans": SIMPLIFIED, "Hant": TRADITIONAL, "Jpan": JAPANESE, "Hrkt": JAPANESE, "Kore": KOREAN, "Hang": KOREAN}
FAMILIES = {
    SIMPLIFIED: ("Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL UMing CN"),
    TRADITIONAL: ("Noto Serif CJK TC", "Noto Sans CJK TC", "AR PL UMing TW"),
    JAPANESE: ("Noto Serif CJK JP", "Noto Sans CJK JP", "IPAMincho", "IPAexMincho"),
    KOREAN: ("Noto Serif CJK KR", "Noto Sans CJK KR", "UnBatang", "Baekmuk Batang"),
}
# The script whose family in `fleuron_typefaces` a form is set in: “chinese”, “japanese”, “korean”.
NAMED = {SIMPLIFIED: "Hani", TRADITIONAL: "Hani", JAPANESE: "Hira", KOREAN: "Hang"}
# The scripts that are written with Chinese characters, and what tells them apart in a text of no stated language.
SCRIPTS = frozenset({"Bopo", "Hang", "Hani", "Hira", "Kana"})
TELLING = {"Hira": JAPANESE, "Kana": JAPANESE, "Hang": KOREAN, "Bopo": TRADITIONAL}
# Punctuation that belongs to these scripts, and is common to all scripts or to several (UAX #24).
PUNCTUATION = re.compile("[\u3000-\u303f\u30fb\u30fc\u3200-\u33ff\ufe30-\ufe4f\uff00-\uffef]")


def form_of(language: str) -> str:
    """Return the form in which a language writes Chinese characters; "" for one that does not."""
    return FORMS.get(script_of(language), "") if language else ""


def form_in_text(text: str) -> str:
    """Return the form that a text's own letters show: kana are Japanese; "" if it has Chinese characters alone."""
    return next((TELLING[code] for each in text if (code := str(script(each))) in TELLING), "")


def named_script(code: str, form: str, families: Mapping[str, str]) -> str:
    """Return the script under which a family is named for letters of a script; "" if there is none."""
    if code in ("Hani", "Bopo") and NAMED[form] in families:
        return NAMED[form]
    return code if code in families else ""


def families_of_form(form: str) -> tuple[str, ...]:
    """List the families that have a form, the preferred one first, and after them those of the other forms."""
    others = (family for each in FAMILIES.values() for family in each)
    return tuple(dict.fromkeys((*FAMILIES[form], *others)))
