"""Collect what a language's catalogues translate, for messages that move from one text to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from fleuron.editions.merging.po_entries import Entry, Kind, PoFile
from fleuron.editions.merging.similar_messages import SimilarMessages


@dataclass(frozen=True)
class Suggestion:
    """A translation from elsewhere, to be confirmed; ``origin`` names the file that it comes from.

    ``previous`` is the message that it was made for, where that is not the same.
    """

    text: str
    origin: str
    previous: str | None = None


# Finds a translation of a message.
Memory = Callable[[str], Suggestion | None]


@dataclass(frozen=True)
class Compendium:
    """The catalogues of a language and the messages that the texts have now, both by the name of the catalogue."""

    catalogues: Mapping[str, PoFile]
    messages: Mapping[str, Set[str]]

    def find(self, message: str) -> Suggestion | None:
        """Return the translation of the same message, or of a similar one that its text has just lost."""
        if same := self.translations.get(message):
            return same
        nearest = self.similar.nearest(message) if self.lost else None
        return self.lost[nearest] if nearest is not None else None

    @cached_property
    def translations(self) -> Mapping[str, Suggestion]:
        """The translations of all messages; of one that has several, that of the text which has lost it."""
        found = {entry.message: Suggestion(entry.translation, f"{name}.po") for name, entry in self.usable()}
        return {message: suggestion for message, suggestion in found.items() if message is not None} | {
            message: Suggestion(suggestion.text, suggestion.origin) for message, suggestion in self.lost.items()
        }

    @cached_property
    def lost(self) -> Mapping[str, Suggestion]:
        """The translations of messages that a text had until now."""
        return {
            entry.message: Suggestion(entry.translation, f"{name}.po", entry.message)
            for name, entry in self.usable()
            if entry.message is not None
            and not entry.is_obsolete
            and entry.message not in self.messages.get(name, frozenset())
        }

    @cached_property
    def similar(self) -> SimilarMessages:
        return SimilarMessages(self.lost)

    def usable(self) -> Iterator[tuple[str, Entry]]:
        """Yield the entries that translate a message, each with the name of its catalogue."""
        for name, catalogue in sorted(self.catalogues.items()):
            for entry in catalogue.entries:
                if is_usable(entry) and not entry.is_fuzzy:
                    yield name, entry


def is_usable(entry: Entry) -> bool:
    """Return whether an entry translates one message into one, which another entry could have."""
    return bool(entry.message) and entry.is_translated and not entry.context and not entry.texts(Kind.PLURAL)
