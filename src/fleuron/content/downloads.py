"""Find the finished PDFs and EPUBs that a site offers for download."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel import Locale
from babel.numbers import format_decimal
from babel.units import format_unit

# The folder of a site in which they lie.
DOWNLOADS = "downloads"


def format_size(size: int, locale: Locale) -> str:
    """Format a size in bytes in decimal units, to two figures: 84 kB, 1.2 MB."""
    unit, number = ("megabyte", size / 1e6) if size >= 1e6 else ("kilobyte", size / 1e3)
    rounded = round(number, 1) if number < 10 else round(number)
    formatted = format_unit(rounded, f"digital-{unit}", "short", locale=locale)
    return str(formatted) or format_decimal(rounded, locale=locale)


@dataclass(frozen=True)
class DownloadFile:
    """A file for download; ``kind`` is ``article``, ``volume`` or ``epub``, ``size`` is in bytes."""

    kind: str
    path: Path
    size: int

    @property
    def name(self) -> str:
        """The file's name in the folder of downloads."""
        return self.path.name


@dataclass(frozen=True)
class Downloads:
    """The downloads of one edition; ``folder``, below which formats are published, is empty where there are none.

    ``stem`` is the edition's name in file names, such as ``marginalia-tr``.
    """

    folder: str
    stem: str
    language: str

    def has_page(self, language: str, page: str) -> bool:
        """Return whether the site of an edition, as it was published last, has a page."""
        return bool(self.folder) and Path(self.folder, "html", language, f"{page}.html").is_file()

    def of_article(self, name: str) -> list[DownloadFile]:
        """List the downloads of the article whose file has this name."""
        return list(self.existing("article", f"pdf/{self.language}/{name}.pdf"))

    def of_volume(self) -> list[DownloadFile]:
        """List the downloads of the whole edition."""
        return [*self.existing("volume", f"pdf/{self.stem}.pdf"), *self.existing("epub", f"epub/{self.stem}.epub")]

    def existing(self, kind: str, path: str) -> Iterator[DownloadFile]:
        """Yield the file at a path below the folder, if it exists."""
        if self.folder:
            file = Path(self.folder, path)
            if file.is_file():
                yield DownloadFile(kind, file, file.stat().st_size)
