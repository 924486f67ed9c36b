"""Texts of figures: numbers that bring a label of their own, such as “vol. 1, fol. 186” or “12, n. 3”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from fleuron.csl.style.locales import Locale
from fleuron.csl.text.numbers import is_numeric, is_plural, separated
from fleuron.csl.text.page_ranges import page_ranges

# The abbreviations that authors write before figures, and the terms that they stand for.
WRITTEN = {
    "bk": "book", "bks": "book", "ch": "chapter", "chs": "chapter", "chap": "chapter", "chaps": "chapter",
    "col": "column", "cols": "column", "fig": "figure", "figs": "figure", "fol": "folio", "fols": "folio",
    "l": "line", "ll": "line", "n": "note", "nn": "note", "no": "issue", "nos": "issue", "op": "opus", "p": "page",
    "pp": "page", "para": "paragraph", "paras": "paragraph", "pt": "part", "pts": "part", "sec": "section",
    "secs": "section", "vol": "volume", "vols": "volume",
}  # fmt: skip
LABEL = re.compile(rf"(?:^|(?<=[\s,;&]))({'|'.join(WRITTEN)})\.\s*(?=[A-Za-z]{{0,3}}\d|[ivxlcdm]+\b)")
JOINT = re.compile(r"[\s,;&]*$")
# The variables whose ranges are written with a dash; other numbers may be a call mark or a version, where it is none.
DASHED = frozenset((
    "chapter-number", "collection-number", "edition", "issue", "number", "number-of-pages", "number-of-volumes",
    "volume",
))  # fmt: skip
PAGED = frozenset(("page", "locator"))


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures under one label (a term, or ""), and what stands between them and the next."""

    label: str
    text: str
    joint: str = ""


@lru_cache(maxsize=4096)
def read_figures(text: str) -> tuple[Figures, ...]:
    """Split a text before each of the labels that are written in it."""
    marks = list(LABEL.finditer(text))
    parts = [] if marks and marks[0].start() == 0 else [("", text[: marks[0].start()] if marks else text)]
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    parts += [(WRITTEN[mark[1]], text[mark.end() : end]) for mark, end in zip(marks, ends, strict=False)]
    found = []
    for label, words in parts:
        body = JOINT.sub("", words) if len(parts) > 1 else words
        found.append(Figures(label, body, words[len(body) :]))
    return tuple(found)


def own_label(variable: str, label: str) -> bool:
    """Tell whether a label says of a variable only what it is."""
    return label == variable or (variable == "number" and label == "issue")


@dataclass(frozen=True)
class Typesetting:
    """How numbers are written: the style's `page-range-format`, the form of a `number`, and the locale's words."""

    locale: Locale
    ranges: str = ""
    form: str = "numeric"
    gender: str = ""

    def written(self, variable: str, text: str, *, paged: bool = True) -> str:
        """Write the value of a variable; ``paged`` tells that a locator is one of pages."""
        head, *rest = read_figures(text)
        if head.label and not own_label(variable, head.label) and variable != "locator":
            head, rest = Figures("", text), []
            if variable in PAGED:
                head, rest = Figures("", ""), list(read_figures(text))
        words = self.figures(variable, head.text, self.form, paged=paged) + head.joint
        for each in rest:
            label = self.locale.term(each.label, "short", plural=is_plural(each.text)) or each.label
            words += f"{label} {self.figures(variable, each.text, 'numeric', paged=paged)}{each.joint}"
        return words

    def figures(self, variable: str, text: str, form: str, *, paged: bool) -> str:
        if form != "numeric" and is_numeric(text):
            return separated(text, form, self.locale, self.gender)
        if variable in PAGED:
            delimiter = self.locale.term("page-range-delimiter") or "–"
            return page_ranges(text, self.ranges if paged else "", delimiter, self.locale.ampersand)
        if variable in DASHED and is_numeric(text) and "\\" not in text:
            return separated(text, form, self.locale, self.gender)
        return text.replace("\\-", "-")
