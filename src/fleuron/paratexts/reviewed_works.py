"""Print the works that an article reviews at its head: as the citation style has them, or as they are written out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale
from sphinx.transforms.post_transforms import ReferencesResolver, SphinxPostTransform

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.diagnostics.similar_names import did_you_mean
from fleuron.editions.edition_names import current_edition
from fleuron.editions.interface_words import Translate, interface_words
from fleuron.manuscript.article_head import INSERTED, byline, field_block
from fleuron.manuscript.records import publication_records
from fleuron.notes.bibliography_files import all_files_exist
from fleuron.notes.cited_sources import compiled_style, notes_domain
from fleuron.notes.note_wording import NoteWording, merge_adjacent
from fleuron.notes.source_list import bibliography_entries
from fleuron.notes.sources import Item, item_digest
from fleuron.publication.article import Article
from fleuron.publication.language_tags import language_tag
from fleuron.reporting import report

# The class of the block, that of each work, and the attribute of one that is in the bibliography: its key.
REVIEWED, WORK, KEY = "reviewed", "reviewed-work", "source"
# What can only be a key: it has no space.
LOOKS_LIKE_KEY = re.compile(r"\S+")


class InsertReviewedWorks(SphinxTransform):
    """Insert a paragraph for each work after the lines of the names, before Locale translates it."""

    default_priority = Locale.default_priority - 11

    def apply(self, **kwargs: Any) -> None:
        records, document = publication_records(self.env), self.env.current_document.docname
        article, place = records.of_head(document, records.articles), self.document.next_node(byline)
        if article is None or not article.reviews or place is None or place.parent is None:
            return
        self.record_sources(article)
        works = [self.paragraph(article, each) for each in article.reviews]
        place.parent.insert(place.parent.index(place) + 1, nodes.container("", *works, classes=[REVIEWED]))

    def paragraph(self, article: Article, review: str) -> nodes.paragraph:
        if review in notes_domain(self.env).items:
            return nodes.paragraph("", classes=[WORK], **{KEY: review})
        return field_block(self, article, "reviews", review, WORK)

    def record_sources(self, article: Article) -> None:
        """Record the sources, so that the article is read again when one changes; report the keys that none has."""
        domain, document = notes_domain(self.env), self.env.current_document.docname
        keys = [each for each in article.reviews if LOOKS_LIKE_KEY.fullmatch(each)]
        known = {key: item_digest(domain.items.get(key)) for key in keys}
        if known:
            domain.cited[document] = dict(sorted((domain.cited.get(document, {}) | known).items()))
        for key in keys:
            if key not in domain.items and all_files_exist(self.env):
                values = {"key": key, "suggestion": did_you_mean(key, domain.items)}
                line = (article.lines or {}).get("reviews", 1)
                report(Finding(Diagnostic.UNKNOWN_SOURCE, line, values), self.document["source"])


class WordReviewedWorks(SphinxPostTransform):
    """Word the works of the bibliography in the citation style of the edition."""

    default_priority = ReferencesResolver.default_priority - 5

    def run(self, **kwargs: Any) -> None:
        word = interface_words(current_edition(self.config).language)
        for paragraph in self.document.findall(nodes.paragraph):
            if key := paragraph.get(KEY):
                paragraph += worded(self.env, key, word)
                paragraph[INSERTED] = True


def worded(env: BuildEnvironment, key: str, word: Translate) -> list[nodes.Node]:
    """Return the entry of a source, with what a review says of a book beside: its pages and its ISBN."""
    items = notes_domain(env).items
    if key not in items:
        return [nodes.Text(key)]
    wording, compiled = NoteWording(language_tag(env.config.language)), compiled_style(env)
    entry = [node for each in bibliography_entries(compiled, items, [key]) for node in wording.nodes_of(each.runs)]
    said = "".join(node.astext() for node in entry)
    more = [nodes.Text(f" {text}") for text in book_details(items[key], word) if text.rstrip(".") not in said]
    return merge_adjacent([*entry, *more])


def book_details(item: Item, word: Translate) -> Iterator[str]:
    """Yield the number of pages of a book, and its ISBN."""
    if pages := str(item.get("number-of-pages", "")):
        text = word("{number} pp.").format(number=pages) if pages[-1:].isdigit() else pages
        yield text if text.endswith(".") else f"{text}."
    if isbn := str(item.get("ISBN", "")):
        yield f"ISBN {isbn}."


def setup(app: Sphinx) -> None:
    app.add_transform(InsertReviewedWorks)
    app.add_post_transform(WordReviewedWorks)
