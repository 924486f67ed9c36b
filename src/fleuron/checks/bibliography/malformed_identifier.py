"""Report DOIs, ISBNs and ISSNs that are not well-formed, by their check digits where they have one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from fleuron.checks.bibliography.entries import place_of
from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation
from fleuron.metadata.identifiers import is_isbn, valid_doi
from fleuron.option_checks import is_issn

PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
# What separates several numbers of one entry, and what is said of them in brackets: “… (hardback), …”.
SEPARATOR = re.compile(r"\([^()]*\)|[;,/]|\s+(?=97[89])")


def find(sources: Sources) -> Iterator[Violation]:
    bibliography = sources.bibliography
    for key in bibliography:
        written = {name: field.text for name, field in bibliography.entry(key).fields.items() if name in CHECKS}
        for name, problem in problems_of(written):
            yield Violation(place_of(bibliography, key, name), problem)


def problems_of(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the identifiers of a record, each with its field."""
    for name, check in CHECKS.items():
        text = values.get(name, "").strip()
        if text and "\\" not in text and (problem := check(text)):
            yield name, problem


def fault_of_doi(text: str) -> str:
    return "" if valid_doi(PREFIX.sub("", text)) else f"“{text}” is not a DOI; it begins with 10. and a number, then /"


def fault_of_isbn(text: str) -> str:
    return fault_of_numbers(text, is_isbn, "ISBN")


def fault_of_issn(text: str) -> str:
    return fault_of_numbers(text, is_issn, "ISSN")


def fault_of_numbers(text: str, is_valid: Callable[[str], bool], name: str) -> str:
    """Return what is wrong with one of several numbers; "" if all are valid."""
    for number in filter(None, map(str.strip, SEPARATOR.split(text))):
        if not is_valid(number):
            return f"“{number}” is not a valid {name}: a digit is wrong or missing; compare the source"
    return ""


CHECKS = {"doi": fault_of_doi, "isbn": fault_of_isbn, "issn": fault_of_issn}
RULE = Rule(
    "malformed-identifier",
    Level.WARNING,
    "DOIs, ISBNs and ISSNs of sources are well-formed, and their check digits are right. ORCID iDs and DOIs of "
    "articles are checked with their front matter, and those of the publication with conf.py.",
    find,
)
