"""Find the known name that is most similar to a mistyped one, for the end of a message."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

# How many names a message lists where none is similar.
MOST_NAMES = 12


def suggestion(word: str, names: Iterable[str]) -> str:
    """Return the end of a message about an unknown word: the most similar name, or the first few of all names."""
    known = sorted(names)
    if similar := did_you_mean(word, known):
        return similar
    more = f" and {len(known) - MOST_NAMES} more" if len(known) > MOST_NAMES else ""
    return f"; choose from: {', '.join(known[:MOST_NAMES])}{more}" if known else ""


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """Return the end of a message about an unknown word: the most similar name; "" if none is similar."""
    known = sorted(names)
    # Letters that have changed places, as in “lisence”, count for two mistakes in difflib's ratio.
    similar = [name for name in known if sorted(name) == sorted(word)] or difflib.get_close_matches(word, known, n=1)
    return f"; did you mean “{similar[0]}”?" if similar else ""
