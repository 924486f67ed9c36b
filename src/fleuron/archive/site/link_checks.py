"""The links of a site, followed on the disk: each file that a page names must be there, and each place in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from fleuron.archive.site.page_templates import LIST, VERSIONS

# What names a file or a place; lists of pictures for several widths are not used.
ATTRIBUTES = ("href", "src")


def faults_of_links(site: Path) -> tuple[list[dict[str, str]], int, int]:
    """Return the links of a site that lead nowhere, and how many lead within it and elsewhere."""
    site, faults, within, elsewhere = site.resolve(), [], 0, 0
    for page in sorted(site.rglob("*.html")):
        for address in addresses_of(page):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or page == site / VERSIONS / LIST:  # which leads to the site it will be on
                elsewhere += 1
            else:
                within += 1
                if problem := problem_of(site, page, unquote(parts.path), unquote(parts.fragment)):
                    faults.append({"file": page.relative_to(site).as_posix(), "address": address, "problem": problem})
    places_of.cache_clear()
    return faults, within, elsewhere


def addresses_of(page: Path) -> list[str]:
    root = html.parse(str(page)).getroot()
    return [value for element in root.iter(etree.Element) for name in ATTRIBUTES if (value := element.get(name))]


def problem_of(site: Path, page: Path, path: str, place: str) -> str:
    """Say what is wrong with a link; nothing where it leads to what is there."""
    target = (page.parent / path).resolve() if path else page
    if not target.is_relative_to(site):
        return "it leads out of the site"
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return "there is no such file"
    return "there is no such place" if place and target.suffix == ".html" and place not in places_of(target) else ""


@cache
def places_of(page: Path) -> frozenset[str]:
    """List the places of a page that can be led to."""
    root = html.parse(str(page)).getroot()
    return frozenset(str(value) for value in root.xpath("//@id | //a/@name"))
