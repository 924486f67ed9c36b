"""Report numbers and dates of a translation that are not those of its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fleuron.checks.catalogues.paired_sections import paired_sections
from fleuron.checks.numbers.comparison import Difference, NumberText, difference
from fleuron.checks.numbers.months import name_of_month
from fleuron.checks.numbers.numerals import in_language
from fleuron.checks.rule import Rule
from fleuron.checks.sources import Message, Sources
from fleuron.checks.violation import Level, Violation


def find(sources: Sources) -> Iterator[Violation]:
    for message in sources.messages:
        yield from differing_numbers(message)
    for source, translation in paired_sections(sources):
        ours, theirs = NumberText(source.words, source.language), NumberText(translation.words, translation.language)
        for told in told_differences(difference(ours, theirs), translation.language):
            at = next((text for text in translation.texts if told.written and told.written in text.words), None)
            place = at.place(at.words.find(told.written)) if at else translation.place
            yield Violation(place, told.message)


@dataclass(frozen=True)
class ToldDifference:
    """The message about a difference, and what the translation has in its place, if anything."""

    message: str
    written: str = ""


def differing_numbers(message: Message) -> Iterator[Violation]:
    source, translation = message.source, message.translation
    text = translation.text
    ours, theirs = NumberText(source.words, source.text.language), NumberText(translation.words, text.language)
    for told in told_differences(difference(ours, theirs), text.language):
        yield text.violation(max(text.source.find(told.written), 0), told.message)


def told_differences(found: Difference, language: str) -> Iterator[ToldDifference]:
    """Yield the message about each difference between a source and its translation."""
    lost, added = (", ".join(numeral.written for numeral in numerals) for numerals in (found.lost, found.added))
    wanted = ", ".join(in_language(numeral, language) for numeral in found.lost)
    if found.lost and found.added:
        message = f"the source has {lost} here, and the translation {added}; write {wanted}"
        yield ToldDifference(message, found.added[0].written)
    elif found.lost:
        yield ToldDifference(f"{lost} of the source is missing here; write {wanted} into the translation")
    elif found.added:
        message = f"the source does not have {added}; delete it, or put it in brackets if it explains something"
        yield ToldDifference(message, found.added[0].written)
    if found.lost_months:
        months = ", ".join(name_of_month(month, language) for month in found.lost_months)
        others = ", ".join(name_of_month(month, language) for month in found.added_months)
        yield ToldDifference(f"a date of the source is in {months}, and here in {others}; write {months}")


RULE = Rule(
    "differing-number",
    Level.WARNING,
    "A translation has the numbers and dates of its source, in the usage of its language: 1,234.5 is 1.234,5 in "
    "Turkish, `the 19th century` is `XIX век`, and numbers may be written as words. Years of other calendars, and what "
    "is added in brackets, are left alone.",
    find,
)
