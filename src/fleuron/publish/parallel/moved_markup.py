"""Move the HTML of an article to a page of another folder, where it stands beside that of another edition."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from copy import deepcopy
from urllib.parse import urlsplit

from lxml import html

from fleuron.publish.parallel.paired_blocks import is_left_out
from fleuron.site.site_translator import PASSAGE_ATTRIBUTE

ADDRESSES = ("href", "src", "data", "poster")
# The attributes that name elements by their ids, and groups of choices, which must differ on one page.
NAMES = ("id", "for", "aria-labelledby", "aria-describedby", "aria-controls", "name")
# The styles by which a page places its notes beside their calls.
PLACEMENT = re.compile(r"--call|anchor-name|--note")


def moved(blocks: Iterable[html.HtmlElement], page: str, language: str, *, up: str) -> str:
    """Return blocks of a page of an edition as HTML for a page beside the editions.

    ``page`` is the name of the page in the folder of its ``language``; ``up`` leads to the folder of all editions. A
    call of a note leads to the note on the article's own page, and so do all links within the article.
    """
    folder = posixpath.join(language, posixpath.dirname(page))

    def address(value: str) -> str:
        if value.startswith("#"):
            return f"{up}{language}/{page}.html{value}"
        parts = urlsplit(value)
        if parts.scheme or parts.netloc or not parts.path or value.startswith("/"):
            return value
        return up + posixpath.normpath(posixpath.join(folder, parts.path)) + value[len(parts.path) :]

    return "\n".join(markup_of(block, address, language) for block in blocks)


def markup_of(block: html.HtmlElement, address: Callable[[str], str], language: str) -> str:
    """Return the HTML of a block with other addresses, and with names that the other edition does not have."""
    copy = deepcopy(block)
    copy.tail = None
    for element in [each for each in copy.iterdescendants() if is_left_out(each)]:
        element.drop_tree()
    for element in copy.iter():
        element.attrib.pop(PASSAGE_ATTRIBUTE, None)
        if PLACEMENT.search(str(element.get("style") or "")):
            del element.attrib["style"]
        for name in ADDRESSES:
            if value := element.get(name):
                element.set(name, address(value))
        for name in NAMES:
            if value := element.get(name):
                element.set(name, " ".join(f"{language}-{each}" for each in value.split()))
    return str(html.tostring(copy, encoding="unicode"))
