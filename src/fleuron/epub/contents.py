"""Make the points of a book's navigation from the contents of the publication."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from sphinx.environment import BuildEnvironment

from fleuron.content.contents.table_of_contents import sections_of, table_of_contents
from fleuron.content.contents.title_languages import language_of_title
from fleuron.epub.navigation import NavigationPoint
from fleuron.manuscript.records import publication_records
from fleuron.publication.contents import ContentsEntry, all_entries


def entries_of_book(env: BuildEnvironment, article: str, issue: str = "") -> tuple[ContentsEntry, ...]:
    """Return the contents of a book: of one article or issue, else of the edition with its root document first.

    That has the title that it gives itself in its table of contents, or its own.
    """
    if article:
        return (replace(entry_of_document(env, article), entries=sections_of(env, article)),)
    if issue:
        return table_of_contents(env, issue)
    contents, root = table_of_contents(env), env.config.root_doc
    named = (entry for entry in all_entries(contents) if entry.document == root)
    return (next(named, entry_of_document(env, root)), *without_document(contents, root))


def entry_of_document(env: BuildEnvironment, document: str) -> ContentsEntry:
    """Return the entry of a document by its own title, without those below it."""
    title = env.titles[document]
    return ContentsEntry(title.astext(), document, language=language_of_title(title))


def unlisted_pages(env: BuildEnvironment) -> set[str]:
    """Return the pages that are not articles and that no table of contents lists: the site alone has them."""
    listed = {entry.document for entry in all_entries(table_of_contents(env))}
    return set(publication_records(env).pages) - listed


def without_document(entries: Iterable[ContentsEntry], document: str) -> tuple[ContentsEntry, ...]:
    """Return entries without those of a document."""
    kept = (entry for entry in entries if entry.document != document)
    return tuple(replace(entry, entries=without_document(entry.entries, document)) for entry in kept)


def points_of(
    entries: Iterable[ContentsEntry], address_of: Callable[[str], str], depth: int, level: int = 1
) -> Iterator[NavigationPoint]:
    """Yield the points of entries, those of sections down to a depth; an address on the web has none (EPUB 3.3, 7.4.1).

    Parts do not count as a level.
    """
    for entry in entries:
        below = tuple(points_of(entry.entries, address_of, depth, level if entry.is_part else level + 1))
        if entry.is_part:
            if below:
                yield NavigationPoint(entry.numbered_title, "", below, entry.language)
        elif entry.document and (level <= depth or not entry.is_section):
            anchor = f"#{entry.anchor.replace(':', '-')}" if entry.anchor else ""
            address = address_of(entry.document) + anchor
            yield NavigationPoint(entry.numbered_title, address, below, entry.language)
