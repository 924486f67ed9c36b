"""Read the publication's mark, an ornament that the site, the EPUB's cover and the PDF show."""

from __future__ import annotations

from importlib.resources import files

# Its name in every format, and that of the file beside this module.
MARK = "fleuron.svg"


def publication_mark() -> bytes:
    """Return the mark as an SVG file."""
    return files(__package__).joinpath(MARK).read_bytes()
