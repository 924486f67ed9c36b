"""Take the README's pictures from what `make all` has built: a page of the site, a spread of the volume."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent.parent / "tests"))

from browser import browsing  # noqa: E402  (found on the path above)

DESK = "#8d8a84"


def take_page(page: Path, target: Path) -> None:
    """Photograph the head of a page at desktop width."""
    with browsing() as browser:
        sheet = browser.new_page(viewport={"width": 1000, "height": 900}, device_scale_factor=1.5)
        sheet.goto(page.as_uri())
        sheet.screenshot(path=target)


def take_spread(volume: Path, verso: int, target: Path) -> None:
    """Lay two facing pages of a PDF side by side."""
    with tempfile.TemporaryDirectory() as folder:
        stem = Path(folder, "page")
        words = ["pdftoppm", "-r", "110", "-png", "-f", str(verso), "-l", str(verso + 1), str(volume), str(stem)]
        subprocess.run(words, check=True)
        pages = [Image.open(path) for path in sorted(Path(folder).glob("*.png"))]
        spread = Image.new("RGB", (sum(page.width for page in pages) + 2, pages[0].height), DESK)
        spread.paste(pages[0], (0, 0))
        spread.paste(pages[1], (pages[0].width + 2, 0))
        ImageOps.expand(spread, 24, DESK).quantize(64).save(target, optimize=True)


def main(build: Path) -> None:
    take_page((build / "html/tr/articles/footnote.html").resolve(), HERE / "page.png")
    take_spread(build / "pdf/marginalia-en.pdf", 12, HERE / "spread.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
