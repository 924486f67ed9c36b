"""Make a page for each keyword, which lists its articles and has the same name in every edition.

A keyword is identified by the word that the source has for it, so that its page can link the same keyword in another
language, and keeps its name when a translation changes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from fleuron.manuscript.records import publication_records
from fleuron.site.article_summaries import ArticleSummaries, newest_first

KEYWORDS = "keywords/"
# A file system takes names of 255 bytes, a number and a suffix included.
NAME_LENGTH = 120
KEYWORD_TEMPLATE = "keyword.html"


@dataclass(frozen=True)
class Keyword:
    """A keyword: the name of its page, its word in this edition, and its articles, the newest first."""

    page: str
    word: str
    articles: tuple[str, ...]


def file_name(word: str) -> str:
    """Make a file name of a word, in its own script: lower case, digits and hyphens, at most `NAME_LENGTH` bytes."""
    letters = unicodedata.normalize("NFC", word).lower().replace("\u0307", "")
    name = re.sub(r"[\W_]+", "-", letters).strip("-")
    return name.encode()[:NAME_LENGTH].decode("utf-8", "ignore").strip("-") or "sign"


def page_names(words: set[str]) -> dict[str, str]:
    """Name the page of each word; words that would have the same name are numbered, in alphabetical order."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for word in sorted(words):
        name, number = file_name(word), 1
        while (candidate := f"{name}-{number}" if number > 1 else name) in taken:
            number += 1
        taken.add(candidate)
        names[word] = KEYWORDS + candidate
    return names


def documents_by_word(env: BuildEnvironment) -> dict[str, set[str]]:
    """Return the articles with each keyword, by the word that the source has, also those that are not offered here."""
    records = publication_records(env)
    documents: dict[str, set[str]] = {}
    for document, article in (records.articles | records.withheld).items():
        for word in article.keywords:
            documents.setdefault(word, set()).add(document)
    return documents


def note_missing_pages(_app: Sphinx, env: BuildEnvironment) -> None:
    """Record the pages that an edition lacks, because it offers none of the articles with a keyword."""
    records, documents = publication_records(env), documents_by_word(env)
    pages = page_names(set(documents))
    records.data["missing_pages"] = {
        language: sorted(pages[word] for word, having in documents.items() if having <= set(withheld))
        for language, withheld in records.withheld_by_language.items()
    }


def keywords_of(env: BuildEnvironment) -> dict[str, Keyword]:
    """Return the keywords of all articles, by the word that the source has for each."""
    records = publication_records(env)
    documents: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for document in sorted(records.articles):
        translated = records.article_texts[document].keywords
        for number, source in enumerate(records.articles[document].keywords):
            documents.setdefault(source, []).append(document)
            words.setdefault(source, translated[number] if number < len(translated) else source)
    pages = page_names(set(documents_by_word(env)))
    return {
        source: Keyword(pages[source], words[source], tuple(newest_first(env, dict.fromkeys(articles))))
        for source, articles in documents.items()
    }


def keyword_page(keyword: Keyword, summaries: ArticleSummaries) -> tuple[str, dict[str, Any], str]:
    """Return the page of a keyword as Sphinx takes it: the name, the template's context, and the template."""
    titles = [summaries.context.env.titles[document].astext() for document in keyword.articles]
    context = {
        "title": keyword.word,
        "articles": [summaries.of(document, keyword.page) for document in keyword.articles],
        "description": f"{keyword.word}: {'; '.join(titles)}",
    }
    return keyword.page, context, KEYWORD_TEMPLATE


def keyword_page_source(keyword: Keyword, summaries: ArticleSummaries) -> object:
    """Return what the page of a keyword is made from, as a value whose representation is the same in each build."""
    return keyword.word, [summaries.source_of(document) for document in keyword.articles]


def setup(app: Sphinx) -> None:
    # After it is known which articles each edition offers.
    app.connect("env-updated", note_missing_pages, priority=920)
