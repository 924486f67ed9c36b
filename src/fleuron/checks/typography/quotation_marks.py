"""Report quotation marks that are not those of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fleuron.checks.language_usage import QUOTATION_MARKS, has_smart_quotes, quotation_marks
from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources, Text
from fleuron.checks.violation import Level, Violation
from fleuron.notes.scripts import script_of, script_of_language
from fleuron.publication.edition import Edition

WORD_BEFORE, WORD_AFTER = re.compile(r"([^\W\d_]+)[^\w\s]*$"), re.compile(r"[^\w\s]*([^\W\d_]+)")
# How far from a mark the word beside it may begin.
REACH = 30


def find(sources: Sources) -> Iterator[Violation]:
    for text in sources.texts:
        yield from foreign_marks(text)
        if not sources.has_smart_quotes or not has_smart_quotes(text.language):
            yield from typed_marks(text)


def foreign_marks(text: Text) -> Iterator[Violation]:
    """Yield each mark that the language of a text does not have."""
    marks = quotation_marks(text.language)
    if marks is None:
        return
    for offset, letter in enumerate(text.words):
        if letter in QUOTATION_MARKS and letter not in marks.allowed and not is_foreign(text, offset):
            yield text.violation(offset, f"{letter} is not a quotation mark of {name_of(text)}; write {advice(text)}")


def is_foreign(text: Text, offset: int) -> bool:
    """Return whether the word beside a mark is in another script: the mark is then that of another language."""
    own = {script_of_language(text.language), ""}
    after = WORD_AFTER.match(text.words, offset + 1)
    before = WORD_BEFORE.search(text.words[max(offset - REACH, 0) : offset])
    return any(script_of(found[1]) not in own for found in (after, before) if found)


def typed_marks(text: Text) -> Iterator[Violation]:
    """Yield the straight quotation marks, where nothing replaces them."""
    if quotation_marks(text.language) is not None:
        for offset, letter in enumerate(text.words):
            if letter == '"':
                yield text.violation(offset, f"a straight quotation mark is printed as it is; write {advice(text)}")


def advice(text: Text) -> str:
    marks = quotation_marks(text.language)
    assert marks is not None
    return f"{marks.primary[0]}…{marks.primary[1]}, and within that {marks.secondary[0]}…{marks.secondary[1]}"


def name_of(text: Text) -> str:
    return str(Edition(text.language).locale.english_name).partition(" (")[0]


RULE = Rule(
    "quotation-marks",
    Level.WARNING,
    'Quotation marks are those of the language: “…” in English and Turkish, `«…»` in Russian. Typed ones (`"`) are '
    "replaced when a text is read, unless a language of the publication has none that are known.",
    find,
)
