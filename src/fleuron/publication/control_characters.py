"""Find the characters that neither HTML nor XML allows in a text."""

from __future__ import annotations

import re

# Control characters but tab, line feed and carriage return; halves of surrogate pairs; noncharacters (XML 1.0, 2.2;
# HTML, 13.2.3.5).
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def control_character(text: str) -> tuple[str, int] | None:
    """Return the first such character of a text, as Unicode names it, and its line from 1; None if there is none."""
    found = CONTROL.search(text)
    return (f"U+{ord(found[0]):04X}", text.count("\n", 0, found.start()) + 1) if found else None
