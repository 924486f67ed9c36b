"""Write the printer's files of an edition as ``fleuron_print`` says, and tell how wide their spines are."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sphinx.config import Config
from sphinx.util import logging

from fleuron.atomic_files import write_file
from fleuron.look.print_settings import PrintSettings, print_settings, size_in_millimetres, size_text, trim_problem
from fleuron.paged.printing.printer_file import NotPrintable, PrinterFile, printer_file
from fleuron.paged.printing.profiles import OutputProfile, ProfileError, black_profile, read_profile
from fleuron.publication.document_names import printer_file_name

logger = logging.getLogger(__name__)
# The most pages that a message names.
MOST_PAGES = 12


@dataclass(frozen=True)
class PrintJob:
    """How printers' files are made: the settings, the profile, and the size of the trimmed page in millimetres."""

    settings: PrintSettings
    profile: OutputProfile
    trim: tuple[float, float]

    def write(self, book: str, content: bytes, folder: Path, language: str) -> None:
        """Write the printer's file of a book below the folder of PDFs, and tell what its cover needs to know."""
        name = printer_file_name(book, language)
        try:
            made = printer_file(content, self.settings, self.profile)
        except NotPrintable as error:
            logger.error("%s would not be PDF/X-4: %s", name, error, type="fleuron", subtype="print")
            return
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_file(folder / name, made.content)
        print(f"fleuron: pdf/{name}: {self.description(made)}", file=sys.stderr)
        if made.coloured and not made.has_colours:
            print(
                f"fleuron: pdf/{name}: colours are printed in grey on {pages_text(made.coloured)}; to print them in "
                'colour, name a CMYK profile in conf.py: fleuron_print = {"profile": "_static/….icc"}',
                file=sys.stderr,
            )

    def description(self, made: PrinterFile) -> str:
        """Return the size of a printer's file, and the width of its spine, in words."""
        spine = self.settings.spine(made.pages)
        return (
            f"{made.pages} pages of {size_text(self.trim)}; the spine is {spine:.1f} mm wide, "
            f"with leaves of {self.settings.leaf:.3g} mm"
        )


def pages_text(pages: Sequence[int]) -> str:
    """Name the pages of a file, or the first of many."""
    more = f" and {len(pages) - MOST_PAGES} more" if len(pages) > MOST_PAGES else ""
    listed = ", ".join(str(page) for page in pages[:MOST_PAGES])
    return f"page {listed} of the file" if len(pages) == 1 else f"pages {listed}{more} of the file"


def print_job(config: Config, folder: Path) -> PrintJob | None:
    """Return how printers' files are made, or None if none are; ``folder`` is the publication's.

    Raises SystemExit where the profile cannot be used, or pages of their size cannot be trimmed so.
    """
    settings = print_settings(config.fleuron_print)
    if settings is None:
        return None
    if problem := trim_problem(settings, config.fleuron_page):
        raise SystemExit(f"fleuron: conf.py: {problem}")
    return PrintJob(settings, profile_of(settings, folder), settings.trim or size_in_millimetres(config.fleuron_page))


def profile_of(settings: PrintSettings, folder: Path) -> OutputProfile:
    """Return the profile that settings name, or that of black ink; raises SystemExit."""
    if not settings.profile:
        return black_profile()
    path = folder / settings.profile
    if not path.resolve().is_relative_to(folder.resolve()):
        problem = "is outside the publication’s folder; copy it into the folder"
    else:
        try:
            return read_profile(path)
        except ProfileError as error:
            problem = str(error)
    raise SystemExit(f"fleuron: conf.py: fleuron_print: the profile “{settings.profile}” {problem}")
