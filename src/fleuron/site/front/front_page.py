"""Give the templates of the first page what they show, and put its cover and its leading articles into the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes

from fleuron.config import is_set
from fleuron.content.work_records import author_names
from fleuron.editions.interface_words import attributes_as_html, interface_marker, interface_words
from fleuron.manuscript.records import publication_records
from fleuron.metadata.plain_text import shortened
from fleuron.site.article_summaries import ArticleSummaries, ArticleSummary
from fleuron.site.front.choices import (
    affiliations_of,
    chosen_articles,
    is_front_page,
    latest_notices,
    leading_articles,
    listed_articles,
    shown_authors,
)
from fleuron.site.issues.issue_pages import IssueSummary, issue_context, issues_of

COVER_TEMPLATE, LEAD_TEMPLATE = "parts/cover.html", "parts/lead.html"
# The most letters of the abstract of a leading article.
LEAD_LENGTH = 700
# A title of more letters than these is set smaller on a drawn cover.
LONG_TITLE, VERY_LONG_TITLE = 24, 60


@dataclass(frozen=True)
class Cover:
    """A cover: the address of its ``picture``, or "" if it is drawn of its texts, which are plain."""

    picture: str
    title: str
    names: tuple[str, ...]
    number: str

    @property
    def length(self) -> str:
        """The CSS class for a title of this length."""
        return "very-long" if len(self.title) > VERY_LONG_TITLE else "long" if len(self.title) > LONG_TITLE else ""


@dataclass(frozen=True)
class ListedAuthor:
    """An author as the first page lists one; ``affiliations`` are texts, each with its language (see `choices`)."""

    name: str
    affiliations: list[tuple[str, str]]
    address: str


@dataclass(frozen=True)
class ListedNotice:
    """A correction or retraction as the first page lists one; the titles are HTML."""

    kind: str
    date: str
    title: str
    address: str
    about: str
    about_address: str


def cover_of(summaries: ArticleSummaries, issue: IssueSummary | None) -> Cover | None:
    """Return the cover of the current issue, or of the publication; a single article has only the one of conf.py."""
    context = summaries.context
    env, config = context.env, context.config
    own = str(config.epub_cover[0]) if is_set(config, "epub_cover") and config.epub_cover else ""
    editors = tuple(author_names(env, config.fleuron_editors))
    if issue:
        return Cover(
            issue.cover, context.publication_title, issue.editors or editors, env.titles[issues_of(env)[0]].astext()
        )
    if not own and len(listed_articles(env)) < 2:
        return None
    number = str(config.fleuron_imprint.get("number", ""))
    return Cover(quote(own), context.publication_title, editors, number)


def lead_summary(summaries: ArticleSummaries, document: str, page: str) -> ArticleSummary:
    summary = summaries.of(document, page)
    return replace(summary, abstract=shortened(summary.abstract, LEAD_LENGTH))


def front_context(summaries: ArticleSummaries, page: str) -> dict[str, Any]:
    """Return what the templates of the first page are given; nothing for other pages."""
    env = summaries.context.env
    if not is_front_page(env, page):
        return {}
    return {
        "is_front": True,
        "front_authors": listed_authors(summaries, page),
        "front_notices": listed_notices(summaries, page),
    }


def listed_authors(summaries: ArticleSummaries, page: str) -> list[ListedAuthor]:
    env = summaries.context.env
    return [
        ListedAuthor(env.titles[name].astext(), affiliations_of(env, name), summaries.relative_uri(page, name))
        for name in shown_authors(env)
    ]


def listed_notices(summaries: ArticleSummaries, page: str) -> list[ListedNotice]:
    edition, records = summaries.context.edition, publication_records(summaries.context.env)
    word = interface_words(edition.language)
    kinds = {"corrects": word("Correction"), "retracts": word("Retraction")}
    return [
        ListedNotice(
            kind=kinds[relation],
            date=edition.date(day) if (day := records.articles[notice].date) else "",
            title=summaries.title_as_html(notice),
            address=summaries.relative_uri(page, notice),
            about=summaries.title_as_html(article),
            about_address=summaries.relative_uri(page, article),
        )
        for relation, notice, article in latest_notices(summaries.context.env)
    ]


def add_front(
    summaries: ArticleSummaries, page: str, doctree: nodes.document, render: Callable[[str, Mapping[str, Any]], str]
) -> None:
    """Put the cover below the title of the first page, and the leading articles before its tables of contents.

    They are HTML of templates, which ``render`` writes. What the author wrote stays in its order.
    """
    env, edition = summaries.context.env, summaries.context.edition
    section = doctree.next_node(nodes.section)
    if section is None or not is_front_page(env, page):
        return
    issues = issue_context(summaries, page)
    context: dict[str, Any] = {
        "edition": edition,
        "word": interface_words(edition.language),
        "marked": interface_marker(edition.language),
        "words_language": attributes_as_html(edition.language),
        "cover": cover_of(summaries, issues.get("current_issue")),
        "leads": [lead_summary(summaries, name, page) for name in leading_articles(env)],
        "is_choice": bool(chosen_articles(env)),
        **issues,
    }
    if context["leads"]:
        section.insert(place_of_leads(section), as_node(render(LEAD_TEMPLATE, context)))
    if context["cover"]:
        section.insert(place_of_cover(section), as_node(render(COVER_TEMPLATE, context)))


def place_of_cover(section: nodes.section) -> int:
    """Return the place after the title."""
    return next((place + 1 for place, child in enumerate(section.children) if isinstance(child, nodes.title)), 0)


def place_of_leads(section: nodes.section) -> int:
    """Return the place before the first table of contents or section below the introduction, or at the end."""
    for place, child in enumerate(section.children):
        if isinstance(child, nodes.section) or is_contents(child):
            return place
    return len(section)


def is_contents(node: nodes.Node) -> bool:
    is_resolved = isinstance(node, nodes.compound) and "toctree-wrapper" in node["classes"]
    return is_resolved or isinstance(node, addnodes.toctree)


def as_node(written: str) -> nodes.raw:
    return nodes.raw("", written, format="html")
