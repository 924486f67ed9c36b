"""Draw the pages of a PDF as pictures, for a browser."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from fleuron.cache_folder import stamp

# The widest picture of a page, in pixels.
WIDEST = 3000
# PDFium must not be called by two threads at once.
LOCK = threading.Lock()


@dataclass(frozen=True)
class PageSizes:
    """The sizes of the pages of a PDF, in points, and what changes with the file."""

    version: str
    sizes: list[tuple[float, float]]


def page_sizes(path: Path) -> PageSizes:
    """Return the sizes of the pages of a PDF; raise OSError if there is none."""
    version = stamp(path)
    with LOCK:
        document = opened(path, version)
        sizes = [document.get_page_size(index) for index in range(len(document))]
    return PageSizes(version.replace(" ", "-"), sizes)


def page_picture(path: Path, number: int, width: int) -> bytes:
    """Draw a page of a PDF, counted from 1, so many pixels wide, as PNG; raise OSError if there is none."""
    with LOCK:
        document = opened(path, stamp(path))
        if not 1 <= number <= len(document):
            raise FileNotFoundError(f"{path} has no page {number}")
        page = document[number - 1]
        scale = min(max(width, 1), WIDEST) / page.get_width()
        picture = page.render(scale=scale).to_pil()
    content = BytesIO()
    picture.save(content, "PNG", compress_level=1)
    return content.getvalue()


@lru_cache(maxsize=8)
def opened(path: Path, version: str) -> Any:
    """Return a PDF that PDFium has read; ``version`` changes with the file."""
    from pypdfium2 import PdfDocument

    return PdfDocument(path.read_bytes())
