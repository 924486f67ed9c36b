"""What the page templates know beside Sphinx's own: editions, records, downloads, what is similar, words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from fleuron.content.addresses import addresses_of, default_language, ways_of
from fleuron.content.article_cards import Card, card
from fleuron.content.article_citation import citation_html
from fleuron.content.downloads import worded_size
from fleuron.content.work_records import offers_of, records_of, work_of
from fleuron.editions.edition_names import current_edition
from fleuron.editions.interface_words import words
from fleuron.manuscript.article_texts import plain_text
from fleuron.manuscript.records import publication_records
from fleuron.metadata.page_head.open_graph import DESCRIPTION_LENGTH
from fleuron.metadata.plain_text import shortened
from fleuron.metadata.work import Copy
from fleuron.publication.document_names import is_article, is_contributor
from fleuron.publication.edition import Edition
from fleuron.publication.licence import licence_of
from fleuron.site.builder import SiteBuilder
from fleuron.site.margin_notes import margin_is_full
from fleuron.site.page_dependencies import articles_by
from fleuron.site.page_head import head_of_article, head_of_page
from fleuron.site.similar.articles import similar_to

# Pages that are the same place in no other edition, or that no catalogue should list.
UNLISTED = frozenset({"search"})


@dataclass(frozen=True)
class Link:
    """A link of a page to another edition of it."""

    edition: Edition
    address: str


@dataclass(frozen=True)
class Download:
    """A link of a page to a download."""

    text: str
    size: str
    address: str
    media_type: str


def other_editions(builder: SiteBuilder, page: str, here: Edition) -> list[Link]:
    """Link the same page in the other editions, beside this one under the site's root."""
    others = [language for language in builder.editions_with(page) if language != here.language]
    addresses = addresses_of(builder.config)
    return [Link(Edition(language), addresses.way(page, page, language)) for language in others]


def alternates(builder: SiteBuilder, page: str) -> Iterator[tuple[str, str]]:
    """List the languages of a page, each with its address, and the one for all other readers last."""
    addresses, languages = addresses_of(builder.config), builder.editions_with(page)
    if page in UNLISTED:
        return
    for language in languages:
        yield language, addresses.best(page, page, language)
    default = default_language(builder.config)
    if page == builder.config.root_doc:  # above all editions stands the page that offers them
        yield "x-default", addresses.base or "../index.html"
    elif default in languages:
        yield "x-default", addresses.best(page, page, default)


def downloads(copies: Iterable[Copy], edition: Edition) -> list[Download]:
    return [
        Download(copy.title, worded_size(copy.size or 0, edition.locale), copy.address, copy.media_type)
        for copy in copies
    ]


def length(title: str) -> str:
    """Class a title by its length, that none fills a phone's first screen."""
    return "very-long" if len(title) > 140 else "long" if len(title) > 60 else ""


def summary_of(doctree: nodes.document) -> str:
    """Return the first paragraph of a page's text, below what front matter says."""
    texts = (each for each in doctree.findall(nodes.paragraph) if isinstance(each.parent, nodes.section))
    return next((plain_text(each) for each in texts if not each["classes"]), "")


def title_of(builder: SiteBuilder, page: str, context: Mapping[str, Any]) -> str:
    """Return a page's title in plain text."""
    if page in builder.env.titles:
        return builder.env.titles[page].astext()
    word = words(current_edition(builder.config).language)
    # A page of the publication's own may have none that is known before its template is read.
    return word("Search") if page == "search" else str(context.get("title", ""))


def of_article(builder: SiteBuilder, page: str, doctree: nodes.document) -> dict[str, Any]:
    """List what the template of an article knows beside that of any page."""
    work = work_of(builder, page)
    return {
        "head": head_of_article(work),
        "description": work.abstract or work.subtitle or summary_of(doctree) or work.title,
        "citation": citation_html(builder, work),
        "records": list(records_of(page, ways_of(builder.config))),
        "similar": [card(builder, page, document) for document in similar_to(builder.env, page)],
        "notes_at_end": margin_is_full(doctree),
        "length": length(work.title),
    }


def of_page(builder: SiteBuilder, page: str, doctree: nodes.document | None, title: str) -> dict[str, Any]:
    """List what the template of any other page knows."""
    here, publication = addresses_of(builder.config), builder.env.titles[builder.config.root_doc].astext()
    facts: dict[str, Any] = {
        "head": head_of_page(title, publication, here.page(page), here.language),
        "notes_at_end": margin_is_full(doctree) if doctree else False,
    }
    if doctree:
        facts["description"] = summary_of(doctree) or title
    if is_contributor(page):
        facts["cards"] = [own_card(builder, page, document) for document in articles_by(builder.env, page)]
    return facts


def own_card(builder: SiteBuilder, page: str, document: str) -> Card:
    """Make the card of an article for its author's page, which need not repeat the name of who signed alone."""
    found = card(builder, page, document)
    return found if len(publication_records(builder.env).articles[document].authors) > 1 else replace(found, authors="")


def add_to_page(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Give a page's template what the press knows of it."""
    builder = app.builder
    if not isinstance(builder, SiteBuilder):
        return
    edition, addresses, env = current_edition(app.config), addresses_of(app.config), app.env
    article = publication_records(env).articles.get(page) if is_article(page) else None
    context["edition"] = edition
    context["publication_title"] = env.titles[app.config.root_doc].astext()
    context["release_name"] = app.config.fleuron_release
    context["word"] = words(edition.language)
    context["other_editions"] = other_editions(builder, page, edition)
    context["alternates"] = list(alternates(builder, page))
    context["pageurl"] = addresses.page(page)
    context["on_the_web"] = bool(addresses.base)
    context["downloads"] = downloads(offers_of(builder, page, ways_of(app.config)), edition) if doctree else []
    context["licence"] = licence_of(article.license) if article else None
    context["plain_title"] = title_of(builder, page, context)
    if article and doctree:
        context.update(of_article(builder, page, doctree))
    else:
        context.update(of_page(builder, page, doctree, context["plain_title"]))
    context["description"] = shortened(str(context.get("description", "")), DESCRIPTION_LENGTH)


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_to_page)
