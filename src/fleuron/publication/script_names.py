"""Map the names of scripts to their ISO 15924 codes."""

from __future__ import annotations

from fontTools.unicodedata import Scripts

# Names by which people call a script, beside those of Unicode (UAX #24).
OTHER_NAMES = {"chinese": "Hani", "japanese": "Hira", "korean": "Hang", "polytonic greek": "Grek", "persian": "Arab"}
# What has no script of its own: common characters, marks and unassigned characters.
NO_SCRIPTS = frozenset({"Zyyy", "Zinh", "Zzzz"})


# What is written in several scripts, or in forms of one, for which Unicode has no names.
COMPOUND_NAMES = {"Hans": "Han", "Hant": "Han", "Jpan": "Japanese", "Kore": "Korean"}


def script_name(code: str) -> str:
    """Return the English name of a script: “Old Italic” for Ital."""
    if code in COMPOUND_NAMES:
        return COMPOUND_NAMES[code]
    return str(Scripts.NAMES[code]).replace("_", " ")


SCRIPT_NAMES = {script_name(code).lower(): code for code in Scripts.NAMES if code not in NO_SCRIPTS}


def script_code(name: str) -> str:
    """Return the ISO 15924 code of a script by its code or English name in any case; "" if there is none."""
    folded = " ".join(name.replace("_", " ").replace("-", " ").lower().split())
    code = folded.title()
    if code in Scripts.NAMES and code not in NO_SCRIPTS:
        return code
    return SCRIPT_NAMES.get(folded) or OTHER_NAMES.get(folded, "")
