"""What the page templates know beside Sphinx's own: editions, downloads, words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx

from fleuron.editions.naming import current_edition
from fleuron.editions.words import words
from fleuron.manuscript.register import register_of
from fleuron.publication.edition import Edition
from fleuron.publication.licence import licence_of
from fleuron.publication.order import ARTICLES
from fleuron.site.builder import SiteBuilder
from fleuron.site.shelf import DOWNLOADS, Offer

# What the reader takes home, in the words that the interface catalogues translate.
OFFER_WORDS = {
    "article": "This article as PDF",
    "volume": "The whole volume as PDF",
    "epub": "The whole volume as EPUB",
}


@dataclass(frozen=True)
class Link:
    """A link of a page to another edition of it."""

    edition: Edition
    address: str


@dataclass(frozen=True)
class Download:
    """A link of a page to a file on the shelf."""

    text: str
    size: str
    address: str


def other_editions(builder: SiteBuilder, page: str, here: Edition) -> list[Link]:
    """Link the same page in the other editions, beside this one under the site's root."""
    up = "../" * (page.count("/") + 1)
    others = [language for language in builder.editions_with(page) if language != here.language]
    return [Link(Edition(language), f"{up}{language}/{quote(page)}.html") for language in others]


def downloads(builder: SiteBuilder, page: str, edition: Edition) -> Iterator[Download]:
    """Link what the shelf offers of this page and of the volume."""
    offers: list[Offer] = builder.shelf.volume()
    if page.startswith(ARTICLES):
        offers = builder.shelf.article(page.removeprefix(ARTICLES)) + offers
    word, up = words(edition.language), "../" * page.count("/")
    for offer in offers:
        address = f"{up}{DOWNLOADS}/{quote(offer.name)}"
        yield Download(word(OFFER_WORDS[offer.kind]), offer.size_in(edition.locale), address)


def add_to_page(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Give a page's template what the press knows of it."""
    if not isinstance(app.builder, SiteBuilder):
        return
    edition = current_edition(app.config)
    context["edition"] = edition
    context["publication_title"] = app.env.titles[app.config.root_doc].astext()
    context["word"] = words(edition.language)
    context["other_editions"] = other_editions(app.builder, page, edition) if doctree else []
    context["downloads"] = list(downloads(app.builder, page, edition)) if doctree else []
    article = register_of(app.env).articles.get(page)
    context["licence"] = licence_of(article.license) if article else None


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_to_page)
