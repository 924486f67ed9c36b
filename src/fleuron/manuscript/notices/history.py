"""Make the nodes that tell an article's history: its dates, its changes, its withdrawal, and the notices about it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.environment import BuildEnvironment

from fleuron.editions.interface_words import Translate
from fleuron.editions.word_marks import marks_of
from fleuron.manuscript.records import publication_records
from fleuron.publication.article import Article
from fleuron.publication.edition import Edition
from fleuron.publication.journal.notices import RelatedArticle, Relation

# The class of the list of changes, of the day of a change, and of the block that says why an article was withdrawn.
CHANGES, DAY, WITHDRAWAL = "changes", "change-date", "withdrawal"
# The relations that a reader must not overlook.
WARNINGS = ("retracted-by", "corrected-by")


def history_of(article: Article, edition: Edition, word: Translate) -> Iterator[nodes.paragraph]:
    """Yield a paragraph with the days on which an article was received, accepted and updated, if it has any."""
    dates: list[tuple[str, str, datetime.date | None]] = [
        ("Received {date}", word("Received {date}"), article.received),
        ("Accepted {date}", word("Accepted {date}"), article.accepted),
        ("Updated {date}", word("Updated {date}"), article.last_update),
    ]
    given = [
        nodes.inline("", form.format(date=edition.date(day)), classes=marks_of(text, edition))
        for text, form, day in dates
        if day
    ]
    if given:
        parts = [part for each in given for part in (nodes.Text("\u00a0· "), each)]
        yield nodes.paragraph("", "", *parts[1:], classes=["history"])


def lead_ins(word: Translate) -> Mapping[Relation, tuple[str, str]]:
    """Return what stands before the title of a related article, in English and in the language of the edition."""
    return {
        "retracted-by": ("This article has been retracted:", word("This article has been retracted:")),
        "corrected-by": ("This article has been corrected:", word("This article has been corrected:")),
        "commented-by": ("This article has been commented on:", word("This article has been commented on:")),
        "retracts": ("This notice retracts:", word("This notice retracts:")),
        "corrects": ("This notice corrects:", word("This notice corrects:")),
        "comments-on": ("This is a comment on:", word("This is a comment on:")),
    }


def notices_of(env: BuildEnvironment, document: str, edition: Edition, word: Translate) -> Iterator[nodes.container]:
    """Yield the notices at the head of an article: what it is about, and what is about it, each with a link."""
    lines = lead_ins(word)
    for related in publication_records(env).notices.related.get(document, ()):
        text, translated = lines[related.relation]
        lead_in = nodes.strong("", translated, classes=marks_of(text, edition))
        line = nodes.paragraph("", "", lead_in, nodes.Text(" "), *link_to(env, document, related, edition))
        kind = "notice-warning" if related.relation in WARNINGS else "notice-link"
        yield nodes.container("", line, classes=["notice", kind])


def link_to(env: BuildEnvironment, document: str, related: RelatedArticle, edition: Edition) -> Iterator[nodes.Node]:
    """Yield the title of a related article as a link, and its date."""
    records = publication_records(env)
    article = records.articles.get(related.document) or records.withheld[related.document]
    title = env.titles.get(related.document)
    words = [child.deepcopy() for child in title.children] if title else [nodes.Text(related.document)]
    yield pending_xref(
        "",
        nodes.inline("", "", *words),
        refdomain="std",
        reftype="doc",
        reftarget=f"/{related.document}",
        refdoc=document,
        refexplicit=True,
    )
    if article.date:
        yield nodes.Text(f" ({edition.date(article.date)})")


def complete_changes(container: nodes.Element, article: Article, edition: Edition, word: Translate) -> None:
    """Put the label before the list of changes, and the day before each."""
    items = container.findall(nodes.list_item)
    for change, item in zip(article.changes, list(items), strict=False):
        paragraph = item.next_node(nodes.paragraph)
        if paragraph is not None:
            paragraph.insert(0, nodes.inline("", f"{edition.date(change.date)}: ", classes=[DAY]))
    container.insert(0, nodes.paragraph("", word("Changes"), classes=["changes-label", *marks_of("Changes", edition)]))


def complete_withdrawal(container: nodes.Element, article: Article, edition: Edition, word: Translate) -> None:
    """Put the day of the withdrawal before its reason."""
    if article.withdrawn:
        text = "This article was withdrawn on {date}."
        line = word("This article was withdrawn on {date}.").format(date=edition.date(article.withdrawn.date))
        container.insert(0, nodes.paragraph("", "", nodes.strong("", line, classes=marks_of(text, edition))))
