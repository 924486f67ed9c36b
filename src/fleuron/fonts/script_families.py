"""List the free typefaces that have the characters of a script, and the Debian packages that contain them."""

from __future__ import annotations

import unicodedata

from fontTools.unicodedata import script

from fleuron.fonts import han_forms
from fleuron.publication.script_names import NO_SCRIPTS, script_name

# The families of a script whose names are not “Noto Serif” and “Noto Sans” with the script's own.
FAMILIES = {
    "Arab": ("Amiri", "Scheherazade New", "Noto Naskh Arabic", "Noto Sans Arabic"),
    "Cyrl": ("Noto Serif", "DejaVu Serif"),
    "Egyp": ("Noto Sans Egyptian Hieroglyphs", "Noto Sans EgyptHiero"),
    "Ethi": ("Noto Serif Ethiopic", "Noto Sans Ethiopic", "Abyssinica SIL"),
    "Grek": ("Noto Serif", "GFS Didot", "DejaVu Serif", "FreeSerif"),
    "Hebr": ("Noto Serif Hebrew", "Frank Ruehl CLM", "SBL Hebrew", "Noto Sans Hebrew"),
    "Hmnp": ("Noto Serif Hmong Nyiakeng", "Noto Serif Nyiakeng Puachue Hmong"),
    "Latn": ("Noto Serif", "DejaVu Serif", "Charis SIL"),
    "Merc": ("Noto Sans Meroitic",),
    "Mero": ("Noto Sans Meroitic",),
    "Mlym": ("Noto Serif Malayalam", "Noto Sans Malayalam", "Rachana"),
    "Nkoo": ("Noto Sans NKo",),
    "Phag": ("Noto Sans PhagsPa",),
    "Thai": ("Noto Serif Thai", "Norasi", "Noto Sans Thai"),
}
# The families of last resort, for every script and for signs that belong to none.
COMMON_FAMILIES = (
    *("Noto Serif", "DejaVu Serif", "FreeSerif", "Noto Sans", "DejaVu Sans", "Noto Sans Math", "Noto Sans Symbols"),
    *("Noto Sans Symbols2", "Noto Sans Symbols 2", "Noto Music", "Noto Emoji", "Symbola"),
)

CORE = "fonts-noto-core"
# The packages of Debian for scripts that fonts-noto-core does not have, or for which another is at hand.
IN_UNIFONT = (
    *("Chrs", "Cpmn", "Diak", "Gara", "Gukh", "Kawi", "Kits", "Krai", "Maka", "Nagm", "Nand", "Onao", "Ougr", "Sunu"),
    *("Tayo", "Tnsa", "Todr", "Toto", "Tutg", "Vith"),
)
PACKAGES = dict.fromkeys(han_forms.SCRIPTS, "fonts-noto-cjk") | dict.fromkeys(IN_UNIFONT, "fonts-unifont")


def families_of_script(code: str, form: str = han_forms.SIMPLIFIED) -> tuple[str, ...]:
    """List the families that have a script, the preferred one first; those of last resort are at the end.

    ``form`` is that of Chinese characters (see han_forms.py).
    """
    own = FAMILIES.get(code)
    if code in han_forms.SCRIPTS:
        own = han_forms.families_of_form(han_forms.TELLING.get(code, form) if code != "Bopo" else form)
    if own is None and code not in ("Zyyy", "Zinh", "Zzzz"):
        own = tuple(f"Noto {kind} {script_name(code)}" for kind in ("Serif", "Sans"))
    return tuple(dict.fromkeys((*(own or ()), *COMMON_FAMILIES)))


def package_of(character: str) -> str:
    """Return the Debian package that has a typeface with a character; "" if none is known."""
    if unicodedata.category(character) in ("Co", "Cn", "Cs"):  # of private use, or unknown to this Python
        return ""
    if ord(character) >= 0x1F000:
        return PACKAGES.get(script(character), "fonts-symbola" if unicodedata.category(character) == "So" else CORE)
    if han_forms.PUNCTUATION.match(character) and script(character) in NO_SCRIPTS:
        return PACKAGES["Hani"]
    return PACKAGES.get(script(character), CORE)
