"""Make the addresses of pages and files: on the web where conf.py sets html_baseurl, or relative to a page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from sphinx.config import Config

from fleuron.config import site_address
from fleuron.editions.edition_names import current_edition


@dataclass(frozen=True)
class Addresses:
    """The addresses of an edition's pages; ``base`` is empty, or the address of the site and ends with a slash."""

    base: str
    language: str

    def page(self, page: str, language: str = "") -> str:
        """Return a page's address on the web, or an empty string where the site has none."""
        return f"{self.base}{language or self.language}/{quote(page)}.html" if self.base else ""

    def relative_page(self, here: str, page: str, language: str) -> str:
        """Return the address of a page of this or another edition, relative to the page ``here`` of this one."""
        if language == self.language:  # the folder of a build without the Makefile has another name
            return f"{'../' * here.count('/')}{quote(page)}.html"
        return f"{'../' * (here.count('/') + 1)}{language}/{quote(page)}.html"

    def parallel_page(self, here: str, page: str, translation: str, source: str) -> str:
        """Return the address of an article in two languages, relative to the page ``here`` of this edition."""
        return f"{'../' * (here.count('/') + 1)}{parallel_folder(translation, source)}/{quote(page)}.html"

    def file(self, here: str, path: str) -> str:
        """Return the address of a file of this edition: on the web, or relative to the page ``here``."""
        return f"{self.base}{self.language}/{quote(path)}" if self.base else "../" * here.count("/") + quote(path)

    def page_or_relative(self, here: str, page: str, language: str) -> str:
        """Return a page's address on the web, or relative to the page ``here`` where the site has none."""
        return self.page(page, language) or self.relative_page(here, page, language)


def relative_addresses_of(config: Config) -> Addresses:
    """Return the addresses that readers follow, which work on a disk as well."""
    return Addresses("", current_edition(config).language)


def addresses_of(config: Config) -> Addresses:
    """Return the addresses that metadata names."""
    return Addresses(site_address(config), current_edition(config).language)


def parallel_folder(translation: str, source: str) -> str:
    """Return the folder of a site's pages with articles in two languages side by side, which is not a language tag."""
    return f"{translation}_{source}"
