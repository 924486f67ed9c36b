"""An edition: the publication in one language."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from fleuron.publication.language_tags import direction_of, script_of

# The locale whose usage Fleuron follows where a tag names no country: British English writes the day first, as the
# other editions do.
USAGE = {"en": "en_GB"}
# The zeros of the digits in which figures are written, by their names in CLDR, where they are not Latin; the others
# of a system follow its zero. Other scripts with digits of their own use Latin ones as well.
ZEROS = {"arab": "\N{ARABIC-INDIC DIGIT ZERO}", "arabext": "\N{EXTENDED ARABIC-INDIC DIGIT ZERO}"}
DIGITS, LATIN_DIGITS = "0123456789", "latn"
# What stands between the parts of a list where that is not a comma and a space, by script (ISO 15924).
COMMAS = {"Arab": "، ", "Thaa": "، ", "Hans": "、", "Hant": "、", "Jpan": "、"}


@dataclass(frozen=True)
class Edition:
    """A language as a BCP 47 tag (``tr``, ``pt-BR``), with its locale, name, direction and form of dates."""

    language: str

    @cached_property
    def locale(self) -> Locale:
        """The CLDR locale; raises ValueError for a tag that is not well-formed or unknown."""
        try:
            return Locale.parse(self.language, sep="-")
        except UnknownLocaleError as error:
            raise ValueError(str(error)) from error

    @property
    def name(self) -> str:
        """The language's name for itself, with a capital, as in a list of languages: Türkçe, Русский."""
        name = self.locale.get_display_name(self.locale) or self.language
        # CLDR has the form for the middle of a sentence. In Turkish and Azerbaijani the capital of i is İ.
        first = "İ" if self.locale.language in ("tr", "az") and name[0] == "i" else name[0].title()
        return first + name[1:]

    def name_of(self, other: str, language: str = "") -> str:
        """Return the name of another language in this one, or in ``language``: İngilizce, английский."""
        reader = Edition(language).locale if language else self.locale
        return Edition(other).locale.get_display_name(reader) or Edition(other).name

    @property
    def direction(self) -> str:
        """The direction of the script: ``ltr`` or ``rtl``."""
        return direction_of(self.language)

    @property
    def comma(self) -> str:
        """What stands between the parts of a list, with its space."""
        return COMMAS.get(script_of(self.language), ", ")

    def date(self, day: datetime.date) -> str:
        """Return a date in words, as the language writes it."""
        return self.numerals(format_date(day, "long", locale=USAGE.get(self.language, self.locale)))

    @cached_property
    def numbering_system(self) -> str:
        """The name of the language's usual digits (CLDR): ``arabext`` in Persian, ``latn`` in English."""
        name = str(self.locale.default_numbering_system)
        return name if name in ZEROS else LATIN_DIGITS

    def numerals(self, figures: str | int) -> str:
        """Return figures in the language's usual digits: “۱۳–۲۷” for 13–27 in Persian.

        It is for what the press itself counts and dates, and for nothing that machines read or others have written.
        """
        zero = ZEROS.get(self.numbering_system)
        if zero is None:
            return str(figures)
        return str(figures).translate({ord(digit): ord(zero) + int(digit) for digit in DIGITS})

    # Babel 2.18 writes the separators of a numbering system, and its digits and percent sign in Latin ones.

    def number(self, value: float) -> str:
        """Return a number as the language writes it, with its separators: 1,234 or ۱٬۲۳۴."""
        return self.numerals(format_decimal(value, locale=self.locale, numbering_system=self.numbering_system))

    def percentage(self, share: float) -> str:
        """Return a share of one in percent, in whole numbers: 12% or ۱۲٪."""
        written = format_percent(share, locale=self.locale, numbering_system=self.numbering_system)
        sign = self.locale.number_symbols.get(self.numbering_system, {}).get("percentSign", "%")
        return self.numerals(written.replace("%", sign))

    def quantity(self, value: float, unit: str) -> str:
        """Return a number of units (CLDR) in short words: “12 min”; "" if the language has none for them."""
        system = self.numbering_system
        return self.numerals(
            format_unit(value, unit, length="short", locale=self.locale, numbering_system=system) or ""
        )
