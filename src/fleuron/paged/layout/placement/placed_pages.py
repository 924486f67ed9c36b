"""Lay out a sheet, and again where a figure has no place, or the last page of an index has too few lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from weasyprint import CSS, HTML
from weasyprint.document import Document

from fleuron.paged.layout.conformance import colour_profiles
from fleuron.paged.layout.footnote_patch import render
from fleuron.paged.layout.lines.planned_lines import LineSetter
from fleuron.paged.layout.placement.floating_elements import floating_in, unmark
from fleuron.paged.layout.placement.page_floats import PageFloats
from fleuron.paged.layout.placement.remade_pages import lines_on
from fleuron.paged.layout.sheet_tree import match_styles_again
from fleuron.paged.layout.unit_resources import UnitFontConfiguration

# How often a sheet is laid out, at most, before all its figures stand where they are called.
MOST_TRIES = 3
# The fewest lines of the last page of what is after the articles; those of two columns are counted one by one where
# they are not beside each other.
FEWEST_AFTER = 16


def lay_out_pages(page: HTML, styles: Sequence[CSS], fonts: UnitFontConfiguration) -> Document:
    """Lay out a sheet's pages; in one of an article, figures and tables have places of their own."""
    render_sheet = partial(
        render,
        page,
        fonts=fonts,
        lines=LineSetter(fonts.words),
        colours=colour_profiles(),
        stylesheets=list(styles),
        output_intent="srgb",
    )
    root = page.etree_element
    if root.find(".//article") is None:
        return with_full_last_page(page, render_sheet)
    for _ in range(MOST_TRIES):
        floats = PageFloats()
        document = render_sheet(floats)
        if not (homeless := floats.without_place()):
            return document
        unmark(homeless)
        match_styles_again(page)
    unmark(each for article in root.iter("article") for each in floating_in(article))
    match_styles_again(page)
    return render_sheet(PageFloats())


def with_full_last_page(page: HTML, render_sheet: Callable[[None], Document]) -> Document:
    """Return the pages of a sheet that has no article; an index is set closer if that saves a short last page."""
    document = render_sheet(None)
    sections = page.etree_element.findall(".//section[@class='chapter back']")
    if not sections or len(document.pages) == 1 or lines_on(document.pages[-1]._page_box) >= FEWEST_AFTER:
        return document
    for section in sections:
        section.set("class", "chapter back closer")
    match_styles_again(page)
    closer = render_sheet(None)
    return closer if len(closer.pages) < len(document.pages) else document
