"""What is in an EPUB, and what epubcheck and Ace say of it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any, cast

from lxml import etree

from fleuron.archive.validation.epub_validators import ace, epubcheck

NAMES = {
    "h": "http://www.w3.org/1999/xhtml",
    "e": "http://www.idpf.org/2007/ops",
    "o": "http://www.idpf.org/2007/opf",
    "d": "http://purl.org/dc/elements/1.1/",
}
# “Use of Font-face declaration”: it counts every line of every rule, and finds nothing wrong with any.
COUNTED = "CSS-028"


def messages(book: Path) -> list[tuple[str, str, str]]:
    """Return what epubcheck says of a book, of any severity, usages included: an id, a place and the message."""
    told = epubcheck(book)
    assert str(told["validator"]).startswith("epubcheck 5.3")
    return [(each["id"], str(each["places"][:1]), each["message"]) for each in told["messages"]]


def parts(book: Path) -> list[str]:
    """List the names of the files in a book, in order."""
    with zipfile.ZipFile(book) as archive:
        return archive.namelist()


def part(book: Path, name: str) -> etree._Element:
    """Parse a file of a book."""
    with zipfile.ZipFile(book) as archive:
        return etree.fromstring(archive.read(name))


def find(element: etree._Element, query: str) -> list[Any]:
    """Find what an XPath names, with the prefixes above."""
    return cast("list[Any]", element.xpath(query, namespaces=NAMES))


def violations(book: Path) -> list[dict[str, str]]:
    """Return what Ace by DAISY finds in a book, of any impact."""
    told = ace(book)
    found: list[dict[str, str]] = told["violations"]
    assert (told["outcome"] == "pass") == (not found)
    return found
