"""Tell articles and contributors' pages by their document names, and name things after documents and titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

ARTICLE_FOLDER = "articles/"
CONTRIBUTOR_FOLDER = "authors/"
PAGE_FOLDER = "pages/"
# The folder of printers' files in that of PDFs: they are neither offered to readers nor archived.
PRINT_FOLDER = "print/"

# Latin letters that Unicode does not decompose into a base letter and a mark, and what stands for them in ASCII.
UNDECOMPOSED = (("ı", "i"), ("ø", "o"), ("ł", "l"), ("đ", "d"), ("ß", "ss"), ("æ", "ae"), ("œ", "oe"))


def is_article(document: str) -> bool:
    return document.startswith(ARTICLE_FOLDER)


def is_contributor(document: str) -> bool:
    return document.startswith(CONTRIBUTOR_FOLDER)


def has_contributors(source: Path) -> bool:
    """Return whether a project has contributors, and so is a publication."""
    return any((source / CONTRIBUTOR_FOLDER).glob("*.*"))


def is_in_page_folder(document: str) -> bool:
    return document.startswith(PAGE_FOLDER)


def article_document(name: str) -> str:
    """Return the document of an article: ``articles/paper`` for ``paper``."""
    return ARTICLE_FOLDER + name


def article_name(document: str) -> str:
    """Return an article's path below articles/, ``2026-1/editorial``; another document's name as it is."""
    return document.removeprefix(ARTICLE_FOLDER)


def articles_named(wanted: str, names: Iterable[str]) -> list[str]:
    """Return the articles, of those with these paths below articles/, that a user may mean by a name.

    That is the one with the path ``wanted``, or else each whose path ends with it: ``editorial`` for
    ``2026-1/editorial``.
    """
    wanted = wanted.removeprefix(ARTICLE_FOLDER).removesuffix(".md")
    known = sorted(names)
    return [wanted] if wanted in known else [name for name in known if name.endswith(f"/{wanted}")]


def printer_file_name(book: str, language: str) -> str:
    """Return the path of a book's printer's file below the folder of PDFs: ``print/en/review-en-print.pdf``."""
    return f"{PRINT_FOLDER}{language}/{book.rpartition('/')[2].removesuffix('.pdf')}-print.pdf"


def contributor_document(name: str) -> str:
    """Return the document of a contributor: ``authors/ada`` for ``ada``, as an article names its author."""
    return CONTRIBUTOR_FOLDER + name


def contributor_name(document: str) -> str:
    """Return a contributor's document without its folder; another document's name as it is."""
    return document.removeprefix(CONTRIBUTOR_FOLDER)


def volume_anchor(document: str) -> str:
    """Return the id of a document in a volume, which differs from that of any heading in it and any other document."""
    return f"d-{document}"


def slug(title: str) -> str:
    """Return a file name made from a title: small Latin letters, digits and hyphens."""
    letters = unicodedata.normalize(
        "NFKD", title.lower().translate({ord(letter): plain for letter, plain in UNDECOMPOSED})
    )
    base_letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", base_letters).strip("-") or "publication"
