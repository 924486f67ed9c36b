"""What rules report: violations at their places, some of them with a correction (no Sphinx)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How grave a violation is: advice is a matter of taste, and does not fail a check."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file: its path from the publication's folder, its line and column (from 1; column 0: the line)."""

    path: str
    line: int = 1
    column: int = 0


@dataclass(frozen=True)
class Correction:
    """What stands at a place, on one line, and what to write there instead."""

    place: Place
    old: str
    new: str


@dataclass(frozen=True)
class Violation:
    """What is wrong at a place and what to do, and the correction if one is safe; `run` adds the rule."""

    place: Place
    message: str
    correction: Correction | None = None
    rule: str = ""
    level: Level = Level.WARNING
