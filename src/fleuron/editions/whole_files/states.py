"""Say what a whole-file translation has for each message of its source: a translation, an older one, or none.

A message is translated if its section follows the source as it is now, and stale if it follows an older version. One
whose words the translation has as they are in the source has been left as it was when the file was started.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from fleuron.editions.translation_progress import MessageState, TextMessage
from fleuron.editions.whole_files.pairing import Pairing

# A text of fewer words may be the same in both languages, such as a name.
FEWEST_WORDS = 3


def states_of_sections(pairing: Pairing | None, number: int) -> list[MessageState]:
    """Return the state of each of a number of sections of a source; None stands for sections that are not paired."""
    states = [MessageState.MISSING] * number
    for own, source in enumerate(pairing.counterparts if pairing else ()):
        if source is not None and source < number:
            states[source] = MessageState.STALE if pairing and own in pairing.stale else MessageState.TRANSLATED
    return states


def state_of(message: TextMessage, sections: Sequence[MessageState], texts: Container[str]) -> MessageState:
    """Return the state of a message; ``texts`` are the digests of the texts that the translation has."""
    if is_untouched(message, texts) or message.section >= len(sections):
        return MessageState.MISSING
    return sections[message.section]


def is_untouched(message: TextMessage, texts: Container[str]) -> bool:
    """Return whether a translation has the words of a message as they are in the source."""
    return message.words >= FEWEST_WORDS and message.digest in texts
