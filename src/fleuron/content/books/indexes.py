"""Make the indexes of a volume, of names and of keywords: sort their entries, and list the folios of each."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fleuron.csl.text.collation import collation_key
from fleuron.csl.text.initials import initial
from fleuron.publication.language_tags import primary_language

# The id of the index of names in a volume.
INDEX_OF_NAMES = "b-names"
# Articles that the names of organizations may begin with, ignored in sorting, by language.
LEADING_ARTICLES = {
    "en": ("The",),
    "de": ("Der", "Die", "Das"),
    "fr": ("Le", "La", "Les"),
    "es": ("El", "La", "Los", "Las"),
    "it": ("Il", "Lo", "La", "I", "Gli", "Le"),
    "nl": ("De", "Het"),
    "pt": ("O", "A", "Os", "As"),
}


@dataclass(frozen=True)
class IndexEntry:
    """A term, and the id of the place that its entry refers to.

    ``below`` is a subordinate term, ``language`` that of the term; ``main`` marks the most important place.
    """

    term: str
    place: str
    below: str = ""
    language: str = ""
    main: bool = False


@dataclass(frozen=True)
class FolioRange:
    """A folio, or a range of them from ``first`` to ``last``, and the id that it links to."""

    first: int
    last: int
    place: str
    main: bool = False


@dataclass(frozen=True)
class IndexHeading:
    """A term of an index, with its folios and its subordinate terms."""

    term: str
    language: str = ""
    references: tuple[FolioRange, ...] = ()
    below: tuple[IndexHeading, ...] = ()


@dataclass(frozen=True)
class LetterGroup:
    """The terms that begin with a letter; ``letter`` is a space for symbols and digits."""

    letter: str
    headings: tuple[IndexHeading, ...]


@dataclass
class TermEntries:
    """The folios of one term, and its subordinate terms, while entries are being collected."""

    language: str = ""
    folios: dict[int, tuple[str, bool]] = field(default_factory=dict)
    below: dict[str, TermEntries] = field(default_factory=dict)

    def add(self, entry: IndexEntry, folio: int) -> None:
        """Add an entry on a page; the first on a page is linked to."""
        place, main = self.folios.get(folio, (entry.place, False))
        self.folios[folio] = (place, main or entry.main)


def references(folios: Mapping[int, tuple[str, bool]]) -> tuple[FolioRange, ...]:
    """Join consecutive folios into ranges; a main one stays by itself."""
    runs: list[FolioRange] = []
    for folio in sorted(folios):
        place, main = folios[folio]
        last = runs[-1] if runs else None
        if last and folio == last.last + 1 and not main and not last.main:
            runs[-1] = FolioRange(last.first, folio, last.place)
        else:
            runs.append(FolioRange(folio, folio, place, main))
    return tuple(runs)


def group_by_term(entries: Iterable[IndexEntry], folio_of: Mapping[str, int]) -> dict[str, TermEntries]:
    """Group entries by their terms; an entry whose place is on no page is left out."""
    found: dict[str, TermEntries] = {}
    for entry in entries:
        if entry.term and entry.place in folio_of:
            term_entries = found.setdefault(entry.term, TermEntries(entry.language))
            if entry.below:
                term_entries = term_entries.below.setdefault(entry.below, TermEntries(entry.language))
            term_entries.add(entry, folio_of[entry.place])
    return found


def headings(terms: Mapping[str, TermEntries], language: str) -> tuple[IndexHeading, ...]:
    """Return the headings of terms, in the order of a language."""
    ordered = sorted(terms, key=lambda term: (collation_key(term, language), term))
    return tuple(
        IndexHeading(term, found.language, references(found.folios), headings(found.below, language))
        for term, found in ((term, terms[term]) for term in ordered)
    )


def index(entries: Iterable[IndexEntry], folio_of: Mapping[str, int], language: str) -> tuple[LetterGroup, ...]:
    """Return an index in the order of a language: terms under their letters, each with its folios."""
    letters: list[tuple[str, list[IndexHeading]]] = []
    for heading in headings(group_by_term(entries, folio_of), language):
        letter = initial(heading.term, language)
        if not letters or letters[-1][0] != letter:
            letters.append((letter, []))
        letters[-1][1].append(heading)
    return tuple(LetterGroup(letter, tuple(found)) for letter, found in letters)


def names_of(item: Mapping[str, Any]) -> list[tuple[str, str]]:
    """List the authors, or else the editors, of a CSL-JSON item as in an index, each with the item's language."""
    people: Sequence[Any] = item.get("author") or item.get("editor") or ()
    language = str(item.get("language") or "")
    return [(name, language) for person in people if (name := inverted(person))]


def inverted(person: Any) -> str:
    """Return a name with the family name first: “Grafton, Anthony”."""
    if not isinstance(person, Mapping):
        return ""
    family = " ".join(str(person[part]) for part in ("non-dropping-particle", "family") if person.get(part))
    given = " ".join(str(person[part]) for part in ("given", "dropping-particle") if person.get(part))
    comma = "، " if unicodedata.bidirectional((family or " ")[0]) == "AL" else ", "
    return comma.join(part for part in (family, given, str(person.get("suffix") or "")) if part) or str(
        person.get("literal") or ""
    )


def filing_name(name: str, language: str) -> str:
    """Return an organization's name with a leading article moved to the end: “Editors, The”."""
    first, _, rest = name.partition(" ")
    if rest and first in LEADING_ARTICLES.get(primary_language(language), ()):
        return f"{rest}, {first}"
    return name


def marked_entries(kind: str, value: str, place: str, main: str) -> list[IndexEntry]:
    """Return the index entries of one that an author wrote in Sphinx's ``index``.

    In ``single`` and ``pair`` a semicolon separates a term from a subordinate one, ``triple`` has three in rotation;
    ``see`` and ``seealso`` have no place in the text and are left out.
    """
    parts = [part.strip() for part in value.split(";") if part.strip()]
    is_main = main == "main"
    if kind == "single" and parts:
        return [IndexEntry(parts[0], place, ", ".join(parts[1:]), main=is_main)]
    if kind == "pair" and len(parts) == 2:
        first, second = parts
        return [IndexEntry(first, place, second, main=is_main), IndexEntry(second, place, first, main=is_main)]
    if kind == "triple" and len(parts) == 3:
        first, second, third = parts
        turned = ((first, f"{second} {third}"), (second, f"{third}, {first}"), (third, f"{first} {second}"))
        return [IndexEntry(term, place, below, main=is_main) for term, below in turned]
    return []
