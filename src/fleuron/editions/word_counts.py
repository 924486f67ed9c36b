"""Count the words of a text, for shares of what is translated."""

from __future__ import annotations

import re
import unicodedata

# Scripts that are written without spaces between words, by the first words of the names of their letters.
UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
# What is between words: spaces, and dashes without spaces around them.
GAP = re.compile(r"[\s\u2013\u2014]+")


def count_words(text: str) -> int:
    """Return the number of words: runs between spaces or dashes that have a letter or a digit.

    A link or a role with its markup is one word for each of its runs. In scripts without spaces, such as Chinese or
    Thai, each letter is a word, as in translators' tools.
    """
    return sum(map(words_in_run, GAP.split(text)))


def words_in_run(run: str) -> int:
    if run.isascii():
        return int(any(map(str.isalnum, run)))
    letters = [letter for letter in run if letter.isalnum()]
    unspaced = sum(unicodedata.name(letter, "").startswith(UNSPACED) for letter in letters)
    return unspaced + (len(letters) > unspaced)
