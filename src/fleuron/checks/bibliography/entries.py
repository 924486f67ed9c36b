"""Find the places of entries and fields of .bib files."""

from __future__ import annotations

from fleuron.checks.violation import Place
from fleuron.csl.sources.bibtex import Bibliography


def place_of(bibliography: Bibliography, key: str, field: str = "") -> Place:
    """Return the place of an entry, or of one of its fields."""
    source, place = bibliography.places[key]
    written = bibliography.entry(key).fields.get(field)
    return Place(source.name, (written.line if written else None) or place.line)
