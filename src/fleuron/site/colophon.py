"""The colophon: how a publication was made, of what, and how to tell that its files are whole."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, cast
from urllib.parse import quote

from babel.numbers import format_percent
from sphinx.application import Sphinx
from sphinx.config import Config

from fleuron.config import languages_of, typefaces_of
from fleuron.content.downloads import DOWNLOADS, Offer, worded_size
from fleuron.content.work_records import BOOK_TYPES
from fleuron.editions.edition_names import current_edition
from fleuron.editions.interface_words import words
from fleuron.editions.progress import progress
from fleuron.publication.edition import Edition

COLOPHON = "colophon"
COLOPHON_TEMPLATE = "colophon.html"
# What has a hand in the pages and books, by the names of their packages and their own.
TOOLS = {
    "fleuron": "Fleuron",
    "sphinx": "Sphinx",
    "docutils": "docutils",
    "myst-parser": "MyST-Parser",
    "sphinxcontrib-bibtex": "sphinxcontrib-bibtex",
    "babel": "Babel",
    "lxml": "lxml",
    "fonttools": "fontTools",
    "weasyprint": "WeasyPrint",
}


@dataclass(frozen=True)
class File:
    """A file to take home; ``checksum`` is its SHA-256 (FIPS 180-4) in hexadecimal digits."""

    name: str
    address: str
    media_type: str
    size: str
    checksum: str


@dataclass(frozen=True)
class State:
    """An edition, and the part of the publication that it has translated, in the reader's language."""

    edition: Edition
    share: str


@dataclass(frozen=True)
class Tool:
    """A program that had a hand in it."""

    name: str
    version: str


def file_of(offer: Offer, edition: Edition) -> File:
    checksum = hashlib.sha256(offer.path.read_bytes()).hexdigest()
    address = f"{DOWNLOADS}/{quote(offer.name)}"
    return File(offer.name, address, BOOK_TYPES[offer.path.suffix], worded_size(offer.size, edition.locale), checksum)


def states(app: Sphinx, edition: Edition) -> list[State]:
    """List the publication's languages, the source's first, which has all of it."""
    languages = languages_of(app.config)
    counted = progress(app.srcdir, app.config.locale_dirs, languages[1:])
    shares = {languages[0]: 1.0} | {language: each.share for language, each in counted.items()}
    # Rounded down, so that no edition is said to be complete before it is.
    whole = {language: int(share * 100) / 100 for language, share in shares.items()}
    return [State(Edition(each), format_percent(whole[each], locale=edition.locale)) for each in languages]


def tools() -> Iterator[Tool]:
    """List the programs; one that a site can be built without may not be there."""
    for package, name in TOOLS.items():
        try:
            yield Tool(name, version(package))
        except PackageNotFoundError:
            continue
    yield Tool("Python", platform.python_version())


def stated_version(config: Config) -> str:
    return str(config.release or config.version)


def page(app: Sphinx) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Give Sphinx the colophon to write."""
    builder = cast(Any, app.builder)
    if builder.name != "html" or not builder.prints(COLOPHON_TEMPLATE):
        return
    edition = current_edition(app.config)
    word, publication = words(edition.language), app.env.titles[app.config.root_doc].astext()
    parts = (word("Editions"), word("Typefaces"), word("Files"), word("Tools"))
    facts = {
        "title": word("Colophon"),
        "description": " · ".join((publication, stated_version(app.config), *parts)),
        "version": stated_version(app.config),
        "editions": states(app, edition),
        "files": [file_of(offer, edition) for offer in builder.all_offers()],
        "typefaces": list(dict.fromkeys(typefaces_of(app.config).values())),
        "tools": list(tools()),
    }
    yield COLOPHON, facts, COLOPHON_TEMPLATE


def setup(app: Sphinx) -> None:
    app.connect("html-collect-pages", page)
