"""Read a file of another program as the articles that it has, with what each must not lose."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anyascii import anyascii

from fleuron.importing.conversion.cites import CiteMarkup
from fleuron.importing.conversion.pandoc import ConversionError, find_pandoc
from fleuron.importing.converted_files import FORMATS, ConvertedFile, convert, convert_google_document
from fleuron.importing.document_words import document_text, embedded_objects
from fleuron.importing.google_documents import is_google_document, unpacked
from fleuron.importing.latex.article import convert_latex
from fleuron.importing.wordpress.article import convert_posts
from fleuron.importing.wordpress.export import is_export
from fleuron.publication.document_names import CONTRIBUTOR_FOLDER, slug
from fleuron.publish.settings import CommandError, PublicationSettings

MARKDOWN = (".md", ".markdown", ".txt")
LATEX = (".tex", ".latex")
# A zip of Google Docs, and an export of WordPress.
GOOGLE = (".zip",)
WORDPRESS = (".xml",)
NAME = re.compile(r"---\n.*?^name:[ \t]*(?P<name>.+?)[ \t]*$", re.DOTALL | re.MULTILINE)

Bibliography = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class ImportedDocument:
    """A text to import, and the name of its article.

    ``words`` is the text of the document, whose words the article must have; Markdown, which is not converted, has
    none. ``objects`` counts what is not read of it, such as formulas of LibreOffice.
    """

    name: str
    converted: ConvertedFile
    words: str = ""
    objects: int = 0


def read_documents(
    file: Path, folder: Path, settings: PublicationSettings, bibliography: Bibliography
) -> Iterator[ImportedDocument]:
    """Yield the texts of a file; their pictures are written to folders of their names in ``folder``."""
    kind, name = file.suffix.lower(), slug(anyascii(file.stem))
    if not file.is_file():
        raise CommandError(f"there is no file “{file}”")
    if kind in MARKDOWN:
        yield ImportedDocument(name, ConvertedFile(markdown_of(file)))
    elif kind in (*FORMATS, *LATEX, *GOOGLE, *WORDPRESS):
        try:
            if kind in WORDPRESS:
                yield from posts(file, folder, settings)
            else:
                yield converted_document(file, folder, name, settings, bibliography)
        except ConversionError as error:
            raise CommandError(f"“{file}”: {error}") from None
    else:
        known = ", ".join((*MARKDOWN, *FORMATS, *LATEX, *GOOGLE, *WORDPRESS))
        raise CommandError(f"“{file}” cannot be imported; these files can: {known}")


def markdown_of(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandError(f"“{file}” is not UTF-8; save it as UTF-8") from None


def converted_document(
    file: Path, folder: Path, name: str, settings: PublicationSettings, bibliography: Bibliography
) -> ImportedDocument:
    pandoc = pandoc_for(file)
    authors = contributors(settings.source / CONTRIBUTOR_FOLDER)
    in_text = bool(settings.option("fleuron_cite_style", ""))
    if file.suffix.lower() in LATEX:
        converted, words = convert_latex(pandoc, file, folder, name, authors, bibliography, in_text=in_text)
        return ImportedDocument(name, converted, words)
    page = unpacked(file, folder / "unpacked") if file.suffix.lower() in GOOGLE else file
    if page.suffix.lower() in (".html", ".htm") and is_google_document(page.read_bytes()):
        converted = convert_google_document(pandoc, page, folder, name, authors)
        return ImportedDocument(name, converted, document_text(page))
    if page != file:
        raise ConversionError("a zip is expected that Google Docs has exported as a web page")
    converted = convert(pandoc, file, folder, name, authors, CiteMarkup(in_text))
    return ImportedDocument(name, converted, document_text(file), embedded_objects(file))


def posts(file: Path, folder: Path, settings: PublicationSettings) -> Iterator[ImportedDocument]:
    """Yield the posts of an export of WordPress."""
    if not is_export(file):
        raise ConversionError("of XML files, only exports of WordPress can be imported")
    authors = contributors(settings.source / CONTRIBUTOR_FOLDER)
    for post in convert_posts(pandoc_for(file), file, folder, authors):
        yield ImportedDocument(post.name, post.article, post.words)


def pandoc_for(file: Path) -> str:
    """Return the path of pandoc; raise CommandError if it is missing."""
    pandoc = find_pandoc(os.environ)
    if pandoc is None:
        raise CommandError(
            f"“{file}” is converted by pandoc, which is missing: "
            'pip install "fleuron[import]", or install pandoc itself'
        )
    return pandoc


def contributors(folder: Path) -> dict[str, str]:
    """Return the files of contributors, without their ends, by the names in them."""
    found = {}
    for path in sorted(folder.glob("*.md")):
        front = NAME.match(path.read_text("utf-8-sig"))
        if front:
            found[front["name"].strip("\"'")] = path.stem
    return found
