"""Lay out sheets as PDF with WeasyPrint; no other module of the press imports it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint import CSS, HTML
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

# Assets are asked for under an address that never exists, and not under the folder they lie in:
# WeasyPrint 70 names an image by the hash of its address, and the PDF by the hash of that.
ASSETS = "https://assets.invalid/"
MARK = ASSETS + "fleuron.svg"


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves the files of one folder, and nothing else: no network, no other folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(allowed_protocols=["https"])
        self.folder = folder.resolve()

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        if url == MARK:
            return URLFetcherResponse(url, files("fleuron.site").joinpath("theme/static/fleuron.svg").read_bytes())
        path = Path(self.folder, unquote(urlsplit(url).path).lstrip("/")).resolve()
        if not url.startswith(ASSETS) or not path.is_relative_to(self.folder):
            raise ValueError(f"{url} is not among the publication's pictures")
        return URLFetcherResponse(url, path.read_bytes())


class Layout:
    """Lays out the sheets of one edition, with the pictures in ``assets``."""

    def __init__(self, assets: Path) -> None:
        self.fetcher = AssetFetcher(assets)
        self.fonts = FontConfiguration()
        style = files(__package__).joinpath("print.css").read_text("utf-8")
        self.style = CSS(string=style, font_config=self.fonts, url_fetcher=self.fetcher)

    def write(self, sheet: str, target: Path) -> list[str]:
        """Lay out a sheet as a tagged PDF at ``target``; return what is missing on its pages.

        The file takes its place when it is whole.
        """
        page = HTML(string=sheet, base_url=ASSETS, url_fetcher=self.fetcher)
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(target.name + ".part")
        with listening() as losses:
            document = page.render(stylesheets=[self.style], font_config=self.fonts)
            document.write_pdf(draft, pdf_variant="pdf/ua-1")
        if losses:
            draft.unlink()
        else:
            draft.replace(target)
        return losses


class Losses(logging.Handler):
    """Hears what WeasyPrint 70 leaves out of a page and only logs: a picture that it cannot read."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith("Failed to "):
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
