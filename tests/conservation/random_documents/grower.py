"""Choose what a document is made of, and remember its words, its labels, and the notes that are to be written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from tests.conservation.random_documents.words import KEPT, Event, word

T = TypeVar("T")
Events = tuple[Event, ...]


@dataclass(frozen=True)
class Piece:
    """Some Markdown, without a line end at its end, and what a reader finds of it."""

    text: str
    events: Events = ()


def joined(pieces: Sequence[Piece], between: str) -> Piece:
    """Return pieces as one."""
    return Piece(between.join(piece.text for piece in pieces), tuple(e for piece in pieces for e in piece.events))


@dataclass
class Grower:
    """Makes choices, and counts the words and labels of one document.

    ``note`` writes a note of the author's own, and returns its label and what it says. In labels, ``DOCUMENT`` stands
    for the name of the document, as labels are known in the whole publication. ``titled`` are the labels of headings
    and what these are in a link.
    """

    random: Random
    note: Callable[[Grower], tuple[str, Events]]
    count: int = 0
    level: int = 1
    labels: int = 0
    definitions: list[str] = field(default_factory=list)
    titled: list[tuple[str, Events]] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    equations: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)

    def choose(self, values: Sequence[T]) -> T:
        return self.random.choice(values)

    def number(self, least: int, most: int) -> int:
        return self.random.randint(least, most)

    def maybe(self, one_of: int = 2) -> bool:
        """Return True once in so many times."""
        return self.number(1, one_of) == one_of

    def some(self, options: Sequence[str]) -> list[str]:
        """Return some options of a directive."""
        return [option for option in options if self.maybe()]

    def word(self) -> str:
        self.count += 1
        return word(self.count)

    def kept(self) -> str:
        """Return a word that is not translated."""
        self.count += 1
        return word(self.count, KEPT)

    def filled(self, form: str) -> Piece:
        """Return a form with words in it: for each Q a word, and for each X one that is not translated."""
        text, events = "", []
        for letter in form:
            if letter in "QX":
                events.append(self.word() if letter == "Q" else self.kept())
            text += events[-1] if letter in "QX" else letter
        return Piece(text, tuple(events))

    def label(self) -> str:
        self.labels += 1
        return f"DOCUMENT-{self.labels}"

    def heading(self) -> str:
        """Return the signs of a heading, at most one level below the one before."""
        self.level = self.number(2, min(self.level + 1, 5))
        return "#" * self.level
