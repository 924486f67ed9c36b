"""Which articles are alike: TF-IDF over the counts of their stems, with an inverted index."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

Vector = Mapping[str, float]
Postings = Mapping[str, list[tuple[str, float]]]

# What an article is known by: its best terms, so many that a long article has no longer arm than a short one.
BEST_TERMS = 80
# From so many articles on, a term that stands in more than this part of them tells nothing of any.
MANY, COMMON = 50, 0.2
# An article is met by a term only among those where the term weighs most: the work for
# one article has a bound, BEST_TERMS × MOST_POSTINGS, whatever the number of articles.
MOST_POSTINGS = 200
# Cosine below which two articles share words and no subject.
ALIKE = 0.06
# Digits to which cosines are compared; the last ones hang on the order of a sum.
DIGITS = 9


def similar(counts: Mapping[str, Mapping[str, int]], most: int = 3) -> dict[str, list[str]]:
    """Name for each article the articles most like it, the nearest first, at most ``most``.

    ``counts`` are the stems of each article with how often they stand in it.
    """
    vectors = weigh(counts)
    index = index_of(vectors)
    return {name: nearest(name, vectors[name], index, most) for name in sorted(vectors)}


def weigh(counts: Mapping[str, Mapping[str, int]]) -> dict[str, Vector]:
    """Weigh the best terms of each article: log tf × idf, over the length of all its terms' weights.

    Terms of one article alone meet no other; they count in the length, which tells two
    articles that share a subject from two that share what little they do not have for themselves.
    """
    frequency = Counter(term for article in counts.values() for term in article)
    return {name: best_terms(article, frequency, len(counts)) for name, article in sorted(counts.items())}


def best_terms(article: Mapping[str, int], frequency: Mapping[str, int], articles: int) -> Vector:
    weights = {
        term: (1 + math.log(count)) * inverse_frequency(frequency[term], articles)
        for term, count in article.items()
        if count > 0
    }
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    shared = [(term, weight) for term, weight in weights.items() if weight and frequency[term] > 1]
    best = sorted(shared, key=lambda each: (-each[1], each[0]))[:BEST_TERMS]
    return {term: weight / length for term, weight in best}


def inverse_frequency(frequency: int, articles: int) -> float:
    """Weigh a term by the articles it stands in, as if there were two more with no term at all.

    Without these, what two articles share would weigh nothing where there are no others.
    """
    if articles > MANY and frequency > articles * COMMON:
        return 0.0
    return math.log((articles + 2) / frequency)


def index_of(vectors: Mapping[str, Vector]) -> Postings:
    """List for each term the articles that are known by it, those where it weighs most first."""
    postings: dict[str, list[tuple[str, float]]] = {}
    for name, vector in vectors.items():
        for term, weight in vector.items():
            postings.setdefault(term, []).append((name, weight))
    return {
        term: sorted(articles, key=lambda each: (-each[1], each[0]))[:MOST_POSTINGS]
        for term, articles in postings.items()
    }


def nearest(name: str, vector: Vector, index: Postings, most: int) -> list[str]:
    """List the articles alike, by cosine, then by name."""
    cosines: dict[str, float] = {}
    for term, weight in vector.items():
        for other, its_weight in index[term]:
            if other != name:
                cosines[other] = cosines.get(other, 0.0) + weight * its_weight
    alike = [(-round(cosine, DIGITS), other) for other, cosine in cosines.items() if round(cosine, DIGITS) >= ALIKE]
    return [other for _, other in sorted(alike)[:most]]
