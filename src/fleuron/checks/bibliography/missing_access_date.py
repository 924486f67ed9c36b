"""Report online sources that do not say when they were read."""

from __future__ import annotations

from collections.abc import Iterator

from fleuron.checks.bibliography.entries import place_of
from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation

ONLINE_TYPES = frozenset({"online", "electronic", "www"})


def find(sources: Sources) -> Iterator[Violation]:
    bibliography = sources.bibliography
    for key in bibliography:
        entry = bibliography.entry(key)
        is_online = entry.type in ONLINE_TYPES or (entry.type == "misc" and "url" in entry.fields)
        if is_online and not bibliography[key].get("accessed") and not entry.fields.keys() & {"doi", "eprint"}:
            message = f"the online source “{key}” does not say when it was read; add urldate = {{2026-11-18}}"
            yield Violation(place_of(bibliography, key), message)


RULE = Rule(
    "missing-access-date",
    Level.WARNING,
    "An online source has the day on which it was read (`urldate`), unless it has a DOI: pages change.",
    find,
)
