"""Where pages begin in a running text: in which passage, and behind how many of its letters.

A passage is a paragraph, a title, a picture and the like; they are numbered in the order of a document. Letters and
figures alone are counted: hyphens, spaces and signs come and go at the ends of lines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Break:
    """Where a page begins: the passage, how many of its letters stand on pages before, and a digest of these."""

    passage: int
    letters: int = 0
    check: str = ""


def letters_of(text: str) -> str:
    """Return the letters and figures of a text."""
    return "".join(filter(str.isalnum, text))


def break_at(passage: int, before: str) -> Break:
    """Return the break of a page before which some letters of a passage stand."""
    return Break(passage, len(before), check_of(before)) if before else Break(passage)


def check_of(letters: str) -> str:
    """Return a digest of letters; styles may print them as capitals."""
    return hashlib.sha256(letters.casefold().encode()).hexdigest()[:16]


def place_in(text: str, found: Break) -> int | None:
    """Return where in a passage's text a page begins, as a number of characters; None if the text is another one.

    A word that is parted between two pages belongs to the first.
    """
    places = list(places_of_letters(text))
    if found.letters > len(places) or (found.letters and check_of(letters_of(text)[: found.letters]) != found.check):
        return None
    if not 0 < found.letters < len(places):
        return 0 if not found.letters else len(text)
    last, first = places[found.letters - 1], places[found.letters]
    if first == last + 1:  # within a word
        return next((place + 1 for place in range(first, len(text)) if text[place].isspace()), len(text))
    between = text[last + 1 : first]
    blanks = [place for place, character in enumerate(between) if character.isspace()]
    # A sign that opens what follows, as a bracket does, goes with it.
    return last + 1 + (blanks[-1] + 1 if blanks else len(between))


def places_of_letters(text: str) -> Iterator[int]:
    return (place for place, character in enumerate(text) if character.isalnum())
