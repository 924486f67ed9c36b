"""Report an article without a date, an abstract, keywords or a licence, where most others of its folder have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Document, Sources
from fleuron.checks.violation import Level, Place, Violation
from fleuron.publication.document_names import is_article

KEYS = {"date": "date", "abstract": "abstract", "keywords": "keywords", "license": "licence"}
# An editorial or an obituary has none of these; it is not compared with articles that have them.
OPTIONAL_TOGETHER = ("abstract", "keywords")


def find(sources: Sources) -> Iterator[Violation]:
    articles = [document for document in sources.documents if is_article(document.name)]
    for article in articles:
        others = [other for other in articles if other is not article]
        for key, name in KEYS.items():
            if not has(article, key) and most_have(others, key) and not is_without_abstract(article, key):
                message = f"the article has no {name}, and most others have; add “{key}: …” to its front matter"
                yield Violation(Place(article.path), message)


def has(article: Document, key: str) -> bool:
    return key in article.front_matter.entries


def most_have(articles: Sequence[Document], key: str) -> bool:
    """Return whether more than half of some articles have a key."""
    return 2 * sum(has(article, key) for article in articles) > len(articles)


def is_without_abstract(article: Document, key: str) -> bool:
    """Return whether a text has neither abstract nor keywords, and is asked for one of them."""
    return key in OPTIONAL_TOGETHER and not any(has(article, other) for other in OPTIONAL_TOGETHER)


RULE = Rule(
    "missing-metadata",
    Level.WARNING,
    "An article has a date, an abstract, keywords and a licence if most others have them. A text with neither abstract "
    "nor keywords, such as an editorial, is not asked for them.",
    find,
)
