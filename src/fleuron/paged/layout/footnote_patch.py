"""Decide on which page a footnote begins: always on the page of its call (patches WeasyPrint 70).

Where the first lines of a paragraph do not fit, WeasyPrint moves notes of the lines above to the next page to
make room, rather than the lines. It does not do so in columns. So the patch pretends to it that it lays out columns
while it breaks paragraphs, but not while it measures the notes. Its only other special treatment of columns is
for breaks between them, which our sheets do not have.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from weasyprint import DEFAULT_OPTIONS, HTML
from weasyprint.document import Document
from weasyprint.formatting_structure.boxes import FootnoteAreaBox, LineBox, TextBox
from weasyprint.layout import LayoutContext
from weasyprint.text.fonts import FontConfiguration

from fleuron.paged.layout.lines.planned_lines import LineSetter, install, share_plans
from fleuron.paged.layout.placement import continued_tables, page_floats, remade_pages
from fleuron.paged.layout.placement.page_floats import PageFloats

page_floats.register()
continued_tables.register()
remade_pages.register()
install()

# A note that takes more of a page's height may continue at the foot of the next page.
LONG = 0.35


class KeepNotesContext(LayoutContext):  # type: ignore[misc]  # WeasyPrint has no types
    """The state of a layout that moves lines to the next page, but never notes."""

    columns = False
    measures_notes = False

    @property
    def in_column(self) -> bool:
        return self.columns or not self.measures_notes

    @in_column.setter
    def in_column(self, really: bool) -> None:
        self.columns = really

    def layout_footnote(self, footnote: Any) -> Any:
        """Lay out a note; WeasyPrint 70 collapses no white space in notes, and transforms none of their text."""
        footnote.process_whitespace()
        footnote.process_text_transform()
        share_plans(footnote)
        return super().layout_footnote(footnote)

    def _update_footnote_area(self) -> Any:
        self.measures_notes = True
        try:
            return super()._update_footnote_area()
        finally:
            self.measures_notes = False


class KeepNotesDocument(Document):  # type: ignore[misc]
    """A document that is laid out with a `KeepNotesContext`; ``floats`` are its figures and tables, if they float.

    ``line_setter`` is the same each time that a sheet is laid out, so that its lines are planned once.
    """

    floats: PageFloats | None = None
    line_setter: LineSetter

    @classmethod
    def _build_layout_context(cls, *arguments: Any) -> Any:
        context = super()._build_layout_context(*arguments)
        context.__class__ = KeepNotesContext
        context.page_floats = cls.floats
        context.line_setter = cls.line_setter
        return context


def render(
    page: HTML,
    floats: PageFloats | None,
    fonts: FontConfiguration,
    lines: LineSetter,
    colours: dict[str, Any],
    **options: Any,
) -> Document:
    """Lay out a sheet, its style sheets among the options; as ``HTML.render`` does otherwise."""
    document: Any = type("FloatingDocument", (KeepNotesDocument,), {"floats": floats, "line_setter": lines})
    return document._render(page, fonts, None, colours, {**DEFAULT_OPTIONS, **options})


def find_long_notes(pages: Iterable[Any]) -> dict[Any, list[str]]:
    """Find the notes that are taller than `LONG` of a page, and the texts of their lines."""
    found = {}
    for page in (page._page_box for page in pages):
        for area in page.children:
            if isinstance(area, FootnoteAreaBox):
                for note in area.children:
                    if note.height > LONG * page.height:
                        lines = (box for box in note.descendants() if isinstance(box, LineBox))
                        found[note.element] = [text_of(line) for line in lines]
    return found


def text_of(line: Any) -> str:
    """Return the text of a line as it is in the sheet, without what its style adds."""
    texts = [box for box in line.descendants() if isinstance(box, TextBox)]
    return "".join(box.text for box in texts if "::" not in box.element_tag)
