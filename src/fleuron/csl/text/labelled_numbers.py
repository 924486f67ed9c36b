"""Split and format numbers that contain labels, such as “vol. 1, fol. 186” or “12, n. 3”."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
SEPARATOR_AT_END = re.compile(r"[\s,;&]*$")
# Variables whose ranges are written with a dash. In others, such as a call number, a hyphen is not a range.
RANGE_VARIABLES = frozenset((
    "chapter-number", "collection-number", "edition", "issue", "number", "number-of-pages", "number-of-volumes",
    "volume",
))  # fmt: skip
PAGE_VARIABLES = frozenset(("page", "locator"))


@dataclass(frozen=True, slots=True)
class LabelledNumber:
    """A number (or list of numbers) with its label, a term or "", and the separator before the next one."""

    label: str
    text: str
    separator: str = ""


@lru_cache(maxsize=4096)
def split_labelled_numbers(text: str) -> tuple[LabelledNumber, ...]:
    """Split a text before each label in it."""
    marks = list(LABEL.finditer(text))
    parts = [] if marks and marks[0].start() == 0 else [("", text[: marks[0].start()] if marks else text)]
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    parts += [(ABBREVIATIONS[mark[1]], text[mark.end() : end]) for mark, end in zip(marks, ends, strict=False)]
    numbers = []
    for label, number_text in parts:
        body = SEPARATOR_AT_END.sub("", number_text) if len(parts) > 1 else number_text
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
