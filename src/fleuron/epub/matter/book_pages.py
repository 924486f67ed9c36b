"""Collect what the front and back matter of a book shows, for its templates.

The title page and the imprint say the same as those of the PDF.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from docutils import nodes

from fleuron.content.article_citation import citation_node, volume_citation_node
from fleuron.content.books.back_sections import source_paragraphs
from fleuron.content.books.imprint import (
    Imprint,
    imprint_of,
    imprint_of_article,
    imprint_of_issue,
    licence_in_words,
    released_version,
)
from fleuron.content.edition_context import EditionContext
from fleuron.content.work_records import work_of
from fleuron.editions.interface_words import interface_words
from fleuron.epub.matter.names_index import names_of_book
from fleuron.epub.package_metadata import BookMetadata, release_identifier
from fleuron.manuscript.notices.issue_books import IssueBook
from fleuron.manuscript.records import publication_records
from fleuron.notes.cited_sources import compiled_style
from fleuron.publication.document_names import is_article
from fleuron.publication.licence import licence_of

# The pages, each with its template's name; the ones after the texts follow those before them.
FRONT = ("titlepage", "imprint")
BACK = ("sources", "names", "colophon")
# The terms by which landmarks name the pages.
TERMS = {**{name: name for name in ("titlepage", "imprint", "colophon")}, "sources": "bibliography", "names": "index"}
# What is a link in the lines of an imprint: an address without a scheme, or a DOI.
LINKED = re.compile(r"(?P<address>(?:https?://|creativecommons\.org/)[^\s,;)]*[^\s,;.)])|(?P<doi>10\.\d{4,9}/\S+)")


@dataclass(frozen=True)
class MatterContext:
    """What the front and back matter of a book is made from.

    ``documents`` are those of the book in reading order; ``article`` is the document of a book of one, else "";
    ``html_of`` writes a node as HTML; ``typefaces`` are those of its pages.
    """

    edition_context: EditionContext
    book: BookMetadata
    documents: Sequence[str]
    article: str
    issue: IssueBook | None
    html_of: Callable[[nodes.Element], str]
    typefaces: Sequence[str] = field(default_factory=tuple)

    @property
    def language(self) -> str:
        return self.edition_context.edition.language


def pages_of(context: MatterContext) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the pages, each by its name, with what its template shows; those without content are left out."""
    titles = titles_in(context.language)
    contents: dict[str, dict[str, Any]] = {
        "titlepage": {"imprint": imprint_of_book(context), "subtitle": subtitle_of(context)},
        "imprint": imprint_page(context),
        "sources": {"entries": sources_of(context)},
        "names": {"letters": [] if context.article else names_of_book(context.edition_context, context.documents)},
        "colophon": {"lines": colophon_lines(context)},
    }
    for name in (*FRONT, *BACK):
        page = contents[name]
        if all(page.values()) or name in ("titlepage", "imprint"):
            matter = "frontmatter" if name in FRONT else "backmatter"
            yield name, {"title": titles[name], "matter": matter, **page}


def titles_in(language: str) -> dict[str, str]:
    """Return the titles of the pages in a language, by name."""
    word = interface_words(language)
    return {
        "titlepage": word("Title page"),
        "imprint": word("Imprint"),
        "sources": word("Sources"),
        "names": word("Index of names"),
        "colophon": word("Colophon"),
    }


def imprint_of_book(context: MatterContext) -> Imprint:
    """Return the imprint of the volume, the issue or the article."""
    edition, style = context.edition_context, compiled_style(context.edition_context.env)
    if context.article:
        work = work_of(edition, context.article)
        return imprint_of_article(edition, work, context.html_of(citation_node(work, style)))
    if context.issue:
        return imprint_of_issue(edition, context.issue)
    return imprint_of(
        edition, context.documents, "", context.html_of(volume_citation_node(edition, context.documents, style))
    )


def subtitle_of(context: MatterContext) -> str:
    texts = publication_records(context.edition_context.env).article_texts
    return texts[context.article].subtitle if context.article in texts else ""


def imprint_page(context: MatterContext) -> dict[str, Any]:
    """Return the lines of the imprint; where the publication names no licence, it is that of all articles."""
    imprint, word = imprint_of_book(context), interface_words(context.language)
    lines = list(imprint.details)
    if not any(label == word("Licence") for label, _text in lines) and (licence := common_licence(context)):
        lines.append((word("Licence"), licence_in_words(licence, word)))
    return {
        "imprint": imprint,
        "details": [(label, linked(text)) for label, text in lines],
        "cite": word("Cite this article") if context.article else word("Cite this volume"),
    }


def common_licence(context: MatterContext) -> str:
    """Return the licence of the articles if they have the same."""
    articles = publication_records(context.edition_context.env).articles
    found = {articles[name].license for name in context.documents if name in articles}
    licence = found.pop() if len(found) == 1 else ""
    return licence if licence_of(licence) else ""


def linked(text: str) -> list[tuple[str, str]]:
    """Split a text into pieces, each with the address that it links to, or ""."""
    pieces: list[tuple[str, str]] = []
    end = 0
    for match in LINKED.finditer(text):
        pieces.append((text[end : match.start()], ""))
        address = match["address"] or f"doi.org/{match['doi']}"
        pieces.append((match[0], address if address.startswith("http") else f"https://{address}"))
        end = match.end()
    return [piece for piece in [*pieces, (text[end:], "")] if piece[0]]


def sources_of(context: MatterContext) -> list[str]:
    """Return the sources of a book of several articles as HTML; the notes of one alone have them in full."""
    edition = context.edition_context
    if context.article:
        return []
    articles = [name for name in context.documents if is_article(name)]
    entries = source_paragraphs(edition.env, articles, compiled_style(edition.env), context.language)
    return [context.html_of(entry) for entry in entries]


def colophon_lines(context: MatterContext) -> list[tuple[str, str]]:
    """Return what was made when and with what, each with its label; the day is that of the release or the texts."""
    word, book, edition = interface_words(context.language), context.book, context.edition_context.edition
    lines = [
        (word("Version"), released_version(context.edition_context.config)),
        (word("Last changed"), edition.date(book.modified.date())),
        (word("Identifier"), book.identifiers[0]),
        (word("Release"), release_identifier(book)),
        (word("Typefaces"), edition.comma.join(context.typefaces)),
        (word("Tools"), edition.comma.join(("Fleuron", "Sphinx", "MyST-Parser"))),
    ]
    return [(label, text) for label, text in lines if text]
