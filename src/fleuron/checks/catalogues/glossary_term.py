"""Report terms that a translation does not have in a form that the glossary of the language allows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Glossary, GlossaryTerm, Message, Sources
from fleuron.checks.violation import Level, Violation

WORD = re.compile(r"[^\W_]+")
# Of a word of a form, the first two thirds must be in a word of the translation, and three letters at least.
SHARE, SHORTEST = 2 / 3, 3
# What a word of a term may have more in the source: an ending.
LONGEST_ENDING = 2


def find(sources: Sources) -> Iterator[Violation]:
    for glossary in sources.glossaries:
        terms = [(term, words_of(term.term)) for term in glossary.terms]
        for catalogue in sources.catalogues:
            if catalogue.language == glossary.language:
                for message in catalogue.messages:
                    yield from missing_terms(message, terms, glossary)


def missing_terms(
    message: Message, terms: list[tuple[GlossaryTerm, tuple[str, ...]]], glossary: Glossary
) -> Iterator[Violation]:
    source = words_of(message.source.words)
    used = [(term, words) for term, words in terms if words and has_term(source, words)]
    if not used:
        return
    translation = words_of(message.translation.words)
    for term, words in used:
        is_part = any(len(other) > len(words) and has_term(other, words) for _term, other in used)
        if not is_part and not any(has_form(translation, words_of(form)) for form in term.forms):
            forms = " or ".join(f"“{form}”" for form in term.forms)
            yield message.translation.text.violation(
                0, f"“{term.term}” is {forms} in {glossary.path}, line {term.place.line}, and not here; write {forms}"
            )


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in small letters without accents, which endings may change."""
    folded = unicodedata.normalize("NFD", text.casefold().replace("ı", "i"))
    return tuple(WORD.findall("".join(letter for letter in folded if not unicodedata.combining(letter))))


def has_term(words: tuple[str, ...], term: tuple[str, ...]) -> bool:
    """Return whether the words of a term stand beside each other, each with an ending or without."""
    starts = range(len(words) - len(term) + 1)
    return any(all(is_inflected(words[at + number], word) for number, word in enumerate(term)) for at in starts)


def is_inflected(word: str, term: str) -> bool:
    if word.startswith(term):
        return len(word) - len(term) <= (LONGEST_ENDING if len(term) > SHORTEST else 1)
    return term.endswith("y") and word == f"{term[:-1]}ies"


def has_form(words: tuple[str, ...], form: tuple[str, ...]) -> bool:
    """Return whether each word of a form has its stem in a word, in any order: compounds and articles may hold it."""
    return all(any(stem_of(part) in word for word in words) for part in form)


def stem_of(word: str) -> str:
    return word[: max(SHORTEST, round(len(word) * SHARE))]


RULE = Rule(
    "glossary-term",
    Level.WARNING,
    "A term of `locale/<language>/glossary.po` is translated by one of the forms there, which are written with bars "
    "between them. Words are compared by their stems: the first two thirds of each word of a form, three letters at "
    "least and without accents, must be in a word of the translation.",
    find,
)
