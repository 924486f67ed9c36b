"""Describe the articles in a page's tables of contents, each with its subtitle, authors and date."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes

from fleuron.content.contents.source_only import say_source_only, toctree_items
from fleuron.editions.bidirectional import LANGUAGE_CLASS, has_other_direction, isolate, isolate_runs
from fleuron.manuscript.records import publication_records
from fleuron.metadata.plain_text import shortened
from fleuron.publication.edition import Edition
from fleuron.site.article_summaries import ArticleSummaries, ArticleSummary
from fleuron.site.front.choices import affiliations_of, leading_articles

# The class of an entry of a table of contents that is in no other entry.
FIRST_LEVEL = "toctree-l1"
# The most letters that the first page, or that of an issue, shows of the abstract of an article.
TEASER_LENGTH = 320


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
    articles, contributors = publication_records(env).articles, publication_records(env).contributors
    # The first page has the abstracts of those that lead it elsewhere.
    leads = leading_articles(env) if page == env.config.root_doc else ()
    has_abstracts = page == env.config.root_doc or page in publication_records(env).issues
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
            if has_abstracts and FIRST_LEVEL in item["classes"] and document not in leads:
                item[len(item) :] = list(teaser(summaries.of(document, page)))
        elif document in contributors:
            item[1:1] = [
                nodes.paragraph("", "", isolate("", text), classes=["by", *marks_of(language)])
                for text, language in affiliations_of(env, document)
            ]


def marks_of(language: str) -> list[str]:
    """Return the classes of an element in another language than the edition's; none for ""."""
    return [f"{LANGUAGE_CLASS}{language}"] if language else []


def teaser(summary: ArticleSummary) -> Iterator[nodes.paragraph]:
    """Yield a paragraph with the beginning of an article's abstract."""
    if summary.abstract:
        marks = marks_of(summary.abstract_language)
        yield nodes.paragraph("", shortened(summary.abstract, TEASER_LENGTH), classes=["teaser", *marks])


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
        marks = marks_of(summary.subtitle_language)
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
