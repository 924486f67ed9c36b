"""The particles in names that come without them: “van der Vlist”, “Alexander von” (CSL 1.0.2, “Names”)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

# Particles that are written with a capital and belong to the family name all the same when they
# stand before it in its field.
APOSTROPHES = "'’‘ʼ"
LEADING = re.compile(rf"((?:[^\W\d_A-ZÀ-ÖØ-ÞĀА-Я]+(?:[{APOSTROPHES}\-]|\s+))+)(?=\S)")
TRAILING = re.compile(r"\s+((?:[^\W\d_]+[’'‘]?(?:\s+|$))+)$")
# Small words that belong to the name itself.
PART_OF_NAME = frozenset({"y", "e", "and", "und", "et"})


def parsed(person: Mapping[str, Any]) -> Mapping[str, Any]:
    """Take the particles out of a person's names, where they are not given apart already."""
    if person.get("literal") or not person.get("family"):
        return person
    if person.get("dropping-particle") or person.get("non-dropping-particle") or person.get("isInstitution"):
        return with_suffix(person)
    return with_suffix(dict(person) | split(str(person["family"]), str(person.get("given") or "")))


@lru_cache(maxsize=8192)
def split(family: str, given: str) -> dict[str, str]:
    found: dict[str, str] = {"family": family, "given": given}
    if family[:1] == '"' and family[-1:] == '"' and len(family) > 2:
        return found | {"family": family[1:-1]}
    lead = LEADING.match(family)
    if lead and family[: lead.end()].lower() == family[: lead.end()] and family[lead.end() :]:
        found["non-dropping-particle"] = lead[1].rstrip()
        found["family"] = family[lead.end() :]
    if "," in given and "suffix" not in found:
        given, _comma, suffix = given.partition(",")
        suffix = suffix.strip()
        comma = suffix.startswith("!")
        found["given"] = given
        particle = suffix.lstrip("! ")
        if particle and particle == particle.lower() and not re.search(r"\d", particle) and particle not in SUFFIXES:
            found["dropping-particle"] = particle
        else:
            found["suffix"] = particle
            if comma:
                found["comma-suffix"] = "1"
    words = found["given"].split()
    tail: list[str] = []
    while (
        len(words) > 1 and words[-1] == words[-1].lower() and words[-1][:1].isalpha() and words[-1] not in PART_OF_NAME
    ):
        tail.insert(0, words.pop())
    if tail:
        found["given"] = " ".join(words)
        found["dropping-particle"] = " ".join(tail)
    return found


SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "esq", "esq."})


def with_suffix(person: Mapping[str, Any]) -> Mapping[str, Any]:
    return person
