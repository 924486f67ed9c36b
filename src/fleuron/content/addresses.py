"""Where the pages of a site stand: by the way from page to page, and on the web where conf.py names its address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from sphinx.config import Config

from fleuron.config import languages_of, site_address
from fleuron.editions.edition_names import current_edition


@dataclass(frozen=True)
class Addresses:
    """The addresses of an edition's pages; ``base`` is empty, or the site's own and ends with a slash."""

    base: str
    language: str

    def page(self, page: str, language: str = "") -> str:
        """Return a page's address on the web, or nothing where the site has none."""
        return f"{self.base}{language or self.language}/{quote(page)}.html" if self.base else ""

    def way(self, here: str, page: str, language: str) -> str:
        """Return the way from a page of this edition to one of another."""
        return f"{'../' * (here.count('/') + 1)}{language}/{quote(page)}.html"

    def file(self, here: str, path: str) -> str:
        """Return the address of a file of this edition: on the web, or by the way from a page."""
        return f"{self.base}{self.language}/{quote(path)}" if self.base else "../" * here.count("/") + quote(path)

    def best(self, here: str, page: str, language: str) -> str:
        """Return a page's address on the web, or the way to it."""
        return self.page(page, language) or self.way(here, page, language)


def ways_of(config: Config) -> Addresses:
    """Return the addresses for what readers follow, which lead from page to page on a disk as well."""
    return Addresses("", current_edition(config).language)


def addresses_of(config: Config) -> Addresses:
    """Return the addresses for what catalogues read."""
    return Addresses(site_address(config), current_edition(config).language)


def default_language(config: Config) -> str:
    """Return the language for a reader whose own there is not: that of the source."""
    return languages_of(config)[0]
