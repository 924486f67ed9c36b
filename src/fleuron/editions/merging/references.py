"""Say where a message stands in the sources, in the form that a catalogue has for it."""

from __future__ import annotations

from dataclasses import dataclass

from fleuron.editions.merging.po_entries import Entry, Kind, PoFile


@dataclass(frozen=True)
class ReferenceForm:
    """Whether the entries of a catalogue name places in the sources, and the lines there: tools can leave them out."""

    has_places: bool = True
    has_lines: bool = True

    @classmethod
    def of(cls, catalogue: PoFile) -> ReferenceForm:
        """Return the form that a catalogue has; the whole one if it has no messages yet."""
        places = [place for entry in catalogue.messages for place in places_of(entry)]
        if not catalogue.messages:
            return cls()
        return cls(bool(places), any(has_line(place) for place in places))

    def applied(self, entry: Entry, message: Entry) -> Entry:
        """Return an entry with the places of a message; as it is if it has them."""
        places = places_of(message) if self.has_places else []
        if not self.has_lines:
            places = [place.rpartition(":")[0] if has_line(place) else place for place in places]
        if set(places) == set(places_of(entry)):
            return entry
        return entry.with_lines(Kind.REFERENCE, [f"#: {place}" for place in dict.fromkeys(places)])


def has_line(place: str) -> bool:
    return place.rpartition(":")[2].isdecimal()


def places_of(entry: Entry) -> list[str]:
    """Return the places of an entry; names with blanks stand between U+2068 and U+2069, as gettext writes them."""
    places: list[str] = []
    for text in entry.texts(Kind.REFERENCE):
        for word in text[2:].split():
            if places and places[-1].count("\u2068") > places[-1].count("\u2069"):
                places[-1] += f" {word}"
            else:
                places.append(word)
    return places
