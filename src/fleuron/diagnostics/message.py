"""What a message about a mistake consists of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Message:
    """A message: the warning's subtype in Sphinx's log, whether it is an error, and the text as a format string."""

    subtype: str
    is_error: bool
    template: str


class Messages(Enum):
    """A list of messages: each member's value is one."""

    _value_: Message

    @property
    def is_error(self) -> bool:
        return self.value.is_error

    @property
    def subtype(self) -> str:
        """The subtype of the warning in Sphinx's log, as ``suppress_warnings`` names it."""
        return self.value.subtype

    def text(self, values: Mapping[str, object]) -> str:
        """Return the message's text; ``values`` are those of the names in the template."""
        return self.value.template.format(**values)
