"""Indexes at the end of a volume: of names and of keywords, each with the folios where they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fleuron.csl.text.collation import collation_key
from fleuron.csl.text.text_case import upper
from fleuron.publication.language_tags import primary_language

# With what a body's name may begin that no reader looks for, by language.
ARTICLES = {
    "en": ("The",),
    "de": ("Der", "Die", "Das"),
    "fr": ("Le", "La", "Les"),
    "es": ("El", "La", "Los", "Las"),
    "it": ("Il", "Lo", "La", "I", "Gli", "Le"),
    "nl": ("De", "Het"),
    "pt": ("O", "A", "Os", "As"),
}


@dataclass(frozen=True)
class Mention:
    """A term and the id where it stands; ``below`` is a term within the term, ``language`` that of its words.

    ``main`` marks the place that says most of it.
    """

    term: str
    place: str
    below: str = ""
    language: str = ""
    main: bool = False


@dataclass(frozen=True)
class Reference:
    """A folio, or a run of them from ``first`` to ``last``, and the id to which it leads."""

    first: int
    last: int
    place: str
    main: bool = False


@dataclass(frozen=True)
class Heading:
    """A term of an index, with its references and the terms below it."""

    term: str
    language: str = ""
    references: tuple[Reference, ...] = ()
    below: tuple[Heading, ...] = ()


@dataclass(frozen=True)
class Letter:
    """The terms that begin with a letter; ``letter`` is a space for signs and figures."""

    letter: str
    headings: tuple[Heading, ...]


@dataclass
class Gathering:
    """What is gathered of one term."""

    language: str = ""
    folios: dict[int, tuple[str, bool]] = field(default_factory=dict)
    below: dict[str, Gathering] = field(default_factory=dict)

    def take(self, mention: Mention, folio: int) -> None:
        """Take a mention on a page; the first on it is led to."""
        place, main = self.folios.get(folio, (mention.place, False))
        self.folios[folio] = (place, main or mention.main)


def references(folios: Mapping[int, tuple[str, bool]]) -> tuple[Reference, ...]:
    """Join folios that follow each other; one that says most stands by itself."""
    runs: list[Reference] = []
    for folio in sorted(folios):
        place, main = folios[folio]
        last = runs[-1] if runs else None
        if last and folio == last.last + 1 and not main and not last.main:
            runs[-1] = Reference(last.first, folio, last.place)
        else:
            runs.append(Reference(folio, folio, place, main))
    return tuple(runs)


def gather(mentions: Iterable[Mention], folio_of: Mapping[str, int]) -> dict[str, Gathering]:
    """Gather mentions by their terms; a place that is on no page is left out."""
    found: dict[str, Gathering] = {}
    for mention in mentions:
        if mention.term and mention.place in folio_of:
            gathering = found.setdefault(mention.term, Gathering(mention.language))
            if mention.below:
                gathering = gathering.below.setdefault(mention.below, Gathering(mention.language))
            gathering.take(mention, folio_of[mention.place])
    return found


def headings(gathered: Mapping[str, Gathering], language: str) -> tuple[Heading, ...]:
    """Sort terms by the rules of a language."""
    ordered = sorted(gathered, key=lambda term: (collation_key(term, language), term))
    return tuple(
        Heading(term, each.language, references(each.folios), headings(each.below, language))
        for term, each in ((term, gathered[term]) for term in ordered)
    )


def initial(term: str, language: str) -> str:
    """Return the letter under which a term stands: a capital without marks, but for those of the alphabet."""
    letter = next((each for each in term if each.isalpha()), "")
    if not letter or not term.lstrip("“«‘\"'(")[:1].isalpha():
        return " "
    whole = upper(letter, language)
    bare = unicodedata.normalize("NFD", whole)[0]
    # “Ç” is a letter of its own in Turkish, and an accented C in French: the order of the language tells.
    parted = collation_key(whole, language)[:1] != collation_key(bare, language)[:1]
    return whole if parted else bare


def index(mentions: Iterable[Mention], folio_of: Mapping[str, int], language: str) -> tuple[Letter, ...]:
    """Make an index for a language: terms under their letters, each with the folios of its places."""
    letters: list[tuple[str, list[Heading]]] = []
    for heading in headings(gather(mentions, folio_of), language):
        letter = initial(heading.term, language)
        if not letters or letters[-1][0] != letter:
            letters.append((letter, []))
        letters[-1][1].append(heading)
    return tuple(Letter(letter, tuple(found)) for letter, found in letters)


def names_of(item: Mapping[str, Any]) -> list[tuple[str, str]]:
    """List the authors, or else the editors, of a CSL-JSON item as an index has them, each with its language."""
    people: Sequence[Any] = item.get("author") or item.get("editor") or ()
    language = str(item.get("language") or "")
    return [(name, language) for person in people if (name := inverted(person))]


def inverted(person: Any) -> str:
    """Write a name with the family's first: “Grafton, Anthony”."""
    if not isinstance(person, Mapping):
        return ""
    family = " ".join(str(person[part]) for part in ("non-dropping-particle", "family") if person.get(part))
    given = " ".join(str(person[part]) for part in ("given", "dropping-particle") if person.get(part))
    comma = "، " if unicodedata.bidirectional((family or " ")[0]) == "AL" else ", "
    return comma.join(part for part in (family, given, str(person.get("suffix") or "")) if part) or str(
        person.get("literal") or ""
    )


def filed(name: str, language: str) -> str:
    """Write a body's name as it is filed, its article behind it: “Editors, The”."""
    first, _, rest = name.partition(" ")
    if rest and first in ARTICLES.get(primary_language(language), ()):
        return f"{rest}, {first}"
    return name


def marked(kind: str, value: str, place: str, main: str) -> list[Mention]:
    """Read an entry that an author marked with Sphinx's ``index`` as mentions.

    ``single`` and ``pair`` part a term from the one below it by a semicolon, ``triple`` turns three round;
    ``see`` and ``seealso`` lead nowhere and are left out.
    """
    parts = [part.strip() for part in value.split(";") if part.strip()]
    says_most = main == "main"
    if kind == "single" and parts:
        return [Mention(parts[0], place, ", ".join(parts[1:]), main=says_most)]
    if kind == "pair" and len(parts) == 2:
        first, second = parts
        return [Mention(first, place, second, main=says_most), Mention(second, place, first, main=says_most)]
    if kind == "triple" and len(parts) == 3:
        first, second, third = parts
        turned = ((first, f"{second} {third}"), (second, f"{third}, {first}"), (third, f"{first} {second}"))
        return [Mention(term, place, below, main=says_most) for term, below in turned]
    return []
