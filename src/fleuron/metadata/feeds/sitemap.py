"""Write the sitemap (sitemaps.org, 0.9) and robots.txt (RFC 9309)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from fleuron.metadata.identifiers import absolute_address
from fleuron.metadata.xml import add_element, xml_bytes

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
DEFAULT = "x-default"


@dataclass(frozen=True)
class SitemapPage:
    """A page of the site.

    ``alternates`` are the addresses of the page in each edition, itself included, by language, and under
    ``x-default`` the one for all other languages.
    """

    address: str
    lastmod: datetime.date | None = None
    alternates: Mapping[str, str] = field(default_factory=dict)


def sitemap(pages: Sequence[SitemapPage]) -> bytes:
    """Write the sitemap, in the order of addresses; a page without an absolute address is left out."""
    root = etree.Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP, "xhtml": XHTML})  # type: ignore[dict-item]  # lxml-stubs 0.5 knows no default
    by_address = {page.address: page for page in pages if absolute_address(page.address)}
    for address, page in sorted(by_address.items()):
        element = add_element(root, "url")
        add_element(element, "loc", address)
        if page.lastmod:
            add_element(element, "lastmod", page.lastmod.isoformat())
        for language, other in sorted(page.alternates.items(), key=lambda pair: (pair[0] == DEFAULT, pair[0])):
            if absolute_address(other):
                etree.SubElement(element, f"{{{XHTML}}}link", rel="alternate", hreflang=language, href=other)
    return xml_bytes(root)


def robots(sitemap_address: str) -> str:
    """Write a robots.txt that allows everything, and names the sitemap if it has an absolute address."""
    rules = "User-agent: *\nDisallow:\n"
    return f"{rules}\nSitemap: {sitemap_address}\n" if absolute_address(sitemap_address) else rules
