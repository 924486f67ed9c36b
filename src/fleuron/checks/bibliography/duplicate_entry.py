"""Report two entries for one source: with the same DOI, or the same title, author and year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from fleuron.checks.bibliography.entries import place_of
from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation

MARKUP = re.compile(r"<[^<>]*>|[^\w]+")


def find(sources: Sources) -> Iterator[Violation]:
    bibliography = sources.bibliography
    first: dict[tuple[str, ...], str] = {}
    for key in bibliography:
        for reason, signs in signs_of(bibliography[key]):
            known = first.setdefault((reason, *signs), key)
            if known != key:
                message = f"“{key}” has {reason} as “{known}”; cite one of them, and delete the other"
                yield Violation(place_of(bibliography, key), message)
                break


def signs_of(item: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what tells a source from others, each with its name."""
    if doi := str(item.get("DOI", "")).lower():
        yield "the same DOI", (doi, str(item.get("page", "")))
    names = [plain(str(name.get("family") or name.get("literal") or "")) for name in item.get("author", ())]
    title, issued = plain(str(item.get("title", ""))), item.get("issued")
    parts = [plain(str(item.get(name, ""))) for name in ("volume", "page", "edition", "publisher")]
    if title and issued and names:
        yield "the same title, author and year", (title, *names, str(issued), *parts)


def plain(text: str) -> str:
    """Return the letters and figures of a text without case."""
    return MARKUP.sub("", text).casefold()


RULE = Rule(
    "duplicate-entry",
    Level.WARNING,
    "Each source has one entry: two with the same DOI, or the same title, author and year, are cited as two sources.",
    find,
)
