"""An edition: the publication in one language."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

# Where a language says nothing of a country, the usage that the press follows: a British
# date stands day first, as in every other edition.
USAGE = {"en": "en_GB"}


@dataclass(frozen=True)
class Edition:
    """A language as a BCP 47 tag (``tr``, ``pt-BR``), and what follows from it."""

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
        """The language's name for itself, as it stands alone in a list: Türkçe, Русский."""
        name = self.locale.get_display_name(self.locale) or self.language
        # CLDR writes it as inside a sentence; a Turkic i keeps its dot.
        first = "İ" if self.locale.language in ("tr", "az") and name[0] == "i" else name[0].upper()
        return first + name[1:]

    @property
    def direction(self) -> str:
        """The direction of the script: ``ltr`` or ``rtl``."""
        return self.locale.text_direction

    def date(self, day: datetime.date) -> str:
        """Write a date out in the language."""
        return format_date(day, "long", locale=USAGE.get(self.language, self.locale))
