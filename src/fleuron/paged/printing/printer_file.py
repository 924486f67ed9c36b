"""Make the printer's file of a bound volume from its pages, without laying anything out again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Object, Pdf

from fleuron.look.print_settings import PrintSettings
from fleuron.paged.printing.inks import Inks
from fleuron.paged.printing.page_boxes import make_even, registration_colour, set_boxes
from fleuron.paged.printing.preflight import faults_of
from fleuron.paged.printing.print_colours import ColourConverter
from fleuron.paged.printing.print_metadata import set_output_intent, write_metadata
from fleuron.paged.printing.profiles import OutputProfile

# What belongs to a file that is read on a screen: tags, links, bookmarks, attached files.
ON_SCREEN = ("/StructTreeRoot", "/MarkInfo", "/Names", "/Dests", "/Outlines", "/PageMode", "/OpenAction", "/AF", "/AA")
ON_SCREEN_PAGE = ("/Annots", "/StructParents", "/Tabs", "/AA")


class NotPrintable(ValueError):
    """Raised where a printer's file would not conform to PDF/X-4, with what is wrong."""


@dataclass(frozen=True)
class PrinterFile:
    """A printer's file: its bytes, the number of its pages, and those with colours, from 1.

    ``has_colours`` is whether the colours are printed as such, and not as greys.
    """

    content: bytes
    pages: int
    coloured: Sequence[int]
    has_colours: bool


def printer_file(volume: bytes, settings: PrintSettings, profile: OutputProfile) -> PrinterFile:
    """Make the printer's file of a volume; the same volume, settings and profile make the same bytes.

    Raises NotPrintable.
    """
    inks = Inks(profile)
    digest = hashlib.sha256(repr((settings, profile, hashlib.sha256(volume).digest())).encode()).hexdigest()
    with pikepdf.open(BytesIO(volume)) as document:
        converter = ColourConverter(document, inks, document.Root.OutputIntents[0].DestOutputProfile)
        make_even(document)
        coloured = []
        registration = registration_colour(document) if settings.crop_marks else None
        for number, page in enumerate(document.pages, 1):
            remove(page.obj, ON_SCREEN_PAGE)
            if converter.convert_page(page.obj).coloured:
                coloured.append(number)
            set_boxes(document, page.obj, settings, registration)
        remove(document.Root, ON_SCREEN)
        set_output_intent(document, profile, settings.condition)
        write_metadata(document, digest)
        content, pages = written(document), len(document.pages)
    if faults := faults_of(content):
        raise NotPrintable("; ".join(faults))
    return PrinterFile(content, pages, tuple(coloured), inks.has_colours)


def remove(dictionary: Object, keys: Sequence[str]) -> None:
    """Remove entries of a dictionary."""
    for key in keys:
        if key in dictionary:
            del dictionary[key]


def written(document: Pdf) -> bytes:
    """Write a document as PDF 1.6, which PDF/X-4 is of; what nothing refers to any longer is left out."""
    file = BytesIO()
    document.save(
        file,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        force_version="1.6",
        fix_metadata_version=False,
    )
    return file.getvalue()
