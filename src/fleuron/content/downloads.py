"""List the PDFs and EPUBs that a site offers as downloads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel import Locale
from babel.numbers import format_decimal
from babel.units import format_unit

DOWNLOADS = "downloads"


def worded_size(size: int, locale: Locale) -> str:
    """Word a size in bytes in decimal units, to two figures: 84 kB, 1.2 MB."""
    unit, number = ("megabyte", size / 1e6) if size >= 1e6 else ("kilobyte", size / 1e3)
    rounded = round(number, 1) if number < 10 else round(number)
    word = format_unit(rounded, f"digital-{unit}", "short", locale=locale)
    return str(word) or format_decimal(rounded, locale=locale)


@dataclass(frozen=True)
class Offer:
    """A file that a site offers; ``kind`` is ``article``, ``volume`` or ``epub``, ``size`` is in bytes."""

    kind: str
    path: Path
    size: int

    @property
    def name(self) -> str:
        """The file's name in the folder of downloads."""
        return self.path.name


@dataclass(frozen=True)
class Downloads:
    """The published PDFs and EPUBs of one edition, in ``folder`` (BUILDDIR); an empty folder offers none."""

    folder: str
    stem: str
    language: str

    def has_page(self, language: str, page: str) -> bool:
        """Tell whether the site that was published last has a page in a language."""
        return bool(self.folder) and Path(self.folder, "html", language, f"{page}.html").is_file()

    def article(self, name: str) -> list[Offer]:
        """The offers of the article whose file has this name."""
        return list(self.offers("article", f"pdf/{self.language}/{name}.pdf"))

    def volume(self) -> list[Offer]:
        """The offers of the whole edition."""
        return [*self.offers("volume", f"pdf/{self.stem}.pdf"), *self.offers("epub", f"epub/{self.stem}.epub")]

    def offers(self, kind: str, path: str) -> Iterator[Offer]:
        if self.folder:
            found = Path(self.folder, path)
            if found.is_file():
                yield Offer(kind, found, found.stat().st_size)
