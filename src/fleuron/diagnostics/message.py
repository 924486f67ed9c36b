"""What a message about a mistake consists of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """A message: the warning's subtype in Sphinx's log, whether it is an error, and the text as a format string."""

    subtype: str
    is_error: bool
    template: str
