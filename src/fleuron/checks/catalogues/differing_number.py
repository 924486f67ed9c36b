"""Report numbers and dates of a translation that are not those of its source."""

from __future__ import annotations

from collections.abc import Iterator

from fleuron.checks.numbers.comparison import NumberText, difference
from fleuron.checks.numbers.months import name_of_month
from fleuron.checks.numbers.numerals import in_language
from fleuron.checks.rule import Rule
from fleuron.checks.sources import Message, Sources, Text
from fleuron.checks.violation import Level, Violation


def find(sources: Sources) -> Iterator[Violation]:
    for message in sources.messages:
        yield from differing_numbers(message)


def differing_numbers(message: Message) -> Iterator[Violation]:
    source, translation = message.source, message.translation
    language = translation.text.language
    found = difference(NumberText(source.words, source.text.language), NumberText(translation.words, language))
    text = translation.text
    lost, added = (", ".join(numeral.written for numeral in numerals) for numerals in (found.lost, found.added))
    wanted = ", ".join(in_language(numeral, language) for numeral in found.lost)
    if found.lost and found.added:
        at = place_of(text, found.added[0].written)
        yield text.violation(at, f"the source has {lost} here, and the translation {added}; write {wanted}")
    elif found.lost:
        yield text.violation(0, f"{lost} of the source is missing here; write {wanted} into the translation")
    elif found.added:
        at = place_of(text, found.added[0].written)
        yield text.violation(
            at, f"the source does not have {added}; delete it, or put it in brackets if it explains something"
        )
    if found.lost_months:
        months = ", ".join(name_of_month(month, language) for month in found.lost_months)
        others = ", ".join(name_of_month(month, language) for month in found.added_months)
        yield text.violation(0, f"a date of the source is in {months}, and here in {others}; write {months}")


def place_of(text: Text, number: str) -> int:
    return max(text.source.find(number), 0)


RULE = Rule(
    "differing-number",
    Level.WARNING,
    "A translation has the numbers and dates of its source, in the usage of its language: 1,234.5 is 1.234,5 in "
    "Turkish, `the 19th century` is `XIX век`, and numbers may be written as words. Years of other calendars, and what "
    "is added in brackets, are left alone.",
    find,
)
