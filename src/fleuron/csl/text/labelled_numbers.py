"""Split and format numbers that contain labels, such as “vol. 1, fol. 186” or “12, n. 3”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from fleuron.csl.style.locales import Locale
from fleuron.csl.text.numbers import format_numbers, is_numeric, is_plural
from fleuron.csl.text.page_ranges import format_page_ranges

# The abbreviations that authors write before numbers, and the terms of CSL for them.
ABBREVIATIONS = {
    "bk": "book", "bks": "book", "ch": "chapter", "chs": "chapter", "chap": "chapter", "chaps": "chapter",
    "col": "column", "cols": "column", "fig": "figure", "figs": "figure", "fol": "folio", "fols": "folio",
    "l": "line", "ll": "line", "n": "note", "nn": "note", "no": "issue", "nos": "issue", "op": "opus", "p": "page",
    "pp": "page", "para": "paragraph", "paras": "paragraph", "pt": "part", "pts": "part", "sec": "section",
    "secs": "section", "vol": "volume", "vols": "volume",
}  # fmt: skip
LABEL = re.compile(rf"(?:^|(?<=[\s,;&]))({'|'.join(ABBREVIATIONS)})\.\s*(?=[A-Za-z]{{0,3}}\d|[ivxlcdm]+\b)")
# All up to the last character that separates nothing.
WITHOUT_SEPARATOR = re.compile(r".*[^\s,;&]|", re.DOTALL)
# Variables whose ranges are written with a dash. In others, such as a call number, a hyphen is not a range.
RANGE_VARIABLES = frozenset((
    "chapter-number", "collection-number", "edition", "issue", "number", "number-of-pages", "number-of-volumes",
    "volume",
))  # fmt: skip
PAGE_VARIABLES = frozenset(("page", "locator"))
# The pages after a page: “12 f.”, “12 ff.”.
FOLLOWING = re.compile(r"(?<=\w) (ff?)\.$")
LETTER = re.compile(r"[^\W\d_]")
# What is counted within a page. A style that begins its areas with a capital begins none with these (GOST R 7.0.5).
WITHIN_PAGE = frozenset(("column", "figure", "line", "note", "paragraph", "table", "verse"))


@dataclass(frozen=True, slots=True)
class LabelledNumber:
    """A number (or list of numbers) with its label, a term or "", and the separator before the next one.

    ``plural`` is true if its label is in the plural whatever the number is; ``form`` is the form of the label, if it
    is not the style's (“symbol” for §). Two with the same label and number are equal, however they are written.
    """

    label: str
    text: str
    separator: str = field(default="", compare=False)
    plural: bool = field(default=False, compare=False)
    form: str = field(default="", compare=False)


@lru_cache(maxsize=4096)
def split_labelled_numbers(text: str) -> tuple[LabelledNumber, ...]:
    """Split a text before each label in it."""
    marks = list(LABEL.finditer(text))
    parts = [] if marks and marks[0].start() == 0 else [("", text[: marks[0].start()] if marks else text)]
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    parts += [(ABBREVIATIONS[mark[1]], text[mark.end() : end]) for mark, end in zip(marks, ends, strict=False)]
    numbers = []
    for label, number_text in parts:
        found = WITHOUT_SEPARATOR.match(number_text)
        body = found[0] if found and len(parts) > 1 else number_text
        numbers.append(LabelledNumber(label, body, number_text[len(body) :]))
    return tuple(numbers)


def is_own_label(variable: str, label: str) -> bool:
    """Return whether a label only repeats what a variable is (“issue 3” in `issue`)."""
    return label == variable or (variable == "number" and label == "issue")


@dataclass(frozen=True)
class NumberFormat:
    """How numbers are written: the locale, the style's `page-range-format` and the form of the `number` element."""

    locale: Locale
    ranges: str = ""
    form: str = "numeric"
    gender: str = ""

    def format(self, variable: str, text: str, *, paged: bool = True) -> str:
        """Format the value of a variable; ``paged`` is whether a locator counts pages."""
        head, *rest = split_labelled_numbers(text)
        if head.label and not is_own_label(variable, head.label) and variable != "locator":
            head, rest = LabelledNumber("", text), []
            if variable in PAGE_VARIABLES:
                head, rest = LabelledNumber("", ""), list(split_labelled_numbers(text))
        formatted = self.format_part(variable, head.text, self.form, paged=paged) + head.separator
        for part in rest:
            label = self.locale.term(part.label, "short", plural=is_plural(part.text)) or part.label
            formatted += f"{label} {self.format_part(variable, part.text, 'numeric', paged=paged)}{part.separator}"
        return formatted

    def format_part(self, variable: str, text: str, form: str, *, paged: bool) -> str:
        """Format one number, range or list of numbers without labels."""
        if form != "numeric" and is_numeric(text):
            return format_numbers(text, form, self.locale, self.gender)
        if variable in PAGE_VARIABLES:
            delimiter = self.locale.term("page-range-delimiter") or "–"
            return format_page_ranges(text, self.ranges if paged else "", delimiter, self.locale.ampersand)
        if variable in RANGE_VARIABLES and is_numeric(text) and "\\" not in text:
            return format_numbers(text, form, self.locale, self.gender)
        return text.replace("\\-", "-")


@dataclass(frozen=True)
class LocatorFormat:
    """How the parts of a locator are written: the locale, and the attributes of the style's `label` for a locator.

    A style that begins that label with a capital separates areas by full stops: “Т. 2. С. 15”.
    """

    locale: Locale
    ranges: str = ""
    form: str = "short"
    plural: str = "contextual"
    capitalized: bool = False
    strip_periods: bool = False

    def label_of(self, part: LabelledNumber) -> str:
        """Return the label of a part in the locale's words."""
        many = self.plural == "always" or (self.plural == "contextual" and (part.plural or is_plural(part.text)))
        label = self.locale.term(part.label, part.form or self.form, plural=many) or part.label
        return label.replace(".", "") if self.strip_periods else label

    def format(self, parts: Sequence[LabelledNumber]) -> Iterator[tuple[str, bool]]:
        """Yield the texts of a locator, without its first label, and whether each is a number."""
        separator = ""
        for index, part in enumerate(parts):
            if index:
                label = self.label_of(part)
                if self.capitalized and part.label not in WITHIN_PAGE:
                    separator, label = ". ", label[:1].upper() + label[1:]
                yield f"{separator}{label.rstrip()} ", False
            yield self.format_number(part), True
            separator = part.separator.replace("and", self.locale.term("and") or "and")

    def format_number(self, part: LabelledNumber) -> str:
        """Format the number of a part, with the locale's dash, “and”, and “ff.”."""
        following = FOLLOWING.search(part.text)
        number = part.text[: following.start()] if following else part.text
        delimiter = self.locale.term("page-range-delimiter") or "–"
        if "–" in number and LETTER.search(number):
            delimiter = "–"  # a dash between other things than pages stays as it is written
        ranges = self.ranges if part.label == "page" else ""
        formatted = format_page_ranges(
            number, ranges, delimiter, self.locale.ampersand, f" {self.locale.term('and') or 'and'} "
        )
        if following:
            term = self.locale.term("following-pages", plural=following[1] == "ff") or following[0].strip()
            formatted += f" {term}"
        return formatted
