"""Collect the entries of indexes that records have: the authors and keywords of articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sphinx.environment import BuildEnvironment

from fleuron.content.books.indexes import IndexEntry, filing_name
from fleuron.content.work_records import author_names
from fleuron.manuscript.records import publication_records
from fleuron.metadata.work import person
from fleuron.publication.document_names import contributor_document, volume_anchor


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
