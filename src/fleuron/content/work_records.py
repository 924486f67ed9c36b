"""An article of an edition as the record that catalogues read, from what the press knows of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from fleuron.config import languages_of
from fleuron.content.addresses import Addresses, addresses_of
from fleuron.content.article_cards import names_of
from fleuron.content.downloads import DOWNLOADS, Downloads
from fleuron.editions.interface_words import words
from fleuron.manuscript.records import publication_records
from fleuron.metadata.citation_exports import MEDIA_TYPES
from fleuron.metadata.work import Copy, Person, Translation, Work, person
from fleuron.publication.document_names import article_name, contributor_document, is_article
from fleuron.publication.licence import licence_of


class Printer(Protocol):
    """What is asked of a builder, whichever it is."""

    env: BuildEnvironment
    config: Config
    downloads: Downloads

    def editions_with(self, page: str) -> list[str]: ...


# What the reader takes home, in the words that the interface catalogues translate.
OFFER_WORDS = {
    "article": "This article as PDF",
    "volume": "The whole volume as PDF",
    "epub": "The whole volume as EPUB",
}
BOOK_TYPES = {".pdf": "application/pdf", ".epub": "application/epub+zip"}
# The records of an article for those who cite it: the ending of the file, and what it is called.
RECORDS = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}


def offers_of(builder: Printer, page: str, addresses: Addresses) -> Iterator[Copy]:
    """List the downloads of a page and of the volume."""
    offers = builder.downloads.volume()
    if is_article(page):
        offers = builder.downloads.article(article_name(page)) + offers
    word = words(addresses.language)
    for offer in offers:
        address = addresses.file(page, f"{DOWNLOADS}/{offer.name}")
        yield Copy(
            BOOK_TYPES[offer.path.suffix], address, word(OFFER_WORDS[offer.kind]), offer.size, offer.kind != "article"
        )


def records_of(page: str, addresses: Addresses) -> Iterator[Copy]:
    """List the records of an article that lie beside its page."""
    for ending, name in RECORDS.items():
        yield Copy(MEDIA_TYPES[ending], addresses.file(page, f"{page}.{ending}"), name)


def signatories(builder: Printer, page: str, authors: tuple[str, ...]) -> Iterator[Person]:
    """List an article's authors."""
    env, addresses = builder.env, addresses_of(builder.config)
    for author, name in zip(authors, names_of(env, authors), strict=True):
        record = publication_records(env).contributors[contributor_document(author)]
        yield person(
            name,
            is_body=record.organization,
            orcid=record.orcid,
            affiliation=record.affiliation,
            address=addresses.best(page, contributor_document(author), addresses.language),
        )


def work_of(builder: Printer, page: str) -> Work:
    """Make the record of an article in the edition that is being built."""
    env, config, records = builder.env, builder.config, publication_records(builder.env)
    article, texts, addresses = records.articles[page], records.article_texts[page], addresses_of(config)
    others = [language for language in builder.editions_with(page) if language != addresses.language]
    return Work(
        name=article_name(page),
        language=addresses.language,
        title=env.titles[page].astext(),
        subtitle=texts.subtitle,
        abstract="\n".join(texts.abstract),
        authors=tuple(signatories(builder, page, article.authors)),
        date=article.date,
        keywords=texts.keywords,
        doi=article.doi,
        licence=licence_of(article.license),
        publication=env.titles[config.root_doc].astext(),
        publisher=config.author,
        publication_address=addresses.page(config.root_doc),
        address=addresses.page(page),
        copies=tuple(offers_of(builder, page, addresses)),
        records=tuple(records_of(page, addresses)),
        translations=tuple(Translation(each, addresses.best(page, page, each)) for each in others),
        original_language=languages_of(config)[0],
    )
