"""Say what a whole-file translation has for each message of its source: a translation, an older one, or none.

A message is translated if its section follows the source as it is now, and stale if it follows an older version. One
whose words the translation has as they are in the source has been left as it was when the file was started.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from fleuron.editions.translation_progress import MessageState, TextMessage
from fleuron.editions.whole_files.pairing import Pairing
from fleuron.editions.whole_files.sections import digests_left, digests_of_texts
from fleuron.publication.front_matter import read_front_matter

# A text of fewer words may be the same in both languages, such as a name.
FEWEST_WORDS = 3


@dataclass(frozen=True)
class OwnTexts:
    """The digests of the texts that a translation has, and of those of front matter that only its source has."""

    written: frozenset[str] = frozenset()
    of_source: frozenset[str] = frozenset()


def own_texts(text: str, source: str) -> OwnTexts:
    """Return what a translation has of its own, and leaves to its source; both are Markdown texts."""
    return OwnTexts(digests_of_texts(text), digests_left(read_front_matter(text), read_front_matter(source)))


def states_of_sections(pairing: Pairing | None, number: int) -> list[MessageState]:
    """Return the state of each of a number of sections of a source; None stands for sections that are not paired."""
    states = [MessageState.MISSING] * number
    for own, source in enumerate(pairing.counterparts if pairing else ()):
        if source is not None and source < number:
            states[source] = MessageState.STALE if pairing and own in pairing.stale else MessageState.TRANSLATED
    return states


def state_of(message: TextMessage, sections: Sequence[MessageState], texts: OwnTexts) -> MessageState:
    """Return the state of a message of the source."""
    is_of_source = message.section == 0 and message.digest in texts.of_source
    if is_of_source or is_untouched(message, texts.written) or message.section >= len(sections):
        return MessageState.MISSING
    return sections[message.section]


def is_untouched(message: TextMessage, texts: Container[str]) -> bool:
    """Return whether a translation has the words of a message as they are in the source."""
    return message.words >= FEWEST_WORDS and message.digest in texts
