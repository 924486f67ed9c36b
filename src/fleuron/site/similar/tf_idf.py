"""Find similar articles by TF-IDF over the counts of their stems, with an inverted index."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Set

Vector = Mapping[str, float]
Postings = Mapping[str, list[tuple[str, float]]]

# How many terms represent an article, so that a long one does not match more than a short one.
BEST_TERMS = 80
# In a publication of so many articles, a term that is in more than this share of them is ignored.
MANY_ARTICLES, COMMON_SHARE = 50, 0.2
# A term leads only to the articles where it weighs most, so that the work for one article is at most
# BEST_TERMS × MOST_POSTINGS, whatever the number of articles.
MOST_POSTINGS = 200
# The cosine from which on two articles are similar: below it they share words, but no subject.
LEAST_COSINE = 0.06
# A quarter octave, as a natural logarithm.
STEP = math.log(2) / 4
# The digits to which cosines are compared; later ones depend on the order of summation.
DIGITS = 9


def similar_articles(counts: Mapping[str, Mapping[str, int]], most: int = 3) -> dict[str, list[str]]:
    """Return for each article the articles most similar to it, at most ``most``, the most similar first.

    ``counts`` are the stems of each article with their frequencies in it.
    """
    vectors = weigh_terms(counts)
    index = inverted_index(vectors)
    return {name: most_similar(name, vectors[name], index, most) for name in sorted(vectors)}


def weigh_terms(counts: Mapping[str, Mapping[str, int]]) -> dict[str, Vector]:
    """Weigh the best terms of each article: log tf × idf, divided by the length of the vector of all its terms.

    A term of a single article matches no other, but counts in the length: so articles that have most of their terms
    in common differ from those that have only a few in common.
    """
    weights = inverse_frequencies(document_frequencies(counts), len(counts))
    return {name: best_terms(article, weights) for name, article in sorted(counts.items())}


def document_frequencies(counts: Mapping[str, Mapping[str, int]]) -> Counter[str]:
    """Count the articles that have each term."""
    frequency: Counter[str] = Counter()
    for article in counts.values():
        frequency.update(article.keys())
    return frequency


def best_terms(article: Mapping[str, int], inverse: Mapping[str, float]) -> Vector:
    """Return the weights of an article's best terms that other articles have as well."""
    weights = {term: (1 + math.log(count)) * abs(inverse[term]) for term, count in article.items() if count > 0}
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    shared = [(term, weight) for term, weight in weights.items() if inverse[term] > 0]
    best = sorted(shared, key=lambda each: (-each[1], each[0]))[:BEST_TERMS]
    return {term: weight / length for term, weight in best}


def inverse_frequencies(frequency: Mapping[str, int], articles: int) -> dict[str, float]:
    """Weigh terms by the number of articles that have them; the weight of one that a single article has is negative.

    The logarithm goes by steps of a quarter octave, so that a change of one article alters the weights of few terms,
    and the lists of few others. There are as if two more articles without any term: otherwise, a term that is in both
    of two articles would weigh nothing.
    """
    most = articles * COMMON_SHARE if articles > MANY_ARTICLES else articles
    of_number = {
        number: 0.0 if number > most else (quarter_octaves(articles + 2) - quarter_octaves(number)) * STEP
        for number in set(frequency.values())
    }
    return {term: of_number[number] if number > 1 else -of_number[number] for term, number in frequency.items()}


def quarter_octaves(number: int) -> int:
    """Return four times the binary logarithm of a positive number, rounded down."""
    return int(number**4).bit_length() - 1


def inverted_index(vectors: Mapping[str, Vector], terms: Set[str] | None = None) -> Postings:
    """Return for each term the articles that it represents with its weights, the highest weight first.

    With ``terms``, those of other terms are left out.
    """
    postings: dict[str, list[tuple[str, float]]] = {}
    for name, vector in vectors.items():
        for term, weight in vector.items():
            if terms is None or term in terms:
                postings.setdefault(term, []).append((name, weight))
    return {
        term: sorted(articles, key=lambda each: (-each[1], each[0]))[:MOST_POSTINGS]
        for term, articles in postings.items()
    }


def most_similar(name: str, vector: Vector, index: Postings, most: int) -> list[str]:
    """List the articles similar to one, by cosine, then by name."""
    cosines: dict[str, float] = {}
    for term, weight in vector.items():
        for other, its_weight in index[term]:
            if other != name:
                cosines[other] = cosines.get(other, 0.0) + weight * its_weight
    return [other for _, other in ranked(cosines)[:most]]


def rank(vector: Vector, others: Mapping[str, Vector]) -> list[tuple[float, str]]:
    """Rank those of some articles that are similar to one: the negative cosine and the name of each, in order."""
    return ranked(
        {
            name: sum(weight * other[term] for term, weight in vector.items() if term in other)
            for name, other in others.items()
        }
    )


def ranked(cosines: Mapping[str, float]) -> list[tuple[float, str]]:
    """Leave out articles that are not similar, and sort the others by cosine, then by name."""
    rounded = ((-round(cosine, DIGITS), name) for name, cosine in cosines.items())
    return sorted(each for each in rounded if -each[0] >= LEAST_COSINE)
