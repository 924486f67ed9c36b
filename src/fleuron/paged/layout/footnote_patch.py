"""Keeps notes on the page of their calls, where WeasyPrint 70 would send them to the next.

Where the first lines of a paragraph do not fit, WeasyPrint sends notes of the lines above to the next page to
make room, rather than the lines. It does not in columns; so it is told that it sets columns
while it breaks paragraphs, and the truth while it measures the notes. What else it asks columns for is
breaks between columns, which our sheets do not have.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from weasyprint import DEFAULT_OPTIONS, HTML
from weasyprint.document import Document
from weasyprint.formatting_structure.boxes import FootnoteAreaBox, LineBox, TextBox
from weasyprint.layout import LayoutContext
from weasyprint.text.fonts import FontConfiguration

# A note that takes more of a page's height may run on at the foot of the next.
LONG = 0.35


class FootContext(LayoutContext):  # type: ignore[misc]  # WeasyPrint has no types
    """The state of a layout that sends lines to the next page, and no notes."""

    columns = False
    measures_notes = False

    @property
    def in_column(self) -> bool:
        return self.columns or not self.measures_notes

    @in_column.setter
    def in_column(self, truth: bool) -> None:
        self.columns = truth

    def _update_footnote_area(self) -> Any:
        self.measures_notes = True
        try:
            return super()._update_footnote_area()
        finally:
            self.measures_notes = False


class FootDocument(Document):  # type: ignore[misc]
    """A document that is laid out so."""

    @classmethod
    def _build_layout_context(cls, *facts: Any) -> Any:
        context = super()._build_layout_context(*facts)
        context.__class__ = FootContext
        return context


def rendered(page: HTML, fonts: FontConfiguration, colours: dict[str, Any], **options: Any) -> Document:
    """Lay out a sheet, its style sheets among the options; as ``HTML.render`` does otherwise."""
    return FootDocument._render(page, fonts, None, colours, {**DEFAULT_OPTIONS, **options})


def long_notes(pages: Iterable[Any]) -> dict[Any, list[str]]:
    """Find the notes that take more than a part of a page's height, and their lines."""
    found = {}
    for page in (each._page_box for each in pages):
        for area in page.children:
            if isinstance(area, FootnoteAreaBox):
                for note in area.children:
                    if note.height > LONG * page.height:
                        found[note.element] = [words(line) for line in note.descendants() if isinstance(line, LineBox)]
    return found


def words(line: Any) -> str:
    """Return the words of a line that stand in the sheet, without what its style adds."""
    texts = [box for box in line.descendants() if isinstance(box, TextBox)]
    return "".join(box.text for box in texts if "::" not in box.element_tag)
