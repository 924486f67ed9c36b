"""Find the letters of a text that have marks, such as accents that are characters of their own."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Characters that are not shown, within a regular expression's brackets: soft hyphens, joiners, marks of direction,
# variation selectors and tags (Default_Ignorable_Code_Point); and line breaks and controls.
IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)


@cache
def all_marks() -> frozenset[str]:
    """Return the combining marks of all scripts."""
    return frozenset(
        chr(code) for code in range(0x300, 0x1E950) if unicodedata.category(chr(code)) in ("Mn", "Me", "Mc")
    )


def marked_letters(text: str) -> set[str]:
    """Return the letters of a text that have marks, with these."""
    marks = "".join(all_marks().intersection(text))
    if not marks:
        return set()
    # Runs of marks are searched, not letters: most texts have few.
    runs = re.finditer(f"(?:[{IGNORABLE}]*[{marks}])+", text)
    return {text[run.start() - 1 : run.end()] for run in runs if run.start()}
