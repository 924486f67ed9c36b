"""The order in which a publication is read, and the names of what is made of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

ARTICLES = "articles/"
AUTHORS = "authors/"

# Letters that have no decomposition into a base letter and a mark.
UNDECOMPOSED = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})


def slug(title: str) -> str:
    """Make a file name of a title: small Latin letters, digits and hyphens."""
    letters = unicodedata.normalize("NFKD", title.lower().translate(UNDECOMPOSED))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "publication"


def reading_order(root: str, includes: Mapping[str, Sequence[str]]) -> list[str]:
    """List the documents as the tables of contents order them, each once, the root first."""
    order: dict[str, None] = {}

    def visit(document: str) -> None:
        if document not in order:
            order[document] = None
            for child in includes.get(document, ()):
                visit(child)

    visit(root)
    return list(order)


def volume_order(root: str, includes: Mapping[str, Sequence[str]]) -> list[str]:
    """List the documents of the volume: all in the tables of contents but the root and the pages of contributors."""
    return [name for name in reading_order(root, includes)[1:] if not is_contributor(name)]


def anchor(document: str) -> str:
    """Name a document in a volume: an id that no heading inside a document, and no other document, can have."""
    return f"d-{document}"


def is_article(document: str) -> bool:
    return document.startswith(ARTICLES)


def is_contributor(document: str) -> bool:
    return document.startswith(AUTHORS)
