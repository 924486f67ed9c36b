"""Choose where addresses and DOIs may be broken, by the rules of The Chicago Manual of Style (18th edition, 7.52).

After a colon or a double slash; before a single slash, a tilde, a period, a comma, a hyphen, an underline, a question
mark, a number sign or a percent symbol; before or after an equals sign or an ampersand. No hyphen is added, and no
number is broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

ADDRESS = re.compile(
    r"(?:https?://|ftp://|mailto:|www\.|doi:\s?|urn:)\S+|\b10\.\d{4,9}/\S+|\b[\w.-]+\.(?:org|com|net|edu|gov)/\S*", re.I
)
AFTER = re.compile(r"//|:(?!/)|[=&]")
BEFORE = re.compile(r"(?<!/)/(?!/)|[~.,\-_?#%=&]")
# Fewer characters than these are not left alone on a line.
FEWEST = 3


def addresses_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield where addresses and DOIs are in a text: the numbers of their first characters, and of those after them."""
    for found in ADDRESS.finditer(text):
        yield found.start(), found.start() + len(found[0].rstrip(".,;:)]}>»”’\"'"))


def breaks_of_address(address: str) -> list[int]:
    """Return the numbers of the characters before which an address may be broken."""
    places = {found.end() for found in AFTER.finditer(address)} | {found.start() for found in BEFORE.finditer(address)}
    return [
        place
        for place in sorted(places)
        if FEWEST <= place <= len(address) - FEWEST and not is_within_number(address, place)
    ]


def is_within_number(address: str, place: int) -> bool:
    """Return whether a place is within a number: between digits, or beside what divides them."""
    before, after = address[:place][-2:], address[place : place + 2]
    if before[-1:].isdigit() and after[:1].isdigit():
        return True
    if before[-1:].isdigit() and after[:1] in ".,-" and after[1:].isdigit():
        return True
    return before[-1:] in (".", ",", "-") and before[:1].isdigit() and after[:1].isdigit()
