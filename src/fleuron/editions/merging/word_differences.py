"""Show how two texts differ, word by word, as `git diff --word-diff` does: [-old-]{+new+}."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher
from itertools import groupby

# The letters of scripts that write no spaces between words, by how their names begin.
SEPARATE = ("CJK ", "HIRAGANA ", "KATAKANA ", "THAI ", "LAO ", "KHMER ", "MYANMAR ")
# What joins letters to a word without being one: the zero-width non-joiner of Persian, and the joiner.
JOINERS = "\u200c\u200d"


def marked_differences(old: str, new: str) -> str:
    """Return the new text, with what was added in braces and what is gone in brackets."""
    before, after = parts_of(old), parts_of(new)
    shown: list[str] = []
    for operation, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation == "equal":
            shown += after[start:end]
            continue
        gone, added = "".join(before[first:last]), "".join(after[start:end])
        shown += (f"[-{gone}-]" if gone else "", f"{{+{added}+}}" if added else "")
    return "".join(shown)


def parts_of(text: str) -> list[str]:
    """Return the words, spaces and signs of a text."""
    return ["".join(letter for _number, letter in group) for _kind, group in groupby(enumerate(text), kind_of)]


def kind_of(numbered: tuple[int, str]) -> str:
    """Return what is the same for the letters of one word, or for spaces in a row, and no two signs have in common."""
    number, letter = numbered
    if letter.isspace():
        return "space"
    is_word = letter.isalnum() or letter in JOINERS or unicodedata.category(letter).startswith("M")
    return "word" if is_word and not unicodedata.name(letter, "").startswith(SEPARATE) else str(number)
