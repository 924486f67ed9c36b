"""Make the page that lists titles, contributors and keywords by letter: it stands in for the search without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import escape

from fleuron.csl.text.collation import collation_key
from fleuron.csl.text.initials import initial
from fleuron.editions.interface_words import interface_words
from fleuron.manuscript.records import publication_records
from fleuron.metadata.work import person
from fleuron.publication.document_names import contributor_name
from fleuron.site.article_summaries import ArticleSummaries
from fleuron.site.keyword_pages import Keyword

ALPHABET, ALPHABET_TEMPLATE = "alphabet", "alphabet.html"
TITLE, CONTRIBUTOR, KEYWORD = "title", "contributor", "keyword"


@dataclass(frozen=True)
class IndexedTerm:
    """A title, a contributor's name or a keyword (``kind``): as it is sorted, as HTML, and the page that it leads to.

    ``names`` are the authors of an article.
    """

    kind: str
    text: str
    html: str
    address: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class IndexedLetter:
    """The terms that are listed under a letter; ``letter`` is a space for signs and digits."""

    letter: str
    terms: tuple[IndexedTerm, ...]


def terms_of(summaries: ArticleSummaries, signed: Iterable[str], keywords: Iterable[Keyword]) -> Iterator[IndexedTerm]:
    """Yield the terms of an edition, in no order; ``signed`` are the documents of those who have signed articles."""
    env, edition, address_of = summaries.context.env, summaries.context.edition, summaries.relative_uri
    records = publication_records(env)
    for document, article in records.articles.items():
        if article.withdrawn:
            continue
        summary = summaries.of(document, ALPHABET)
        yield IndexedTerm(TITLE, env.titles[document].astext(), summary.title, summary.address, summary.names)
    for document in signed:
        if document not in env.titles:
            continue
        contributor = records.contributors.get(contributor_name(document))
        who = person(env.titles[document].astext(), is_organization=bool(contributor and contributor.organization))
        name = f"{who.family}{edition.comma}{who.given}" if who.family and who.given else who.name
        yield IndexedTerm(CONTRIBUTOR, name, escape(name), address_of(ALPHABET, document))
    for keyword in keywords:
        yield IndexedTerm(KEYWORD, keyword.word, escape(keyword.word), address_of(ALPHABET, keyword.page))


def letters_of(terms: Iterable[IndexedTerm], language: str) -> list[IndexedLetter]:
    """Return terms under their letters, in the order of a language."""
    ordered = sorted(terms, key=lambda term: (collation_key(term.text, language), term.kind, term.address))
    found: dict[str, list[IndexedTerm]] = {}
    for letter, group in groupby(ordered, key=lambda term: initial(term.text, language)):
        found.setdefault(letter, []).extend(group)
    return [IndexedLetter(letter, tuple(listed)) for letter, listed in found.items()]


def alphabetical_page(
    summaries: ArticleSummaries, signed: Iterable[str], keywords: Iterable[Keyword]
) -> tuple[str, dict[str, Any], str]:
    """Return the page as Sphinx takes it: the name, the template's context, and the template."""
    language = summaries.context.language
    letters = letters_of(terms_of(summaries, signed, keywords), language)
    title = interface_words(language)("Alphabetical index")
    return ALPHABET, {"title": title, "description": title, "letters": letters}, ALPHABET_TEMPLATE
