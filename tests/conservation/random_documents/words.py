"""Invented words, each of which a document has once, and their translations letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

SYLLABLES = tuple(consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou")
# A word of the text begins with Q, one that no translator sees (of code, formulas, raw HTML) with X.
TRANSLATED, KEPT = "q", "x"
WORD = re.compile(r"(?<![a-z])q[a-z]{6}(?![a-z])", re.IGNORECASE)
LATIN = "qbdfgklmnprstvzaeiou"
ALPHABETS = {"ru": "щбдфгклмнпрствзаеиоу", "fa": "قبدفگکلمنپرستوزاعیهش"}


@dataclass(frozen=True)
class Note:
    """What a note has to say, at the place of its call."""

    events: tuple[Event, ...] = ()


@dataclass(frozen=True)
class OnScreen:
    """What a page and an EPUB have as text, and a PDF has not: formulas, and descriptions of pictures."""

    events: tuple[Event, ...] = ()


# What a reader comes upon.
Event = str | Note | OnScreen


def word(number: int, first: str = TRANSLATED) -> str:
    """Return the word of a number, in seven letters that nothing else has in this order."""
    letters = ""
    for _ in range(3):
        number, syllable = divmod(number, len(SYLLABLES))
        letters += SYLLABLES[syllable]
    return first + letters


def translated(text: str, language: str) -> str:
    """Translate the invented words of a text; all else stays as it is."""
    if language not in ALPHABETS:
        return text
    letters = str.maketrans(LATIN, ALPHABETS[language])
    return WORD.sub(lambda found: found[0].lower().translate(letters), text)


def in_order(events: Iterable[Event], language: str) -> list[str]:
    """Return the words of an edition on screen as they are read, with notes in brackets where they are called."""
    found: list[str] = []
    for event in events:
        if isinstance(event, str):
            found.append(translated(event, language))
        elif isinstance(event, Note):
            found += ["(", *in_order(event.events, language), ")"]
        else:
            found += in_order(event.events, language)
    return found


def by_stream(events: Iterable[Event], language: str) -> dict[str, list[str]]:
    """Return the words of an edition in print, of its text and of each note; notes are numbered as they are called."""
    streams: dict[str, list[str]] = {"text": []}

    def add(events: Iterable[Event], stream: str) -> None:
        for event in events:
            if isinstance(event, str):
                streams[stream].append(translated(event, language))
            elif isinstance(event, Note):
                name = f"note {len(streams)}"
                streams[name] = []
                add(event.events, name)

    add(events, "text")
    return streams
