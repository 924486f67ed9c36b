"""Grow whole articles."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.conservation.random_documents.blocks import KINDS
from tests.conservation.random_documents.grower import Events, Grower
from tests.conservation.random_documents.inline_text import NOTHING, title
from tests.conservation.random_documents.nesting import growing, notes_of

# No document has as many words.
MOST_WORDS = 3000


@dataclass(frozen=True)
class Document:
    """The source of an article, and what a reader finds in it, beginning with its title."""

    seed: int
    source: str
    events: Events


def document(seed: int, number: int = 0) -> Document:
    """Grow the document of a seed; those of one publication differ in their numbers, and have no word in common."""
    grower = Grower(Random(seed), notes_of(KINDS), number * MOST_WORDS)
    head, _ = title(grower)
    record, shown = front_matter(grower)
    body = growing(KINDS)(grower, NOTHING, 6)
    definitions = "".join(f"\n\n{definition}" for definition in grower.definitions)
    source = f"---\n{record}---\n# {head.text}\n\n{body.text}{definitions}\n"
    return Document(seed, source.replace("DOCUMENT", f"d{number}"), (*head.events, *shown, *body.events))


def front_matter(grower: Grower) -> tuple[str, Events]:
    """Return the record of an article, and what a reader finds of it."""
    record = "authors: [ada]\ndate: 2026-01-02\n"
    if grower.maybe(3):
        piece = grower.filled("subtitle: Q Q\nabstract: >-\n  Q *Q* Q\n\n  Q Q\nkeywords: [Q]\n")
        return record + piece.text, piece.events
    return record, ()
