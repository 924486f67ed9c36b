"""Check which typefaces a publication names, and list them by role and script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fleuron.diagnostics.similar_names import suggestion
from fleuron.publication.script_names import SCRIPT_NAMES, script_code

# The typefaces of pages and books, by role, if conf.py names no others.
DEFAULT_TYPEFACES = {"text": "Vollkorn", "arabic": "Amiri", "code": "DejaVu Sans Mono"}


def check_typefaces(value: Any) -> str | None:
    expected = 'typefaces for "text", "arabic" and "code", such as {"text": "Vollkorn"}, or for another script'
    if not isinstance(value, Mapping):
        return expected
    for role, family in value.items():
        if role not in DEFAULT_TYPEFACES and not script_code(str(role)):
            known = (*DEFAULT_TYPEFACES, *SCRIPT_NAMES)
            return f"{expected}; there is no “{role}”{suggestion(str(role), known)}"
        if not isinstance(family, str) or not family.strip() or not family.isprintable():
            return expected
    return None


def typefaces_by_script(value: Mapping[str, str]) -> dict[str, str]:
    """Return the families by role, ``text``, ``arabic`` and ``code``, and by the ISO 15924 codes of other scripts."""
    found = dict(DEFAULT_TYPEFACES)
    for name, family in value.items():
        code = script_code(name)
        found["arabic" if code == "Arab" else name if name in DEFAULT_TYPEFACES else code] = family
    return found
