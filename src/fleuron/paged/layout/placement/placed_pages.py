"""Lay out a sheet, and again where a figure has no place or the last page has too few lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.text.fonts import FontConfiguration

from fleuron.paged.layout.conformance import colour_profiles
from fleuron.paged.layout.footnote_patch import render
from fleuron.paged.layout.placement.floating_elements import floating_in, unmark
from fleuron.paged.layout.placement.page_floats import PageFloats
from fleuron.paged.layout.placement.short_pages import gaps, lines_held_back
from fleuron.paged.layout.sheet_tree import match_styles_again

# How often a sheet is laid out, at most, before all its figures stand where they are called; and for fuller pages.
MOST_TRIES, MOST_IMPROVEMENTS = 3, 2
# The fewest lines of the last page of what is behind the articles; those of two columns are counted one by one where
# they are not beside each other.
FEWEST_BEHIND = 16


def lay_out_pages(page: HTML, styles: Sequence[CSS], fonts: FontConfiguration) -> Document:
    """Lay out a sheet's pages; in one of an article, figures and tables have places of their own."""
    render_sheet = partial(
        render, page, fonts=fonts, colours=colour_profiles(), stylesheets=list(styles), output_intent="srgb"
    )
    root = page.etree_element
    if root.find(".//article") is None:
        return with_full_last_page(page, render_sheet)
    for _ in range(MOST_TRIES):
        floats = PageFloats({})
        document = render_sheet(floats)
        if not (homeless := floats.without_place()):
            return with_fuller_pages(document, floats, render_sheet)
        unmark(homeless)
        match_styles_again(page)
    unmark(each for article in root.iter("article") for each in floating_in(article))
    match_styles_again(page)
    return render_sheet(PageFloats({}))


def with_fuller_pages(
    document: Document, floats: PageFloats, render_sheet: Callable[[PageFloats], Document]
) -> Document:
    """Return the pages, or better ones, of which some are a line shorter so that others have no gap."""
    last = lines_on(document.pages[-1])
    for _ in range(MOST_IMPROVEMENTS):
        short = lines_held_back(floats.free, last, floats.short)
        if short == floats.short:
            break
        others = PageFloats(short)
        other = render_sheet(others)
        if others.without_place() or gaps(others.free, lines_on(other.pages[-1])) >= gaps(floats.free, last):
            break
        document, floats, last = other, others, lines_on(other.pages[-1])
    return document


def with_full_last_page(page: HTML, render_sheet: Callable[[None], Document]) -> Document:
    """Return the pages of a sheet that has no article; an index is set closer if that saves a short last page."""
    document = render_sheet(None)
    sections = page.etree_element.findall(".//section[@class='chapter back']")
    if not sections or len(document.pages) == 1 or lines_on(document.pages[-1]) >= FEWEST_BEHIND:
        return document
    for section in sections:
        section.set("class", "chapter back closer")
    match_styles_again(page)
    closer = render_sheet(None)
    return closer if len(closer.pages) < len(document.pages) else document


def lines_on(page: Any) -> int:
    """Count the lines of a page of WeasyPrint's, without those in its margins."""
    body, *_ = page._page_box.children
    return len({round(box.position_y) for box in body.descendants() if isinstance(box, LineBox) and box.width})
