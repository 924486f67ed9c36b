"""Find the numbers and months that a translation has otherwise than its source.

What languages write differently is not reported: digits and their signs, Roman numerals and words, the order of a date,
shortened ranges, decades, scales (1,500,000 and 1,5 миллиона), and years of other calendars.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from fleuron.checks.numbers.months import dated_months, months_in
from fleuron.checks.numbers.number_words import has_words, word_values
from fleuron.checks.numbers.numerals import Numeral, numerals_of, roman_numerals

# A number up to this one may be a word in one language only, or a month.
LAST_WORD = 12
# What the years of other calendars differ by: solar Hijri, Rumi, Buddhist, Jewish, Ethiopian and Saka eras.
ERAS = (621, 622, 584, 585, -543, -544, -3760, -3761, 7, 8, 78, 79)
FIRST_YEAR, LAST_YEAR = 300, 2100
SCALES = (Decimal(1000), Decimal(10**4), Decimal(10**5), Decimal(10**6), Decimal(10**7), Decimal(10**8), Decimal(10**9))
# Ten thousand, and its square: 150万 is 1.5 million.
MYRIADS = re.compile("[万萬億亿만억]")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
DIGIT = re.compile(r"\d")
AFTERNOON = re.compile(r"\d\s*p\.?\s?m\b", re.IGNORECASE)


@dataclass(frozen=True)
class Difference:
    """The numerals that only the source has, and only the translation, each once; months by their numbers."""

    lost: tuple[Numeral, ...] = ()
    added: tuple[Numeral, ...] = ()
    lost_months: tuple[int, ...] = ()
    added_months: tuple[int, ...] = ()


@dataclass(frozen=True)
class NumberText:
    """A text with its language, and the numbers that it has otherwise than in digits."""

    text: str
    language: str

    @property
    def months(self) -> set[int]:
        """All that may be months, such as “may”."""
        return months_in(self.text, self.language)

    @property
    def unwritten(self) -> set[int]:
        """The values of Roman numerals and words."""
        return word_values(self.text, self.language) | roman_numerals(self.text)


def difference(source: NumberText, translation: NumberText) -> Difference:
    """Return how the numbers of a translation differ from those of its source."""
    if not DIGIT.search(source.text) and not DIGIT.search(translation.text):
        return Difference()  # nor a date
    scales = (*SCALES, Decimal(10), Decimal(100)) if MYRIADS.search(source.text + translation.text) else SCALES
    ours, theirs = (list(numerals_of(side.text, side.language)) for side in (source, translation))
    lost, added = without_common(ours, theirs, scales)
    if AFTERNOON.search(source.text):
        lost, added = without_afternoon(lost, added)
    in_brackets = {
        numeral.written
        for bracket in BRACKETS.findall(translation.text)
        for numeral in numerals_of(bracket, translation.language)
    }
    kept = [numeral for numeral in added if numeral.written not in in_brackets]
    has_calendars = False
    source_numbers, translation_numbers = values_of(source), values_of(translation)
    if any(is_converted(numeral, source_numbers) for numeral in added):
        has_calendars = True
        kept = [numeral for numeral in kept if not is_converted(numeral, source_numbers)]
        lost = [numeral for numeral in lost if not is_converted(numeral, translation_numbers)]
    if has_calendars or len(set(dated_months(translation.text, translation.language))) > len(
        set(dated_months(source.text, source.language))
    ):
        lost, kept = ([each for each in some if not is_day(each)] for some in (lost, kept))
    # A month that is a name in one text only may be a number in the other.
    only_source = unexplained(lost, translation, translation_numbers, translation.months - source.months)
    only_translation = unexplained(kept, source, source_numbers, source.months - translation.months)
    only_source, only_translation = without_words(only_source, only_translation, source, translation)
    months = different_months(source, translation) if not has_calendars else ((), ())
    return Difference(whole(only_source, source), whole(only_translation, translation), *months)


def whole(numerals: Iterable[Numeral], side: NumberText) -> tuple[Numeral, ...]:
    """Return the numerals of a text that some are, or are parts of, each once."""
    by_writing = {numeral.written: numeral for numeral in numerals_of(side.text, side.language)}
    return tuple(dict.fromkeys(by_writing[numeral.written] for numeral in numerals))


def values_of(side: NumberText) -> set[int]:
    """Return the whole numbers of a text that are written in digits."""
    return {part for numeral in numerals_of(side.text, side.language) for part in whole_numbers(numeral)}


def whole_numbers(numeral: Numeral) -> set[int]:
    whole = {int(numeral.value)} if numeral.value is not None and numeral.value == int(numeral.value) else set()
    return whole | set(numeral.parts)


def without_common(
    source: list[Numeral], translation: list[Numeral], scales: tuple[Decimal, ...]
) -> tuple[list[Numeral], list[Numeral]]:
    """Return the numerals without those that both have, first by their values, then by their parts."""
    lost, added = without_scaled(*cancel(source, translation), scales)
    return cancel([*parts_of(lost)], [*parts_of(added)]) if lost and added else (lost, added)


def parts_of(numerals: Iterable[Numeral]) -> Iterator[Numeral]:
    for numeral in numerals:
        if len(numeral.parts) == 1 or (numeral.value is not None and numeral.value == int(numeral.value)):
            yield numeral
        else:
            yield from (Numeral(numeral.written, Decimal(part), (part,)) for part in numeral.parts)


def cancel(source: list[Numeral], translation: list[Numeral]) -> tuple[list[Numeral], list[Numeral]]:
    theirs = Counter(key_of(numeral) for numeral in translation)
    lost = []
    for numeral in source:
        if theirs[key_of(numeral)] > 0:
            theirs[key_of(numeral)] -= 1
        else:
            lost.append(numeral)
    ours = Counter(key_of(numeral) for numeral in source)
    added = []
    for numeral in translation:
        if ours[key_of(numeral)] > 0:
            ours[key_of(numeral)] -= 1
        else:
            added.append(numeral)
    return lost, added


def key_of(numeral: Numeral) -> object:
    return numeral.parts if numeral.value is None else numeral.value.normalize()


def without_scaled(
    lost: list[Numeral], added: list[Numeral], scales: tuple[Decimal, ...]
) -> tuple[list[Numeral], list[Numeral]]:
    """Return the numerals without pairs of which one has its thousands or millions as a word."""
    for numeral in list(lost):
        for other in added:
            if numeral.value and other.value and numeral.parts != other.parts:
                ratio = max(numeral.value, other.value) / min(numeral.value, other.value)
                if ratio in scales:
                    lost = [each for each in lost if each is not numeral]
                    added = [each for each in added if each is not other]
                    break
    return lost, added


def without_afternoon(lost: list[Numeral], added: list[Numeral]) -> tuple[list[Numeral], list[Numeral]]:
    """Return the numerals without the hours of an afternoon, 3 p.m. and 15:00."""
    hours = {numeral.value + 12 for numeral in lost if numeral.value is not None and numeral.value <= LAST_WORD}
    late = {numeral.value for numeral in added if numeral.value in hours}
    return (
        [numeral for numeral in lost if numeral.value is None or numeral.value + 12 not in late],
        [numeral for numeral in added if numeral.value not in late and numeral.value != 0],
    )


def is_year(number: int) -> bool:
    return FIRST_YEAR <= number <= LAST_YEAR


def is_converted(numeral: Numeral, others: Iterable[int]) -> bool:
    """Return whether a numeral is the year of one of the others in another calendar, either way."""
    if numeral.value is None or numeral.value != int(numeral.value) or not FIRST_YEAR <= numeral.value < 6000:
        return False
    year = int(numeral.value)
    for other in others:
        if FIRST_YEAR <= other < 6000 and (is_year(year) or is_year(other)):
            western, eastern = (year, other), (other, year)
            if any(
                first - second in ERAS or is_lunar(*pair) for pair in (western, eastern) for first, second in [pair]
            ):
                return True
    return False


def is_lunar(western: int, lunar: int) -> bool:
    """Return whether a year is one of the lunar Hijri calendar, whose years are shorter."""
    return abs(western - (lunar * 32 / 33 + 622)) < 1.5


def is_day(numeral: Numeral) -> bool:
    return numeral.value is not None and numeral.value <= 31


def unexplained(numerals: Iterable[Numeral], other: NumberText, numbers: set[int], months: set[int]) -> list[Numeral]:
    """Return the numerals that the other text does not have in another way; ``numbers`` are those in its digits."""
    if not (listed := list(numerals)):
        return []
    known = other.unwritten | months
    ranges = range_ends(other)
    return [
        numeral
        for numeral in listed
        if not all(
            part in known | ranges or is_in_other_form(part, known, numbers) for part in whole_numbers(numeral) or {-1}
        )
    ]


def is_in_other_form(number: int, known: set[int], numbers: set[int]) -> bool:
    """Return whether a number stands for one of the others: 60 or “sixty” for 1960, 19 or XIX for 1800, 18 for 1918."""
    if number > LAST_WORD and any(number in (other % 100, other % 1000) for other in numbers if other > number):
        return True
    if number >= 1000 and any(other == number % 100 for other in numbers | known if other > LAST_WORD):
        return True
    if number % 100 == 0 and number // 100 + 1 in known | numbers:
        return True
    if (number - 1) * 100 in numbers:
        return True
    return LAST_WORD < number < 100 and number // 10 * 10 in known and (number % 10 in known or number % 10 == 0)


def range_ends(side: NumberText) -> set[int]:
    """Return the full ends of shortened ranges: 127 of 123–7."""
    ends = set()
    for first, last in pairwise(re.findall(r"\d+", side.text)):
        if len(last) < len(first):
            ends.add(int(first[: len(first) - len(last)] + last))
    return ends


def without_words(
    lost: list[Numeral], added: list[Numeral], source: NumberText, translation: NumberText
) -> tuple[list[Numeral], list[Numeral]]:
    """Return the numerals without those that may be words, on either side, which are not known here."""
    if not added and (not has_words(translation.language) or all(map(is_small, lost))):
        return [], []
    if not lost and (not has_words(source.language) or all(map(is_small, added))):
        return [], []
    return (lost if added else [each for each in lost if not is_small(each)]), (
        added if lost else [each for each in added if not is_small(each)]
    )


def is_small(numeral: Numeral) -> bool:
    return numeral.value is not None and numeral.value <= LAST_WORD and numeral.value == int(numeral.value)


def different_months(source: NumberText, translation: NumberText) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the months of dates that only the source has, and only the translation; none unless both have some."""
    ours = set(dated_months(source.text, source.language))
    theirs = set(dated_months(translation.text, translation.language))
    lost = ours - theirs - values_of(translation)
    added = theirs - ours - values_of(source)
    return (tuple(sorted(lost)), tuple(sorted(added))) if lost and added else ((), ())
