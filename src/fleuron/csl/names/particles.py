"""Split particles from names that do not have them separately, such as “van der Vlist” (CSL 1.0.2, “Names”)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

# The characters that serve as apostrophes in names.
APOSTROPHES = "'’‘ʼ"
# Lower-case words that belong to the name itself.
PART_OF_NAME = frozenset({"y", "e", "and", "und", "et"})


def split_particles(person: Mapping[str, Any]) -> Mapping[str, Any]:
    """Split the particles from a person's family and given name, unless the item has them separately."""
    if person.get("literal") or not person.get("family"):
        return person
    if person.get("dropping-particle") or person.get("non-dropping-particle") or person.get("isInstitution"):
        return person
    return dict(person) | split_name_particles(str(person["family"]), str(person.get("given") or ""))


@lru_cache(maxsize=8192)
def split_name_particles(family: str, given: str) -> dict[str, str]:
    """Split particles from the beginning of a family name and from the end of a given name."""
    if family[:1] == '"' and family[-1:] == '"' and len(family) > 2:
        return {"family": family[1:-1], "given": given}
    found = {"family": family, "given": given}
    particle, rest = split_leading_particle(family)
    if particle and rest:
        found |= {"non-dropping-particle": particle, "family": rest}
    head, comma, tail = given.partition(",")
    tail = tail.strip()
    if comma and tail:
        found["given"] = head
        if is_lowercase_word(tail) and tail.rstrip(".").lower() not in SUFFIXES:
            return found | {"dropping-particle": tail, "comma-dropping-particle": ","}
        found["suffix"] = tail.lstrip("! ")
        if tail.startswith("!"):
            found["comma-suffix"] = "1"
    words = found["given"].split()
    particle_words: list[str] = []
    while len(words) > 1 and is_lowercase_word(words[-1]) and words[-1] not in PART_OF_NAME:
        particle_words.insert(0, words.pop())
    if particle_words:
        found |= {"given": " ".join(words), "dropping-particle": " ".join(particle_words)}
    return found


def split_leading_particle(family: str) -> tuple[str, str]:
    """Split lower-case words, or a lower-case beginning up to an apostrophe or hyphen, from a family name."""
    words = family.split(" ")
    particle_words: list[str] = []
    while len(words) > 1 and is_lowercase_word(words[0]):
        particle_words.append(words.pop(0))
    match = re.match(rf"([^\W\d_]+[{APOSTROPHES}]|al-|el-)(?=[^\W\d_])", words[0])
    if match is not None and (not is_lowercase_word(match[1]) or words[0][match.end()].islower()):
        match = None
    if match is not None:
        particle_words.append(match[1])
        words[0] = words[0][match.end() :]
    particle = " ".join(particle_words)
    # “de’ Frinkle” keeps its space; “d’Aubignac” has none.
    spaced = particle.endswith(tuple(APOSTROPHES)) and not match
    return particle + " " * spaced, " ".join(words)


def is_lowercase_word(word: str) -> bool:
    """Return whether a word is in lower case and has at least one letter."""
    return word == word.lower() != word.upper() and (word[0].isalpha() or word[0] in APOSTROPHES)


SUFFIXES = frozenset({"jr", "sr", "esq"})
