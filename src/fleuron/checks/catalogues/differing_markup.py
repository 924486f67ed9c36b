"""Report emphasis, code, formulas, substitutions, roles and HTML that a translation has lost or added."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from fleuron.checks.catalogues.counterparts import counterparts
from fleuron.checks.language_usage import QUOTATION_MARKS
from fleuron.checks.rule import Rule
from fleuron.checks.sources import Mark, Message, Passage, Sources
from fleuron.checks.violation import Level, Violation
from fleuron.publication.language_tags import script_of

# Kinds of markup whose values a translation keeps; those of other roles are words, which it translates.
KEPT = {"code": "code", "formula": "formula", "substitution": "substitution"}
# What is compared by other rules, or printed in other ways by languages: 19{sup}`th` is “XIX”.
ELSEWHERE = re.compile(
    r"link|picture|note|own note|emphasis|\{(?:foot)?cite.*\}|\{(?:ref|doc|eq|numref|page|term|any)\}"
)
RAISED = frozenset({"{sup}", "{sub}"})
# Scripts that have italics by tradition; in others emphasis is left out or shown in another way.
ITALIC_SCRIPTS = frozenset({"Latn", "Cyrl", "Grek"})
TEXT_IN_FORMULA = re.compile(r"\\(?:text|textrm|textit|mathrm|mbox)\{[^{}]*\}")
# Commands that a language has for the same sign.
SAME_COMMANDS = {
    **{r"\operatorname{tg}": r"\tan", r"\operatorname{ctg}": r"\cot", r"\tg": r"\tan", r"\ctg": r"\cot"},
    **{r"\leqslant": r"\leq", r"\geqslant": r"\geq", r"\varphi": r"\phi", r"\varepsilon": r"\epsilon"},
    **{r"\varnothing": r"\emptyset", "{,}": ".", r"\dots": r"\ldots"},
}


def find(sources: Sources) -> Iterator[Violation]:
    for message in sources.messages:
        yield from differing_values(message)
        yield from differing_emphasis(message)


def differing_values(message: Message) -> Iterator[Violation]:
    """Yield what only one side has, by its kind and value."""
    ours, theirs = compared(message.source), compared(message.translation)
    lost, added = subtract(ours, theirs), subtract(theirs, ours)
    text = message.translation.text
    meant = counterparts(lost, added)
    for mark in lost:
        if mark not in meant.values():
            yield text.violation(0, f"{named(mark)} of the source is missing here; write it into the translation")
    for mark in added:
        if mark in meant:
            message_text = (
                f"the source has {named(meant[mark])}, and the translation “{mark.value}”; write the source’s"
            )
        else:
            message_text = f"the source does not have {named(mark)}; delete it, or write it as words"
        yield text.violation(mark.start, message_text)


def compared(passage: Passage) -> list[Mark]:
    return [
        mark
        for mark in passage.marks
        if not ELSEWHERE.fullmatch(mark.kind) and (mark.kind not in RAISED or mark.value.isdigit())
    ]


def key_of(mark: Mark) -> tuple[str, str]:
    if mark.kind == "formula":
        formula = TEXT_IN_FORMULA.sub(r"\\text{}", mark.value)
        for written, meant in SAME_COMMANDS.items():
            formula = formula.replace(written, meant)
        return mark.kind, re.sub(r"\s|(?<=\d),(?=\d)", "", formula.replace(",", "."))
    return mark.kind, mark.value if mark.kind in (*KEPT, "html", *RAISED) else ""


def subtract(some: list[Mark], others: list[Mark]) -> list[Mark]:
    """Return the marks that are not among the others as often."""
    left = Counter(map(key_of, others))
    rest = []
    for mark in some:
        if left[key_of(mark)] > 0:
            left[key_of(mark)] -= 1
        else:
            rest.append(mark)
    return rest


def named(mark: Mark) -> str:
    """Return what to call a piece of markup in a message."""
    if mark.kind in KEPT:
        return f"the {KEPT[mark.kind]} “{mark.value}”"
    return f"the HTML “<{mark.value}>”" if mark.kind == "html" else f"the role “{mark.kind}`{mark.value}`”"


def differing_emphasis(message: Message) -> Iterator[Violation]:
    """Yield lost or added emphasis, which may be quotation marks in one language and italics in the other."""
    source, translation = message.source, message.translation
    if (
        script_of(translation.text.language) not in ITALIC_SCRIPTS
        or script_of(source.text.language) not in ITALIC_SCRIPTS
    ):
        return
    ours, theirs = len(source.marks_of("emphasis")), len(translation.marks_of("emphasis"))
    if ours and not theirs and not quoted(translation) > quoted(source):
        yield translation.text.violation(
            0, "the emphasis of the source is missing here; write it, or quotation marks, into the translation"
        )
    elif theirs and not ours and not quoted(source) > quoted(translation):
        first = translation.marks_of("emphasis")[0]
        yield translation.text.violation(first.start, "the source has no emphasis; delete it")


def quoted(passage: Passage) -> int:
    """Return how many quotation marks a text has."""
    return sum(letter in QUOTATION_MARKS or letter == '"' for letter in passage.words)


RULE = Rule(
    "differing-markup",
    Level.WARNING,
    "A translation has the code, the formulas, the substitutions, the roles and the HTML of its source, and is "
    "emphasised if the source is. Words within formulas (`\\text{if}`) and signs that a language has of its own are "
    "translated; quotation marks may stand for emphasis.",
    find,
)
