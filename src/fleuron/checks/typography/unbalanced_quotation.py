"""Report quotation marks that open and do not close, or close and did not open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fleuron.checks.language_usage import quotation_marks
from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources, Text
from fleuron.checks.violation import Level, Violation

APOSTROPHE = "’"
# Straight marks, and those that may be inches or seconds.
STRAIGHT, INCHES = re.compile('"'), re.compile(r'(?<=\d)"')


def find(sources: Sources) -> Iterator[Violation]:
    for document in sources.files:
        yield from unbalanced(document.texts)
    for catalogue in sources.catalogues:
        for message in catalogue.messages:
            # A quotation of several paragraphs opens in one message and closes in another.
            if not list(marks_alone(message.source.text)):
                yield from (told(message.translation.text, at) for at in marks_alone(message.translation.text))


def unbalanced(texts: Sequence[Text]) -> Iterator[Violation]:
    """Yield the marks of a document that stand alone, but for those of quotations of several paragraphs."""
    is_open = False
    for number, text in enumerate(texts):
        following = texts[number + 1] if number + 1 < len(texts) else None
        for at in marks_alone(text):
            opens = is_opening(text, at)
            goes_on = following is not None and following.words.lstrip("\ue000 ")[:1] == text.words[at]
            if not (opens and goes_on) and not (not opens and is_open):
                yield told(text, at)
            is_open = opens and goes_on


def pairs_of(language: str) -> tuple[str, ...]:
    """Return the pairs of marks of a language whose two marks differ, without those that are also apostrophes."""
    marks = quotation_marks(language)
    pairs = (marks.primary, marks.secondary) if marks else ()
    return tuple(pair for pair in pairs if len(set(pair)) == 2 and APOSTROPHE not in pair)


def marks_alone(text: Text) -> list[int]:
    """Return the offsets of the marks that have no counterpart."""
    pairs = pairs_of(text.language)
    opening: list[int] = []
    alone: list[int] = []
    for at, letter in enumerate(text.words):
        closed = next((pair for pair in pairs if pair[1] == letter), None)
        if any(pair[0] == letter for pair in pairs) and not (closed and opening_of(text, opening, closed)):
            opening.append(at)
        elif closed:
            if opening and text.words[opening[-1]] == closed[0]:
                opening.pop()
            else:
                alone.append(at)
    straight = [found.start() for found in STRAIGHT.finditer(text.words)]
    is_odd = len(straight) % 2 and (len(straight) - len(INCHES.findall(text.words))) % 2
    return sorted([*alone, *opening, *(straight[-1:] if is_odd else ())])


def opening_of(text: Text, opening: Sequence[int], pair: str) -> bool:
    return bool(opening) and text.words[opening[-1]] == pair[0]


def is_opening(text: Text, at: int) -> bool:
    return any(pair[0] == text.words[at] for pair in pairs_of(text.language))


def told(text: Text, at: int) -> Violation:
    mark = text.words[at]
    if mark == '"':
        return text.violation(
            at, "one of the straight quotation marks has no counterpart; write it, or delete this one"
        )
    if is_opening(text, at):
        closing = next(pair[1] for pair in pairs_of(text.language) if pair[0] == mark)
        return text.violation(at, f"{mark} opens a quotation that nothing closes; write {closing} at its end")
    opening = next(pair[0] for pair in pairs_of(text.language) if pair[1] == mark)
    return text.violation(at, f"{mark} closes a quotation that nothing opens; write {opening} where it begins")


RULE = Rule(
    "unbalanced-quotation",
    Level.WARNING,
    "Each quotation mark that opens has one that closes, as the language has them. A quotation of several paragraphs "
    "may open each of them.",
    find,
)
