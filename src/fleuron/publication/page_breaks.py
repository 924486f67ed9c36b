"""Record where pages begin in running text, and find that position again in another format.

A page break is the number of a passage (a paragraph, a title, a picture and the like, numbered in the order of the
document) and the number of its letters and figures that are on the pages before. Hyphens, spaces and punctuation are
not counted: they may be added or left out at the ends of lines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class PageBreak:
    """The beginning of a page: the passage, the number of its letters on pages before, and a digest of these."""

    passage: int
    letters: int = 0
    check: str = ""


def letters_of(text: str) -> str:
    """Return the letters and figures of a text."""
    return "".join(filter(str.isalnum, text))


def page_break_after(passage: int, letters: str) -> PageBreak:
    """Return the page break in a passage whose first ``letters`` are on pages before."""
    return PageBreak(passage, len(letters), digest_of_letters(letters)) if letters else PageBreak(passage)


def digest_of_letters(letters: str) -> str:
    """Return a digest of letters, whatever their case: a style may print them as capitals."""
    return hashlib.sha256(letters.casefold().encode()).hexdigest()[:16]


def position_of(page_break: PageBreak, text: str) -> int | None:
    """Return the index of the first character of a page in its passage's text; None if it is another text.

    A word that is divided between two pages belongs to the first.
    """
    positions = list(positions_of_letters(text))
    count = page_break.letters
    if count > len(positions) or (count and digest_of_letters(letters_of(text)[:count]) != page_break.check):
        return None
    if not 0 < count < len(positions):
        return 0 if not count else len(text)
    last, first = positions[count - 1], positions[count]
    if first == last + 1:  # within a word
        return next((index + 1 for index in range(first, len(text)) if text[index].isspace()), len(text))
    between = text[last + 1 : first]
    spaces = [index for index, character in enumerate(between) if character.isspace()]
    # An opening quotation mark or bracket belongs to the word after it.
    return last + 1 + (spaces[-1] + 1 if spaces else len(between))


def positions_of_letters(text: str) -> Iterator[int]:
    return (index for index, character in enumerate(text) if character.isalnum())
