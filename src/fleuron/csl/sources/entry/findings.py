"""What was found wrong with a source, or what CSL has no place for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault or a loss in an entry.

    ``field`` is empty where the entry itself is meant; ``line`` counts from 1 and is None where it is not known.
    """

    key: str
    field: str
    line: int | None
    message: str
