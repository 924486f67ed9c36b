"""An article as other pages show it: its title, subtitle, authors and date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx.environment import BuildEnvironment

from fleuron.editions.edition_names import current_edition
from fleuron.manuscript.records import publication_records
from fleuron.publication.document_names import contributor_document

if TYPE_CHECKING:
    from fleuron.site.builder import SiteBuilder


@dataclass(frozen=True)
class Card:
    """What a list says of an article; ``title`` is HTML, the others are plain text."""

    title: str
    address: str
    subtitle: str
    authors: str
    date: str


def names_of(env: BuildEnvironment, authors: Iterable[str]) -> list[str]:
    """List the names of contributors as the edition prints them."""
    titles = [(name, env.titles.get(contributor_document(name))) for name in authors]
    return [name if title is None else title.astext() for name, title in titles]


def facts_of(env: BuildEnvironment, document: str) -> tuple[str, ...]:
    """List what a card says of a document, to see whether it has changed."""
    article = publication_records(env).articles.get(document)
    title = env.titles[document].astext() if document in env.titles else ""
    if article is None:
        return (document, title)
    subtitle = publication_records(env).article_texts[document].subtitle
    return (document, title, subtitle, str(article.date or ""), *names_of(env, article.authors))


def card(builder: SiteBuilder, here: str, document: str) -> Card:
    """Make the card of an article for a page."""
    env, records = builder.env, publication_records(builder.env)
    article = records.articles[document]
    return Card(
        title=builder.title_as_html(document),
        address=builder.get_relative_uri(here, document),
        subtitle=records.article_texts[document].subtitle,
        authors=", ".join(names_of(env, article.authors)),
        date=current_edition(builder.config).date(article.date) if article.date else "",
    )


def newest_first(env: BuildEnvironment, documents: Iterable[str]) -> list[str]:
    """Sort articles by date, the newest first; those without a date come last, equal ones by name."""
    articles = publication_records(env).articles
    by_name = sorted(documents)
    return sorted(by_name, key=lambda name: str(articles[name].date or ""), reverse=True)
