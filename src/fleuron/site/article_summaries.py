"""Summarize an article for the pages that list it: its title, subtitle, authors, date and abstract."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sphinx.environment import BuildEnvironment

from fleuron.content.edition_context import EditionContext
from fleuron.content.work_records import author_names
from fleuron.manuscript.records import publication_records
from fleuron.publication.document_names import contributor_document


@dataclass(frozen=True)
class ArticleSummary:
    """What a list says of an article; ``title`` is HTML, the others are plain text.

    ``names`` are those of the authors, and ``authors`` is the same as one text. ``abstract_language`` is that of the
    abstract, or "" if it is the edition's.
    """

    title: str
    address: str
    subtitle: str
    subtitle_language: str
    authors: str
    date: str
    names: tuple[str, ...] = ()
    abstract: str = ""
    abstract_language: str = ""


@dataclass(frozen=True)
class ArticleSummaries:
    """Makes the summaries of an edition's articles.

    ``title_as_html`` returns the title of a document; ``relative_uri`` the address of its second argument,
    relative to its first; ``sources`` keeps what `source_of` has returned.
    """

    context: EditionContext
    title_as_html: Callable[[str], str]
    relative_uri: Callable[[str, str], str]
    sources: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    def of(self, document: str, here: str) -> ArticleSummary:
        """Return the summary of an article as the page ``here`` lists it."""
        env, records = self.context.env, publication_records(self.context.env)
        article, texts = records.articles[document], records.article_texts[document]
        names = author_names(env, article.authors)
        return ArticleSummary(
            title=self.title_as_html(document),
            address=self.relative_uri(here, document),
            subtitle=texts.subtitle,
            subtitle_language=texts.subtitle_language,
            authors=self.context.edition.comma.join(names),
            date=self.context.edition.date(article.date) if article.date else "",
            names=tuple(names),
            abstract=" ".join(texts.abstract),
            abstract_language=texts.abstract_language,
        )

    def source_of(self, document: str) -> tuple[str, ...]:
        """Return what the summary of an article is made from, its title with the markup."""
        if document not in self.sources:
            env = self.context.env
            self.sources[document] = (env.titles[document].pformat(), *summary_texts(env, document))
        return self.sources[document]


def summary_texts(env: BuildEnvironment, document: str) -> tuple[str, ...]:
    """List the texts of a document's summary, to find out whether they have changed."""
    article = publication_records(env).articles.get(document)
    title = env.titles[document].astext() if document in env.titles else ""
    if article is None:
        return (document, title)
    texts = publication_records(env).article_texts[document]
    return (
        document,
        title,
        texts.subtitle,
        *texts.abstract,
        str(article.date or ""),
        *author_names(env, article.authors),
    )


def newest_first(env: BuildEnvironment, documents: Iterable[str]) -> list[str]:
    """Sort articles by date, the newest first; those without a date come last, those of one date by name."""
    articles = publication_records(env).articles
    return sorted(sorted(documents), key=lambda name: str(articles[name].date or ""), reverse=True)


def signed_articles(env: BuildEnvironment) -> dict[str, list[str]]:
    """List the articles that each contributor has signed, the newest first, by the contributor's document."""
    signed: dict[str, list[str]] = {}
    for document, article in publication_records(env).articles.items():
        for author in () if article.withdrawn else dict.fromkeys(article.authors):
            signed.setdefault(contributor_document(author), []).append(document)
    return {contributor: newest_first(env, documents) for contributor, documents in signed.items()}
