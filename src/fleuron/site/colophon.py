"""Make the colophon: the editions, files with their checksums, typefaces and programs of a publication."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError
from typing import Any
from urllib.parse import quote

from sphinx.config import Config

from fleuron.content.downloads import DownloadFile, format_size
from fleuron.content.edition_context import EditionContext
from fleuron.content.work_records import DOWNLOAD_MEDIA_TYPES, editors_of
from fleuron.editions.interface_words import interface_words
from fleuron.editions.translation_progress import TranslationProgress, total_progress
from fleuron.extras import installed_version
from fleuron.manuscript.records import printed_progress, publication_records
from fleuron.publication.document_names import is_article
from fleuron.publication.edition import Edition
from fleuron.publication.reading_order import reading_order

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
class TranslatedShare:
    """How much of a text is translated, as the reader writes it: the part, and the words that are left.

    ``done`` and ``stale`` are the lengths of the parts of a bar, of a hundred; ``title`` is HTML, ``page_language`` is
    that of the page at ``address`` if this edition has none.
    """

    share: str
    to_revise: str
    untranslated: str
    done: int
    stale: int
    is_complete: bool
    title: str = ""
    address: str = ""
    page_language: str = ""
    edition: Edition | None = None


@dataclass(frozen=True)
class Tool:
    """A program and its version."""

    name: str
    version: str


def file_entry(file: DownloadFile, edition: Edition) -> FileEntry:
    """Make the entry of a download."""
    checksum = hashlib.sha256(file.path.read_bytes()).hexdigest()
    address, media_type = quote(file.name), DOWNLOAD_MEDIA_TYPES[file.path.suffix]
    return FileEntry(file.name, address, media_type, format_size(file.size, edition), checksum)


def translated_share(progress: TranslationProgress, reader: Edition) -> TranslatedShare:
    """Return how much is translated, rounded down, so that nothing is called complete before it is."""
    done, words = int(progress.share * 100), progress.words or 1
    return TranslatedShare(
        share=reader.percentage(done / 100),
        to_revise=reader.number(progress.stale),
        untranslated=reader.number(progress.missing),
        done=done,
        stale=min(-(-100 * progress.stale // words), 100 - done),
        is_complete=not progress.left,
    )


def edition_shares(context: EditionContext) -> list[TranslatedShare]:
    """List the publication's languages, the source's first, which has all of it."""
    env, reader = context.env, context.edition
    counted = {**publication_records(env).progress, context.edition.language: printed_progress(env)}
    totals = {language: total_progress(texts.values()) for language, texts in counted.items()}
    totals[context.languages[0]] = TranslationProgress()
    return [
        replace(translated_share(totals[language], reader), edition=Edition(language)) for language in context.languages
    ]


def article_shares(
    context: EditionContext, title_as_html: Callable[[str], str], address_of: Callable[[str, str], str]
) -> list[TranslatedShare]:
    """List the articles, if not all of this edition is translated.

    ``address_of`` returns the address of its second argument, relative to its first.
    """
    env = context.env
    progress = {name: each for name, each in printed_progress(env).items() if is_article(name)}
    if context.edition.language == context.languages[0] or not any(each.left for each in progress.values()):
        return []
    order = [name for name in reading_order(context.config.root_doc, env.toctree_includes) if name in progress]
    return [
        replace(
            translated_share(progress[name], context.edition),
            title=title_as_html(name),
            address=address_of(COLOPHON, name),
            page_language=context.languages[0] if name in publication_records(env).withheld else "",
        )
        for name in dict.fromkeys([*order, *sorted(progress)])
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


def colophon_page(
    context: EditionContext, typefaces: Sequence[str], articles: Sequence[TranslatedShare] = ()
) -> tuple[str, dict[str, Any], str]:
    """Return the page as Sphinx takes it: the name, the template's context, and the template.

    ``typefaces`` are those of the pages, which are written before; ``articles`` say how much of each is translated.
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
            "editions": edition_shares(context),
            "articles": list(articles),
            "files": [file_entry(file, edition) for file in context.offered.files],
            "typefaces": list(typefaces),
            "tools": list(tools()),
        },
        COLOPHON_TEMPLATE,
    )
