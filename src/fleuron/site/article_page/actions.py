"""Offer at the head of an article its PDF and EPUB, its citation, its other editions, and the contents of its sections.

Beside them stands how long it takes to read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from docutils import nodes
from sphinx.addnodes import toctree
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import ReferencesResolver, SphinxPostTransform

from fleuron.content.work_records import downloads_of
from fleuron.editions.interface_words import attributes_as_html, interface_marker, interface_words
from fleuron.manuscript.records import publication_records
from fleuron.site.article_page.reading_time import reading_time
from fleuron.site.builder import SiteBuilder
from fleuron.site.page_context import other_editions, parallel_pages
from fleuron.site.site_translator import SiteTranslator

TEMPLATE = "parts/actions.html"
# The classes of what stands at the head of an article before its actions.
HEAD = frozenset({"subtitle", "byline", "dateline", "history", "journal-line"})
# The short names of formats, which are the same in all languages.
FORMATS = {"application/pdf": "PDF", "application/epub+zip": "EPUB"}
# The fewest sections whose contents are worth a list.
SECTIONS = 4


class article_actions(nodes.Invisible, nodes.Element):  # noqa: N801 (docutils spells its nodes so)
    """The place of an article's actions on its page."""


@dataclass(frozen=True)
class FormatLink:
    """A link to the article, or else the volume, as a file; ``text`` says which of them."""

    name: str
    text: str
    address: str
    media_type: str


class InsertArticleActions(SphinxPostTransform):
    """Insert the place of an article's actions below its authors and date."""

    default_priority = ReferencesResolver.default_priority - 4
    builders = ("html",)

    def run(self, **kwargs: object) -> None:
        title = self.document.next_node(nodes.title)
        builder = self.app.builder
        if not isinstance(builder, SiteBuilder) or not builder.has_template(TEMPLATE):
            return
        if title is None or not isinstance(title.parent, nodes.section):
            return
        if self.env.current_document.docname not in publication_records(self.env).articles:
            return
        section = title.parent
        index = section.index(title) + 1
        for node in section[index:]:
            if not (isinstance(node, nodes.paragraph) and HEAD & set(node["classes"])):
                break
            index += 1
        section.insert(index, article_actions())


def format_links(builder: SiteBuilder, page: str) -> Iterator[FormatLink]:
    """Link the first file of each format: the article's own stand before the volume's."""
    named: set[str] = set()
    context = builder.edition_context
    for copy in downloads_of(context, page, context.relative_addresses):
        name = FORMATS.get(copy.media_type)
        if name and name not in named:
            named.add(name)
            yield FormatLink(name, copy.title, copy.address, copy.media_type)


def sections_as_html(builder: SiteBuilder, page: str) -> str:
    """Return a list of links to the sections of an article; "" if they are too few."""
    contents = builder.env.tocs.get(page)
    lists = [child for child in contents[0].children if isinstance(child, nodes.bullet_list)] if contents else []
    if not lists or len(lists[0]) < SECTIONS:
        return ""
    found = lists[0].deepcopy()
    for table in list(found.findall(toctree)):
        table.parent.remove(table)
    for link in found.findall(nodes.reference):
        link["refuri"] = link["anchorname"]
    return str(builder.render_partial(found)["fragment"])


def visit_actions(translator: SiteTranslator, _node: article_actions) -> None:
    """Write an article's actions."""
    builder, page = cast(SiteBuilder, translator.builder), translator.builder.current_docname
    context = builder.edition_context
    language = context.language
    translator.body.append(
        builder.templates.render(
            TEMPLATE,
            {
                "formats": list(format_links(builder, page)),
                "sections": sections_as_html(builder, page),
                "reading_time": reading_time(translator.document, context.edition),
                "edition": context.edition,
                "other_editions": other_editions(context, page),
                "parallel_pages": parallel_pages(context, page),
                "word": interface_words(language),
                "marked": interface_marker(language),
                "words_language": attributes_as_html(language),
            },
        )
    )
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_node(article_actions, html=(visit_actions, None))
    app.add_post_transform(InsertArticleActions)
