"""Apply the formatting attributes of an element: text case, fonts, quotes and affixes, in this order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from fleuron.csl.rendering.context import Context
from fleuron.csl.text.runs import Mark, Run, Span, Text
from fleuron.csl.text.text_case import apply_text_case

MARKS = {mark.value: mark for mark in Mark}
FONT = ("font-style", "font-variant", "font-weight", "text-decoration", "vertical-align")


@dataclass(frozen=True)
class Formatting:
    """The formatting attributes of an element."""

    marks: tuple[Mark, ...] = ()
    display: Mark | None = None
    case: str = ""
    quotes: bool = False
    strip_periods: bool = False
    prefix: tuple[Run, ...] = ()
    suffix: tuple[Run, ...] = ()
    language: str = ""

    def format_content(self, runs: Sequence[Run], context: Context | None = None) -> tuple[Run, ...]:
        """Apply everything except affixes and `display`."""
        formatted = tuple(runs)
        if self.strip_periods:
            formatted = without_periods(formatted)
        if self.case:
            english = context.item.english if context is not None else self.language.startswith("en")
            formatted = apply_text_case(formatted, self.case, self.language, english=english)
        for mark in self.marks:
            formatted = (Span(mark, formatted),)
        return (Span(Mark.QUOTE, formatted),) if self.quotes else formatted

    def apply(self, runs: Sequence[Run], context: Context | None = None) -> tuple[Run, ...]:
        """Apply everything; the content must not be empty."""
        formatted = self.with_affixes(self.format_content(runs, context))
        return (Span(self.display, formatted),) if self.display else formatted

    def format_layout(self, runs: Sequence[Run]) -> tuple[Run, ...]:
        """Apply the formatting of a `layout`, which covers its affixes."""
        return replace(self, prefix=(), suffix=()).format_content(self.with_affixes(tuple(runs)))

    def with_affixes(self, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        """Add the prefix and suffix to runs."""
        return self.prefix + runs + self.suffix if self.prefix or self.suffix else runs


def without_periods(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Remove the full stops of an abbreviation (`strip-periods`)."""
    return tuple(
        replace(run, text=run.text.replace(".", ""))
        if isinstance(run, Text)
        else replace(run, runs=without_periods(run.runs))
        for run in runs
    )


def read_formatting(element: etree._Element, language: str) -> Formatting:
    """Read the formatting attributes of an element for a locale's language."""
    get = element.get
    marks = [MARKS[f"{name}:{get(name)}"] for name in FONT if f"{name}:{get(name)}" in MARKS]
    display = MARKS.get(f"display:{get('display')}")
    return Formatting(
        tuple(marks),
        display,
        get("text-case", ""),
        get("quotes") == "true",
        get("strip-periods") == "true",
        affix(get("prefix", "")),
        affix(get("suffix", "")),
        language,
    )


def affix(text: str) -> tuple[Run, ...]:
    """Return an affix as runs."""
    return (Text(text),) if text else ()
