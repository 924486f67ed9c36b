"""An edition: the publication in one language."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from fleuron.publication.language_tags import direction_of, script_of

# The locale whose usage Fleuron follows where a tag names no country: British English writes the day first, as the
# other editions do.
USAGE = {"en": "en_GB"}
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
        return format_date(day, "long", locale=USAGE.get(self.language, self.locale))
