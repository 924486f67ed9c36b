"""Find which articles are corrected, retracted or commented on, and by which, from what the notices name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.diagnostics.similar_names import suggestion
from fleuron.publication.article import Article
from fleuron.publication.document_names import article_document, article_name, articles_named

Relation = Literal["corrects", "retracts", "comments-on", "corrected-by", "retracted-by", "commented-by"]
# The keys of a notice, and how the article that it is about is related to it.
INVERSE: Mapping[Relation, Relation] = {
    "retracts": "retracted-by",
    "corrects": "corrected-by",
    "comments-on": "commented-by",
}


@dataclass(frozen=True)
class RelatedArticle:
    """An article that another one is about, or that is about it; ``document`` is its document."""

    relation: Relation
    document: str


@dataclass(frozen=True)
class Notices:
    """The articles that are related to each article, by document, and what is wrong with the notices, by document."""

    related: Mapping[str, tuple[RelatedArticle, ...]]
    findings: Mapping[str, tuple[Finding, ...]]

    def is_retracted(self, document: str) -> bool:
        return any(each.relation == "retracted-by" for each in self.related.get(document, ()))


def names_of(article: Article, key: Relation) -> tuple[str, ...]:
    """Return the articles that a notice names under a key."""
    named = {"corrects": article.corrects, "retracts": article.retracts, "comments-on": article.comments_on}
    return named.get(key, ())


def find_notices(articles: Mapping[str, Article]) -> Notices:
    """Relate articles, given by document, to the notices about them; the oldest notice comes first."""
    paths = sorted(map(article_name, articles))
    about: dict[str, list[RelatedArticle]] = {}
    findings: dict[str, list[Finding]] = {}
    for document in sorted(articles):
        for key, name in named_articles(articles[document]):
            found = articles_named(name, paths)
            if len(found) == 1:
                about.setdefault(document, []).append(RelatedArticle(key, article_document(found[0])))
            else:
                values = {"key": key, "name": name, "suggestion": advice(name, found, paths)}
                finding = Finding(Diagnostic.UNKNOWN_ARTICLE, line_of(articles[document], key), values)
                findings.setdefault(document, []).append(finding)
    for document, circle in circles(about):
        related = next(each for each in about[document] if each.document in circle)
        shown = " → ".join(article_name(name) for name in (*circle, circle[0]))
        values = {"key": related.relation, "name": article_name(related.document), "circle": shown}
        finding = Finding(Diagnostic.CIRCULAR_NOTICES, line_of(articles[document], related.relation), values)
        findings.setdefault(document, []).append(finding)
    return Notices(both_ways(about, articles), {name: tuple(found) for name, found in findings.items()})


def named_articles(article: Article) -> Iterator[tuple[Relation, str]]:
    for key in INVERSE:
        yield from ((key, name) for name in dict.fromkeys(names_of(article, key)))


def line_of(article: Article, key: str) -> int:
    return (article.lines or {}).get(key, 1)


def advice(name: str, found: Sequence[str], paths: Iterable[str]) -> str:
    """Return the end of a message about a name that several articles have, or none."""
    return f"; write one of: {', '.join(found)}" if found else suggestion(name, paths)


def circles(about: Mapping[str, Sequence[RelatedArticle]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each notice that is, through what it is about, a notice about itself, with the articles on the way."""
    for start in about:
        ways: list[tuple[str, ...]] = [(start,)]
        seen = {start}
        while ways:
            way = ways.pop()
            for target in (each.document for each in about.get(way[-1], ())):
                if target == start:
                    yield start, way
                    ways = []
                    break
                if target not in seen:
                    seen.add(target)
                    ways.append((*way, target))


def both_ways(
    about: Mapping[str, Sequence[RelatedArticle]], articles: Mapping[str, Article]
) -> dict[str, tuple[RelatedArticle, ...]]:
    """Return what notices are about, and for each article the notices about it: retractions first, then by date."""
    related = {document: list(found) for document, found in about.items()}
    order = list(INVERSE)
    notices = [(each, document) for document, found in about.items() for each in found]

    def place(notice: tuple[RelatedArticle, str]) -> tuple[int, str, str]:
        return order.index(notice[0].relation), str(articles[notice[1]].date or ""), notice[1]

    for each, document in sorted(notices, key=place):
        related.setdefault(each.document, []).append(RelatedArticle(INVERSE[each.relation], document))
    return {document: tuple(found) for document, found in sorted(related.items())}
