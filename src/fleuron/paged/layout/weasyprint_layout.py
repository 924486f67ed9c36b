"""Lay out sheets as PDF with WeasyPrint; it and the modules it alone imports are all of the press that know it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pydyf
from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetchingError

from fleuron.paged.layout import hyphenation
from fleuron.paged.layout import long_notes as long_note_division
from fleuron.paged.layout.assets import ASSETS, UnitFetcher
from fleuron.paged.layout.conformance import colours, conform
from fleuron.paged.layout.footnote_patch import long_notes, rendered
from fleuron.paged.layout.glyphs import name_glyphs, name_subsets
from fleuron.paged.layout.long_notes import divide
from fleuron.paged.layout.page_breaks import breaks_of
from fleuron.paged.layout.page_tags import StructureWriter, set_apart, structure_of, tagged, undescribed
from fleuron.paged.layout.unit_fonts import OwnFonts, face_files, face_rules
from fleuron.paged.layout.units import Laid, Unit

MARK = "fleuron.svg"
OPTIONS = {"pdf_tags": True, "pdf_version": "1.7", "pdf_identifier": True}
# What WeasyPrint 70 says when a page would lack something; it logs, and goes on without.
LOSSES = ("Failed to ", "No anchor ", ".notdef glyph ")

hyphenation.register()


def lay_out(unit: Unit) -> Laid:
    """Lay out a unit as a PDF that is PDF/A-3a and PDF/UA-1; nothing else has a say in its bytes."""
    fetcher = UnitFetcher(unit.assets, dict(face_files(unit.fount)))
    fonts = OwnFonts()
    sheets = [face_rules(unit.fount), unit.style, folios(unit.first_folio) + long_note_division.STYLE]
    with listening() as losses:
        try:
            styles = [CSS(string=sheet, base_url=ASSETS, font_config=fonts, url_fetcher=fetcher) for sheet in sheets]
            page = HTML(string=unit.sheet, base_url=ASSETS, url_fetcher=fetcher)
            return set_pages(page, styles, fonts, unit.name, losses)
        except URLFetchingError as error:  # a colour profile, of which WeasyPrint 70 makes no loss
            return Laid(b"", 0, {}, (*losses, str(error)))


def folios(first: int) -> str:
    """Number the pages of a unit; an odd folio stands on a recto, an even one on a verso."""
    side = "recto" if first % 2 else "verso"
    return f"@page:first{{counter-reset:page {first}}}html{{break-before:{side}}}"


def set_pages(page: HTML, styles: list[CSS], fonts: FontConfiguration, name: str, losses: list[str]) -> Laid:
    """Set a sheet's pages and write them; what WeasyPrint tells meanwhile is in ``losses``."""
    document = rendered(page, fonts, colours(), stylesheets=styles, output_intent="srgb")
    if long := long_notes(document.pages):
        divide_notes(page, long)
        document = rendered(page, fonts, colours(), stylesheets=styles, output_intent="srgb")
    document.pages = pages = tagged(document.pages)
    places: dict[str, int] = {}
    for number, each in enumerate(pages):
        for anchor in each.anchors:
            places.setdefault(anchor, number)

    def finish(document: Any, pdf: Any) -> None:
        written = (each for each in pdf.objects if isinstance(each, pydyf.Dictionary) and each.get("Type") == "/Page")
        for each, entry in list(zip(pages, written, strict=True)):
            set_apart(each, entry, pdf)
        StructureWriter(pdf, len(pages)).write(structure_of(pages, page.etree_element, name))
        name_glyphs(pdf, document.fonts)
        name_subsets(pdf)
        conform(pdf, document.metadata)

    content = document.write_pdf(finisher=finish, **OPTIONS)
    for number, element in undescribed(pages):
        source = element.get("src", element.tag).replace(ASSETS, "")
        losses.append(f"the picture {source} on page {number + 1} has no alternative text")
    breaks = breaks_of(pages, page.etree_element)
    return Laid(content, len(pages), places, tuple(dict.fromkeys(losses)), breaks)


def divide_notes(page: HTML, notes: Mapping[Any, Sequence[str]]) -> None:
    """Divide long notes in the tree of a sheet, which is then looked at anew."""
    above = {child: parent for parent in page.etree_element.iter() for child in parent}
    for note, lines in notes.items():
        divide(note, above[note], lines)
    page.wrapper_element = ElementWrapper.from_html_root(page.etree_element, content_language=None)


class Losses(logging.Handler):
    """Hears what WeasyPrint leaves out of the pages that one thread lays out."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.thread = threading.get_ident()
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread and str(record.msg).startswith(LOSSES):
            self.told.append(record.getMessage().replace(ASSETS, ""))


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collect the losses that WeasyPrint logs meanwhile."""
    losses = Losses()
    LOGGER.addHandler(losses)
    try:
        yield losses.told
    finally:
        LOGGER.removeHandler(losses)
