"""What an editor decides about a note that may be a citation, and how it is kept for the next import."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fleuron.importing.source_matching import Candidate


@dataclass(frozen=True)
class Uncertain:
    """A part of a note to be decided: what it may cite, and the entry that is proposed for it, with its key."""

    note: str
    text: str
    problem: str
    candidates: tuple[Candidate, ...]
    entry: Mapping[str, Any] | None = None
    key: str = ""


@dataclass(frozen=True)
class Decision:
    """What an editor has decided: the part cites ``key``, or is words if that is empty."""

    key: str


# Asks about a part; None if it is not decided yet.
Decide = Callable[[Uncertain], Decision | None]


@dataclass
class Decisions:
    """What was decided, by the note and its part; of equal ones, each by its number in the text."""

    kept: dict[str, str] = field(default_factory=dict)
    met: Counter[str] = field(default_factory=Counter)

    def name(self, question: Uncertain) -> str:
        """Return the name of the next question of this wording."""
        wording = f"{question.note}\n{question.text}"
        self.met[wording] += 1
        return f"{wording}\n{self.met[wording]}"

    def written(self) -> str:
        return json.dumps(self.kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_decisions(text: str) -> Decisions:
    """Return the decisions in a file; none if it is not one of them."""
    try:
        found = json.loads(text)
    except ValueError:
        return Decisions()
    pairs = found.items() if isinstance(found, dict) else ()
    return Decisions({str(name): str(key) for name, key in pairs})
