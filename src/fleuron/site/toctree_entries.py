"""Describe the articles in a page's tables of contents, each with its subtitle, authors and date."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes

from fleuron.content.contents.source_only import say_source_only, toctree_items
from fleuron.editions.bidirectional import LANGUAGE_CLASS, has_other_direction, isolate, isolate_runs
from fleuron.manuscript.records import publication_records
from fleuron.publication.edition import Edition
from fleuron.site.article_summaries import ArticleSummaries, ArticleSummary


def describe_articles(summaries: ArticleSummaries, page: str, doctree: nodes.document) -> None:
    """Add to each article in the tables of contents of a page what its summary says.

    The article's sections are removed, unless the author asked for them by the depth of the table.
    """
    env = summaries.context.env
    if page not in env.toctree_includes:
        return
    say_source_only(summaries.context, page, doctree, summaries.relative_uri)
    with_sections = any(table["maxdepth"] > 1 for table in env.get_doctree(page).findall(addnodes.toctree))
    documents = {summaries.relative_uri(page, document): document for document in env.found_docs}
    articles = publication_records(env).articles
    for item, link in toctree_items(doctree):
        isolate_title(link, summaries.context.edition)
        document = documents.get(link["refuri"])
        if document is None:
            continue
        item["classes"].append("document")
        if document in articles:
            for sections in [child for child in item if isinstance(child, nodes.bullet_list) and not with_sections]:
                item.remove(sections)
            item[1:1] = list(described(summaries.of(document, page)))


def isolate_title(link: nodes.reference, edition: Edition) -> None:
    """Isolate a title, because that of a right-to-left edition may be in the language of the sources."""
    if edition.direction == "rtl" and has_other_direction(link.astext(), edition.direction):
        link.children = [isolate("", "", *link.children)]
        link.children[0].parent = link
    elif edition.direction == "ltr":
        isolate_runs(link)


def described(summary: ArticleSummary) -> Iterator[nodes.paragraph]:
    """Yield the paragraphs that stand below the title of an article."""
    if summary.subtitle:
        marks = [f"{LANGUAGE_CLASS}{summary.subtitle_language}"] if summary.subtitle_language else []
        yield nodes.paragraph("", summary.subtitle, classes=["subtitle", *marks])
    byline: list[nodes.Node] = []
    for name in summary.names:
        byline += [nodes.Text(", ")] if byline else []
        byline.append(isolate("", name))
    if summary.date:
        byline += [nodes.Text(" · ")] if byline else []
        byline.append(isolate("", summary.date, classes=["date"]))
    if byline:
        yield nodes.paragraph("", "", *byline, classes=["by"])
