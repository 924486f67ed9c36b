"""Link each keyword below an article's abstract to its page, in the site alone."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import ReferencesResolver, SphinxPostTransform

from fleuron.manuscript.article_texts import elements_of_class
from fleuron.manuscript.records import publication_records
from fleuron.site.builder import SiteBuilder
from fleuron.site.keyword_pages import KEYWORD_TEMPLATE


class LinkKeywords(SphinxPostTransform):
    """Make a link of each keyword of an article."""

    default_priority = ReferencesResolver.default_priority - 4
    builders = ("html",)

    def run(self, **kwargs: Any) -> None:
        document, builder = self.env.current_document.docname, self.app.builder
        article = publication_records(self.env).articles.get(document)
        if article is None or not article.keywords:
            return
        if not isinstance(builder, SiteBuilder) or not builder.has_template(KEYWORD_TEMPLATE):
            return
        items = [item for box in elements_of_class(self.document, "keywords") for item in box.findall(nodes.list_item)]
        for source, item in zip(article.keywords, items, strict=False):
            paragraph = item.next_node(nodes.paragraph)
            if paragraph is not None:
                address = builder.get_relative_uri(document, builder.keywords[source].page)
                link = nodes.reference("", "", *paragraph.children, refuri=address, internal=True)
                paragraph.children = []
                paragraph += link


def setup(app: Sphinx) -> None:
    app.add_post_transform(LinkKeywords)
