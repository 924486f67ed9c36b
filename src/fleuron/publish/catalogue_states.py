"""Digest what an edition says of the catalogues of others: which of their messages are translated, and not how.

A site counts in each edition how much of the others is translated, and links the articles that they offer. Where a
translator corrects a translation, only that edition is built again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

# What is known of catalogues by their names: the signature of each file, and the digest of its states.
KnownStates = Mapping[str, Sequence[str]]


def states_of(catalogues: Mapping[str, str], folder: Path, known: KnownStates) -> dict[str, tuple[str, str]]:
    """Return the signatures and the states of catalogues, by their names in a folder; ``known`` ones are not read.

    ``catalogues`` are the signatures of the files as they are now.
    """
    found = {}
    for name, sign in catalogues.items():
        before, states = known.get(name, ("", ""))
        found[name] = (sign, states if before == sign else states_digest(folder / name))
    return found


def states_digest(path: Path) -> str:
    """Return a digest of the messages that a catalogue has translations of, and which of these are older."""
    from fleuron.editions.translation_progress import message_states  # which a build of nothing need not import

    states = sorted(f"{message} {state.value}" for message, state in message_states([path]).items())
    return hashlib.sha256("\n".join(states).encode()).hexdigest()
