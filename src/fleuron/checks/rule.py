"""What a rule is (no Sphinx)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation


@dataclass(frozen=True)
class Rule:
    """A rule: its name, the level of its violations, what it demands (Markdown), and the function that finds them.

    ``is_online`` is true for a rule that asks the network, and is left out unless it is asked for.
    """

    name: str
    level: Level
    meaning: str
    find: Callable[[Sources], Iterator[Violation]]
    is_online: bool = False
    is_corrected: bool = False
