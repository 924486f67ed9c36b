"""Lay out a unit with WeasyPrint as a tagged PDF, ready for binding; run by the worker processes.

Only the modules of this folder import WeasyPrint, so that the site and the EPUB are built on machines without Pango.
"""

from __future__ import annotations

import gc
import logging
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pydyf
from weasyprint import CSS, HTML
from weasyprint.logger import LOGGER
from weasyprint.urls import URLFetchingError

from fleuron.paged.binding.prepared_parts import prepare
from fleuron.paged.layout import hyphenation
from fleuron.paged.layout.conformance import make_conform
from fleuron.paged.layout.footnote_patch import find_long_notes
from fleuron.paged.layout.glyphs import complete_character_maps, name_subsets
from fleuron.paged.layout.long_notes import STYLE as LONG_NOTES
from fleuron.paged.layout.long_notes import split_note
from fleuron.paged.layout.page_breaks import breaks_of
from fleuron.paged.layout.page_tags import StructureWriter, split_at_folio, structure_of, tagged_pages, undescribed
from fleuron.paged.layout.patches import known_styles, right_to_left, svg_texts
from fleuron.paged.layout.placement.placed_pages import lay_out_pages
from fleuron.paged.layout.sheet_tree import match_styles_again, prepare_tree
from fleuron.paged.layout.unit_resources import ASSETS, UnitFetcher, UnitFontConfiguration, face_files, kept_fonts
from fleuron.paged.layout.units import FontSet, LaidOut, Unit
from fleuron.paged.layout.word_check import lost_words

OPTIONS = {"pdf_tags": True, "pdf_version": "1.7", "pdf_identifier": True}
# How WeasyPrint 70 begins a message about something missing from a page; it logs this, and continues.
LOSSES = ("Failed to ", "No anchor ", ".notdef glyph ")
# Rules of a style sheet that read other files when it is parsed.
BRINGS_FILES = re.compile("@(?:import|font-face|color-profile)", re.IGNORECASE)

hyphenation.register()
known_styles.apply()
right_to_left.apply()
svg_texts.apply()


def lay_out_for_binding(unit: Unit) -> LaidOut:
    """Lay out a unit as a PDF that `binding.bind` takes; this is the task of a worker.

    Both steps are done, and their result is cached, together, so that binding needs no walk through the whole file.
    """
    with garbage_collection_paused():
        laid = lay_out(unit)
    return replace(laid, pdf=prepare(laid.pdf)) if laid.pages else laid


@contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """Keep Python from collecting garbage meanwhile.

    A page is a hundred thousand objects that all live until it is written: to search them for garbage again and
    again takes as long as to lay them out. Measured with Python 3.11 on an article of 13 pages.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def lay_out(unit: Unit) -> LaidOut:
    """Lay out a unit as a PDF that is PDF/A-3a and PDF/UA-1; its bytes depend on nothing else."""
    font_set = FontSet((*unit.font_set.faces, *unit.script_fonts.faces))
    fetcher = UnitFetcher(unit.assets, dict(face_files(font_set)))
    # A style sheet of a publication's own may bring faces, which no other unit is to have.
    fonts_of = kept_fonts.__wrapped__ if BRINGS_FILES.search(unit.style) else kept_fonts
    with collected_losses() as losses:
        try:
            fonts, faces = fonts_of(font_set, threading.get_ident())
            sheets = (unit.style, numbering_from(unit.first_folio) + LONG_NOTES)
            styles = [faces, *(style_of(sheet, fonts, fetcher) for sheet in sheets)]
            page = HTML(string=unit.sheet, base_url=ASSETS, url_fetcher=fetcher)
            prepare_tree(page)
            return write_pages(page, styles, fonts, unit, losses)
        except URLFetchingError as error:  # a colour profile; WeasyPrint 70 does not continue without it
            return LaidOut(b"", 0, {}, (*losses, str(error)))


def style_of(sheet: str, fonts: UnitFontConfiguration, fetcher: UnitFetcher) -> CSS:
    """Parse a style sheet for a unit; one that brings no files is the same for all units that a process lays out."""
    if BRINGS_FILES.search(sheet):
        return CSS(string=sheet, base_url=ASSETS, font_config=fonts, url_fetcher=fetcher)
    return parsed(sheet)


@lru_cache(maxsize=8)
def parsed(sheet: str) -> CSS:
    """Parse a style sheet that brings no files."""
    return CSS(string=sheet, base_url=ASSETS, url_fetcher=UnitFetcher({}, {}))


def numbering_from(first: int) -> str:
    """Return the CSS that numbers the pages of a unit; an odd folio is on a recto, an even one on a verso."""
    side = "recto" if first % 2 else "verso"
    return f"@page:first{{counter-reset:page {first}}}html{{break-before:{side}}}"


def write_pages(page: HTML, styles: list[CSS], fonts: UnitFontConfiguration, unit: Unit, losses: list[str]) -> LaidOut:
    """Lay out a sheet's pages and write them; ``losses`` grows with what WeasyPrint logs meanwhile."""
    document = lay_out_pages(page, styles, fonts)
    if long := find_long_notes(document.pages):
        split_notes(page, long)
        document = lay_out_pages(page, styles, fonts)
    document.pages = pages = tagged_pages(document.pages)
    without_text = list(undescribed(pages))
    places: dict[str, int] = {}
    for number, tagged_page in enumerate(pages):
        for anchor in tagged_page.anchors:
            places.setdefault(anchor, number)

    def finish(document: Any, pdf: Any) -> None:
        written = (
            entry for entry in pdf.objects if isinstance(entry, pydyf.Dictionary) and entry.get("Type") == "/Page"
        )
        for tagged_page, entry in list(zip(pages, written, strict=True)):
            split_at_folio(tagged_page, entry, pdf)
        StructureWriter(pdf, len(pages)).write(structure_of(pages, page.etree_element, unit.name))
        complete_character_maps(pdf, document.fonts)
        name_subsets(pdf)
        make_conform(pdf, document.metadata, is_accessible=not without_text)

    content = document.write_pdf(finisher=finish, **OPTIONS)
    breaks = breaks_of(pages, page.etree_element)
    lost = lost_words(unit.sheet, unit.style, content, pages)
    found = tuple(dict.fromkeys(losses))
    return LaidOut(content, len(pages), places, found, breaks, lost, len(without_text))


def split_notes(page: HTML, notes: Mapping[Any, Sequence[str]]) -> None:
    """Split long notes in the tree of a sheet, whose styles are then matched anew."""
    parents = {child: parent for parent in page.etree_element.iter() for child in parent}
    for note, lines in notes.items():
        split_note(note, parents[note], lines)
    match_styles_again(page)


class LossCollector(logging.Handler):
    """Collects what WeasyPrint logs of missing content, on the pages that one thread lays out."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.thread = threading.get_ident()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread and str(record.msg).startswith(LOSSES):
            self.messages.append(record.getMessage().replace(ASSETS, ""))


@contextmanager
def collected_losses() -> Iterator[list[str]]:
    """Collect the losses that WeasyPrint logs meanwhile."""
    collector = LossCollector()
    LOGGER.addHandler(collector)
    try:
        yield collector.messages
    finally:
        LOGGER.removeHandler(collector)
