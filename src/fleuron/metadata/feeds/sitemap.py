"""What leads a search engine through the site: the sitemap (sitemaps.org, 0.9) and robots.txt (RFC 9309)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from fleuron.metadata.web_addresses import absolute
from fleuron.metadata.xml import add, written

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
DEFAULT = "x-default"


@dataclass(frozen=True)
class Place:
    """A page of the site.

    ``alternates`` are the addresses of the page in each edition, itself included, by language, and under
    ``x-default`` that for everybody else.
    """

    address: str
    lastmod: datetime.date | None = None
    alternates: Mapping[str, str] = field(default_factory=dict)


def sitemap(pages: Sequence[Place]) -> bytes:
    """Write the sitemap, in the order of addresses; a page without an absolute address is left out."""
    root = etree.Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP, "xhtml": XHTML})  # type: ignore[dict-item]  # lxml-stubs 0.5 knows no default
    places = {place.address: place for place in pages if absolute(place.address)}
    for address, place in sorted(places.items()):
        element = add(root, "url")
        add(element, "loc", address)
        if place.lastmod:
            add(element, "lastmod", place.lastmod.isoformat())
        for language, other in sorted(place.alternates.items(), key=lambda one: (one[0] == DEFAULT, one[0])):
            if absolute(other):
                etree.SubElement(element, f"{{{XHTML}}}link", rel="alternate", hreflang=language, href=other)
    return written(root)


def robots(sitemap_address: str) -> str:
    """Write a robots.txt that welcomes everybody, and names the sitemap where it has an absolute address."""
    welcome = "User-agent: *\nDisallow:\n"
    return f"{welcome}\nSitemap: {sitemap_address}\n" if absolute(sitemap_address) else welcome
