"""Make the colophon: the editions, files with their checksums, typefaces and programs of a publication."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError
from typing import Any
from urllib.parse import quote

from babel.numbers import format_percent
from sphinx.config import Config

from fleuron.content.downloads import DOWNLOADS, DownloadFile, format_size
from fleuron.content.edition_context import EditionContext
from fleuron.content.work_records import DOWNLOAD_MEDIA_TYPES, editors_of
from fleuron.editions.interface_words import interface_words
from fleuron.editions.translation_progress import total_progress
from fleuron.extras import installed_version
from fleuron.manuscript.records import printed_progress, publication_records
from fleuron.publication.edition import Edition

COLOPHON = "colophon"
COLOPHON_TEMPLATE = "colophon.html"
# The programs that make the site and the books: the name of the package, and that of the program.
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
class FileEntry:
    """A download; ``checksum`` is its SHA-256 (FIPS 180-4) in hexadecimal digits."""

    name: str
    address: str
    media_type: str
    size: str
    checksum: str


@dataclass(frozen=True)
class EditionState:
    """An edition, and the percentage of the publication that is translated into it, as the reader writes it."""

    edition: Edition
    share: str


@dataclass(frozen=True)
class Tool:
    """A program and its version."""

    name: str
    version: str


def file_entry(file: DownloadFile, edition: Edition) -> FileEntry:
    """Make the entry of a download."""
    checksum = hashlib.sha256(file.path.read_bytes()).hexdigest()
    address, media_type = f"{DOWNLOADS}/{quote(file.name)}", DOWNLOAD_MEDIA_TYPES[file.path.suffix]
    return FileEntry(file.name, address, media_type, format_size(file.size, edition.locale), checksum)


def edition_states(context: EditionContext) -> list[EditionState]:
    """List the publication's languages, the source's first, which has all of it."""
    source, env = context.languages[0], context.env
    counted = {**publication_records(env).progress, context.edition.language: printed_progress(env)}
    shares = {language: total_progress(texts.values()).share for language, texts in counted.items()} | {source: 1.0}
    locale = context.edition.locale
    # Rounded down, so that no edition is called complete before it is.
    return [
        EditionState(Edition(language), format_percent(int(shares[language] * 100) / 100, locale=locale))
        for language in context.languages
    ]


def tools() -> Iterator[Tool]:
    """Yield the programs; one that a site can be built without may not be installed."""
    for package, name in TOOLS.items():
        try:
            yield Tool(name, installed_version(package))
        except PackageNotFoundError:
            continue
    yield Tool("Python", platform.python_version())


def stated_version(config: Config) -> str:
    """Return the version of the publication."""
    return str(config.release or config.version)


def colophon_page(context: EditionContext, typefaces: Sequence[str]) -> tuple[str, dict[str, Any], str]:
    """Return the page as Sphinx takes it: the name, the template's context, and the template.

    ``typefaces`` are those of the pages, which are written before.
    """
    config, edition = context.config, context.edition
    word = interface_words(edition.language)
    parts = (word("Editions"), word("Typefaces"), word("Files"), word("Tools"))
    return (
        COLOPHON,
        {
            "title": word("Colophon"),
            "description": " · ".join((context.publication_title, stated_version(config), *parts)),
            "version": stated_version(config),
            "editors": [editor.name for editor in editors_of(context)],
            "editions": edition_states(context),
            "files": [file_entry(file, edition) for file in context.offered.files],
            "typefaces": list(typefaces),
            "tools": list(tools()),
        },
        COLOPHON_TEMPLATE,
    )
