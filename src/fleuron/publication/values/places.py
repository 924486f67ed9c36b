"""Read where an article stands in a journal: its volume, its issue, and its pages or its number there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from fleuron.publication.values.plain_values import BadValueError

PAGES = re.compile(r"([A-Za-z]?[0-9]+|[ivxlcdm]+)(?:\s*[-–]\s*([A-Za-z]?[0-9]+|[ivxlcdm]+))?")
NUMBER = re.compile(r"\w[\w./–-]*(?: \w[\w./–-]*)*")


@dataclass(frozen=True)
class PageRange:
    """The first and the last page of an article, as they are printed; ``last`` is empty if there is one page."""

    first: str = ""
    last: str = ""

    def joined(self, dash: str = "–") -> str:
        return f"{self.first}{dash}{self.last}" if self.last else self.first


# That of an article whose pages are not known.
NO_PAGES = PageRange()


def as_number(value: Any) -> str:
    """Return the number of a volume, an issue or an article, which may have letters."""
    text = " ".join(str(value).split())
    if isinstance(value, bool) or not isinstance(value, str | int) or not NUMBER.fullmatch(text):
        raise BadValueError("a number, such as 7, 2-3 or e12")
    return text


def as_pages(value: Any) -> PageRange:
    found = PAGES.fullmatch(str(value).strip())
    if not found or isinstance(value, bool | float):
        raise BadValueError("pages, such as 13-27")
    first, last = found[1], found[2] or ""
    if first.isdecimal() and last.isdecimal() and int(last) < int(first):
        raise BadValueError("pages, the first before the last, such as 13-27")
    return PageRange(first, "" if last == first else last)
