"""Collect the entries of the indexes from documents: cited authors, marked terms, article authors and keywords."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from fleuron.content.work_records import author_names
from fleuron.manuscript.records import publication_records
from fleuron.metadata.work import person
from fleuron.paged.sheets.fragments import pagenote
from fleuron.paged.sheets.indexes import IndexEntry, filing_name, marked_entries, names_of
from fleuron.publication.document_names import contributor_document, volume_anchor


def cited_names(doctree: nodes.document, items: Mapping[str, Mapping[str, Any]]) -> Iterator[IndexEntry]:
    """Yield the authors of the sources of each note, at its call; notes have been moved to their calls already."""
    for note in doctree.findall(pagenote):
        cited: list[str] = note.get("sources", [])
        for key in cited:
            for name, language in names_of(items.get(key, {})):
                yield IndexEntry(name, note["ids"][0], language=language)


def marked_terms(doctree: nodes.document, document: str) -> Iterator[IndexEntry]:
    """Yield what was marked with Sphinx's ``index``; the ids begin with the document's anchor already."""
    for place in doctree.findall(addnodes.index):
        entries: list[tuple[str, str, str, str, object]] = place["entries"]
        for kind, value, target, main, _key in entries:
            yield from marked_entries(kind, value, f"{volume_anchor(document)}--{target}", main)


def article_authors(env: BuildEnvironment, documents: Iterable[str], language: str) -> Iterator[IndexEntry]:
    """Yield each author of an article, at the article's beginning."""
    records = publication_records(env)
    for document in documents:
        article = records.articles.get(document)
        authors = article.authors if article else ()
        for author, name in zip(authors, author_names(env, authors), strict=True):
            is_organization = records.contributors[contributor_document(author)].organization
            filed_as = filing_name(name, language) if is_organization else person(name).inverted
            yield IndexEntry(filed_as, volume_anchor(document), main=True)


def article_keywords(env: BuildEnvironment, documents: Iterable[str]) -> Iterator[IndexEntry]:
    """Yield each keyword of an article, in the edition's language, at the article's beginning."""
    texts = publication_records(env).article_texts
    for document in documents:
        for keyword in texts[document].keywords if document in texts else ():
            yield IndexEntry(keyword, volume_anchor(document))
