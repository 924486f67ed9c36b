"""Names and titles in Latin letters, for catalogues that are ordered by them."""

from __future__ import annotations

import unicodedata

from anyascii import anyascii

# The scripts that are romanised, as Unicode's names of characters begin.
SCRIPTS = ("CYRILLIC", "ARABIC")


def script_of(text: str) -> str:
    """Return the first script in a text that is to be romanised; nothing if there is none."""
    return next(filter(None, map(script, text)), "")


def script(sign: str) -> str:
    name = unicodedata.name(sign, "")
    return next((each for each in SCRIPTS if name.startswith(each)), "")


def romanised(text: str) -> str:
    """Return a text with its Cyrillic and Arabic letters in Latin ones, and all else as it stands.

    These are anyascii's letters: no ALA-LC table, which would need diacritics and, for Arabic script, the vowels
    that are not written. They are for finding and ordering; what counts is the original beside them.
    """
    # Characters without a width join or part Arabic letters, and mean nothing between Latin ones.
    signs = (sign for sign in text if unicodedata.category(sign) != "Cf") if script_of(text) else text
    return "".join(anyascii(sign) if script(sign) else sign for sign in signs)
