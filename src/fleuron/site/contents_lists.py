"""Tables of contents as a site shows them: each article with its subtitle, authors and date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from fleuron.content.article_cards import card
from fleuron.manuscript.records import publication_records

if TYPE_CHECKING:
    from fleuron.site.builder import SiteBuilder


def list_articles(builder: SiteBuilder, page: str, doctree: nodes.document) -> None:
    """Describe the articles in the tables of contents of a page.

    Their sections are left out, unless the author asked for them by the depth of the table.
    """
    if not builder.env.toctree_includes.get(page):
        return
    deep = any(table["maxdepth"] > 1 for table in builder.env.get_doctree(page).findall(addnodes.toctree))
    pages = {
        builder.get_relative_uri(page, document): document for document in publication_records(builder.env).articles
    }
    for item, link in entries(doctree):
        document = pages.get(link["refuri"])
        if document is None:
            continue
        for sections in [child for child in item if isinstance(child, nodes.bullet_list) and not deep]:
            item.remove(sections)
        item[1:1] = list(described(builder, page, document))


def entries(doctree: nodes.document) -> Iterator[tuple[nodes.list_item, nodes.reference]]:
    """Find the items of the first level, each with its link."""
    for item in list(doctree.findall(nodes.list_item)):
        link = item.next_node(nodes.reference)
        if "toctree-l1" in item["classes"] and link is not None and link.get("refuri"):
            yield item, link


def described(builder: SiteBuilder, page: str, document: str) -> Iterator[nodes.paragraph]:
    """Say of an article what a card says."""
    found = card(builder, page, document)
    if found.subtitle:
        yield nodes.paragraph("", found.subtitle, classes=["subtitle"])
    by: list[nodes.Node] = [nodes.Text(found.authors)] if found.authors else []
    if found.date:
        by += [nodes.Text(" · ")] if by else []
        by.append(nodes.inline("", found.date, classes=["date"]))
    if by:
        yield nodes.paragraph("", "", *by, classes=["by"])
