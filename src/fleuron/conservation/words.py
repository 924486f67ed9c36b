"""Define the words of a text, and of its notes, as they are compared: letters and digits, without their typography."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

BODY = "text"
# Letters, digits, marks, and the symbols that are read aloud (%, €, +): all but spaces, punctuation and format
# characters. A hyphen at the end of a line is not told from another one, so none counts.
SEPARATORS = re.compile(r"[\W_]+")
SYMBOLS = frozenset("%‰€$£¥₺₽§©®™°+=<>×÷±&@#")
FORMAT = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]")
MARKS = ("Mn", "Mc", "Me")
# How typefaces compose an i with a dot that was written once more, as small letters of “İ” have it.
DOTTED = "\N{LATIN SMALL LETTER DOTLESS I}\N{COMBINING DOT ABOVE}"


class Word(NamedTuple):
    """A word as it is compared; ``origin`` is what it was read from (a node of a doctree), to find its line.

    A tuple and no dataclass, as an article of ten pages has some forty thousand at all its stages.
    """

    text: str
    origin: object = None


@dataclass
class Streams:
    """The words of a text by stream, in the order of reading: those of the body, and those of each note.

    ``is_extended`` is whether the text has nodes of an extension, whose visitors may write other words.
    """

    words: dict[str, list[Word]] = field(default_factory=dict)
    is_extended: bool = False

    def add(self, stream: str, text: str, origin: object = None) -> None:
        """Append the words of a text to a stream."""
        self.words.setdefault(stream, []).extend(map(Word, words_in(text), repeat(origin)))

    def add_call(self, stream: str, number: str, origin: object = None) -> None:
        """Append the call of a note, which stands between words as if it were one."""
        self.words.setdefault(stream, []).append(Word(f"[{number.strip()}]", origin))

    def changed(self, normal: Callable[[str], str]) -> Streams:
        """Return the streams with each word normalised further, without those of which nothing is left."""
        changed = {
            stream: [Word(text, word.origin) for word in words if (text := normal(word.text))]
            for stream, words in self.words.items()
        }
        return Streams(changed)


def note_stream(number: str) -> str:
    """Return the name of the stream of a note's words, whatever the digits of its number are."""
    return f"note {''.join(str(unicodedata.decimal(sign, sign)) for sign in number.strip())}"


@lru_cache(maxsize=2000)
def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a text; they are kept, as each stage of a document has mostly the texts of the one before."""
    return tuple(split_words(text))


def split_words(text: str) -> Iterator[str]:
    """Yield the words of a text in NFC, without format characters such as soft hyphens."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", FORMAT.sub("", text))
    for chunk in text.split():
        if chunk.isalnum():
            yield chunk
        elif letters := "".join(filter(counts, chunk)):
            yield letters


def counts(character: str) -> bool:
    """Return whether a character is compared."""
    return character.isalnum() or character in SYMBOLS or unicodedata.category(character) in MARKS


@lru_cache(maxsize=20_000)
def as_printed(word: str) -> str:
    """Return a word as far as a typeface keeps it: without case, ligatures and marks; a call is its number."""
    if word.isascii():
        return word.lower().strip("[]")
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold()).replace(DOTTED, "i")
    return "".join(letter for letter in letters if letter.isalnum() or letter in SYMBOLS)
