"""Read the place in a source that a citation ends with, and write it as authors of Fleuron do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fleuron.importing.citation_words import BARE_PAGES, EXTENT, LABELS, LOCATOR, MEDIUM, PLACE

SEPARATOR = re.compile(r"[\s.,:)\]—–”“»\"*_’'-]*")
PLURALS = {"p.": "pp.", "vol.": "vols.", "no.": "nos.", "ch.": "chs.", "n.": "nn.", "fol.": "fols."}
# A note on a page, as the Chicago Manual of Style has it: 62n14.
PAGE_WITH_NOTE = re.compile(r"(?P<page>\d+)nn?\.?\s?(?P<note>\d+(?:[-–]\d+)?)")
# The variable of a source that has the same number, which is then no place in it.
VARIABLES = {"vol.": ("volume", "issue"), "no.": ("issue", "volume", "number"), "p.": ("page",)}


@dataclass(frozen=True)
class ReadLocator:
    """A locator as Fleuron writes it, “vol. 2, p. 45”, and the words after it."""

    text: str
    rest: str


def read_locator(tail: str, item: Mapping[str, Any]) -> ReadLocator:
    """Read the locator at the beginning of what stands after a source; what only describes the source is left out."""
    parts: list[str] = []
    tail = MEDIUM.sub("", tail)
    at = 0
    while True:
        separator = SEPARATOR.match(tail, at)
        start = separator.end() if separator else at
        if place := PLACE.match(tail, start):
            start = place.end()
        if not parts and (extent := EXTENT.match(tail, start)):
            at = extent.end()
            continue
        if not parts and (page := PAGE_WITH_NOTE.match(tail, start)):
            parts += [f"p. {page['page']}", written("n.", page["note"], False)]
            at = page.end()
            continue
        found = LOCATOR.match(tail, start)
        bare = None if found or parts else BARE_PAGES.match(tail, start)
        if found:
            index = next(number for number in range(len(LABELS)) if found[f"n{number}"])
            label, numbers, following = list(LABELS)[index], found[f"n{index}"], found[f"f{index}"]
        elif bare:
            label, numbers, following = "p.", bare["numbers"], bare["following"]
        elif own := own_pages(tail, start, item):
            at = own
            continue
        else:
            break
        at = (found or bare).end()  # type: ignore[union-attr]  # one of them is there
        if not describes(label, numbers, item):
            parts.append(written(label, numbers, bool(following)))
    return ReadLocator(", ".join(parts), tail[at:].strip(' .,;:)—–-”“»"*_'))


def volume_within(description: str, item: Mapping[str, Any]) -> str:
    """Return the volume that the description of a source names, as a locator; nothing if it is the source's own."""
    for found in LOCATOR.finditer(description):
        # Without the year that may follow it: “c. 6, 1980”.
        numbers = (found[f"n{list(LABELS).index('vol.')}"] or "").partition(",")[0]
        if numbers and not describes("vol.", numbers, item):
            return written("vol.", numbers, False)
    return ""


def own_pages(tail: str, start: int, item: Mapping[str, Any]) -> int:
    """Return the offset after the pages of an article, without a label, where they stand; else 0."""
    found = re.compile(r"\d+\s*[-–—]\s*\d+").match(tail, start)
    return found.end() if found and describes("p.", found[0], item) else 0


def describes(label: str, numbers: str, item: Mapping[str, Any]) -> bool:
    """Return whether a number is that of the source itself: its volume, its issue, or all its pages."""
    values = [str(item[name]) for name in VARIABLES.get(label, ()) if name in item]
    return full_range(numbers) in map(full_range, values)


def full_range(numbers: str) -> str:
    """Return a range with hyphens and all digits of its end: 421-437 for 421–37."""
    first, dash, last = re.sub(r"\s*[-–—]+\s*", "-", numbers.strip()).partition("-")
    left_out = first[: len(first) - len(last)] if dash and len(last) < len(first) else ""
    return first + dash + left_out + last


def written(label: str, numbers: str, following: bool) -> str:
    numbers = re.sub(r"\s*[-–—]\s*", "-", numbers)
    many = following or "-" in numbers or "," in numbers
    return f"{PLURALS[label] if many else label} {numbers}{' ff.' if following else ''}"
