"""Keyword pages: the articles that share a keyword, one page for each, of the same name in every edition.

A keyword is known by the word that the source has for it, whatever its translations are; so a page
leads to the same keyword in another language, and its name changes with no translation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import ReferencesResolver, SphinxPostTransform

from fleuron.content.article_cards import card, newest_first
from fleuron.manuscript.article_texts import elements_of_class
from fleuron.manuscript.records import publication_records

KEYWORDS = "keywords/"
# A file system takes 255 bytes, with what is put before and behind a name.
NAME_LENGTH = 120
KEYWORD_TEMPLATE = "keyword.html"


@dataclass(frozen=True)
class Keyword:
    """A keyword's page, its word in this edition, and the articles that have it, the newest first."""

    page: str
    word: str
    articles: tuple[str, ...]


def file_name(word: str) -> str:
    """Make a file name of a word, in its own script: small letters, digits and hyphens, `NAME_LENGTH` bytes at most."""
    letters = unicodedata.normalize("NFC", word).lower().replace("\u0307", "")
    name = re.sub(r"[\W_]+", "-", letters).strip("-")
    return name.encode()[:NAME_LENGTH].decode("utf-8", "ignore").strip("-") or "sign"


def page_names(words: set[str]) -> dict[str, str]:
    """Name the page of each word; words that would have one name are numbered, in their order."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for word in sorted(words):
        name, number = file_name(word), 1
        while (candidate := f"{name}-{number}" if number > 1 else name) in taken:
            number += 1
        taken.add(candidate)
        names[word] = KEYWORDS + candidate
    return names


def keywords_of(env: BuildEnvironment) -> dict[str, Keyword]:
    """List the keywords of all articles, by the word that the source has for each."""
    records = publication_records(env)
    holders: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for document in sorted(records.articles):
        translated = records.article_texts[document].keywords
        for number, source in enumerate(records.articles[document].keywords):
            holders.setdefault(source, []).append(document)
            words.setdefault(source, translated[number] if number < len(translated) else source)
    pages = page_names(set(holders))
    return {
        source: Keyword(pages[source], words[source], tuple(newest_first(env, dict.fromkeys(articles))))
        for source, articles in holders.items()
    }


class LinkKeywords(SphinxPostTransform):
    """Make a link of each keyword below an article's abstract, to its page; in the site alone."""

    default_priority = ReferencesResolver.default_priority - 4
    builders = ("html",)

    def run(self, **kwargs: Any) -> None:
        document = self.env.current_document.docname
        article = publication_records(self.env).articles.get(document)
        builder = cast(Any, self.app.builder)
        if article is None or not article.keywords or not builder.prints(KEYWORD_TEMPLATE):
            return
        keywords: Mapping[str, Keyword] = builder.keywords
        items = [
            item for place in elements_of_class(self.document, "keywords") for item in place.findall(nodes.list_item)
        ]
        for source, item in zip(article.keywords, items, strict=False):
            paragraph = item.next_node(nodes.paragraph)
            if paragraph is not None:
                address = builder.get_relative_uri(document, keywords[source].page)
                link = nodes.reference("", "", *paragraph.children, refuri=address, internal=True)
                paragraph.children = []
                paragraph += link


def pages(app: Sphinx) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Give Sphinx the pages to write."""
    builder = cast(Any, app.builder)
    if builder.name != "html" or not builder.prints(KEYWORD_TEMPLATE):
        return
    for keyword in sorted(builder.keywords.values(), key=lambda each: each.page):
        cards = [card(builder, keyword.page, document) for document in keyword.articles]
        titles = [app.env.titles[document].astext() for document in keyword.articles]
        facts = {"title": keyword.word, "cards": cards, "description": f"{keyword.word}: {'; '.join(titles)}"}
        yield keyword.page, facts, KEYWORD_TEMPLATE


def setup(app: Sphinx) -> None:
    app.add_post_transform(LinkKeywords)
    app.connect("html-collect-pages", pages)
