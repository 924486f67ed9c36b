"""Find the similar articles again after some articles have changed, without comparing all others anew."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from fleuron.site.similar.stored_counts import StoredCounts
from fleuron.site.similar.tf_idf import (
    MOST_POSTINGS,
    Vector,
    best_terms,
    inverse_frequencies,
    inverted_index,
    most_similar,
    rank,
)

MOST = 3


@dataclass(frozen=True)
class KnownSimilarities:
    """The similar articles of each article, with what they were found by: weights of terms, and of articles' terms."""

    weights: Mapping[str, float] = field(default_factory=dict)
    vectors: Mapping[str, Vector] = field(default_factory=dict)
    lists: Mapping[str, list[str]] = field(default_factory=dict)


def update(known: KnownSimilarities, counts: StoredCounts, changed: Set[str]) -> KnownSimilarities:
    """Return what is known of the stems of all articles, given those that are new, changed or gone since.

    The result is the same as that of a first build.
    """
    frequencies = counts.document_frequencies()
    weights = inverse_frequencies(frequencies, len(counts))
    reweighed = counts.articles_with(term for term, weight in weights.items() if known.weights.get(term) != weight)
    vectors: dict[str, Vector] = {}
    for name in sorted(counts):
        is_same = name in known.vectors and name not in changed and name not in reweighed
        vectors[name] = known.vectors[name] if is_same else best_terms(counts[name], weights)
    names = {*vectors, *known.vectors}
    different = {name for name in names if is_different(vectors.get(name), known.vectors.get(name))}
    touched = {term for name in different for found in (vectors, known.vectors) for term in found.get(name, ())}
    # Terms of which not all articles are in the postings, or were not.
    cut_off = {term for term, number in frequencies.items() if number + len(different) > MOST_POSTINGS}
    lists: dict[str, list[str]] = {}
    compared = []
    for name, vector in vectors.items():
        if name not in different and touched.isdisjoint(vector):
            lists[name] = known.lists[name]
        elif name in different or not cut_off.isdisjoint(vector):
            compared.append(name)
        elif (found := list_with_changes(name, known, vectors, different)) is not None:
            lists[name] = found
        else:
            compared.append(name)
    index = inverted_index(vectors, {term for name in compared for term in vectors[name]})
    lists |= {name: most_similar(name, vectors[name], index, MOST) for name in compared}
    return KnownSimilarities(weights, vectors, {name: lists[name] for name in vectors})


def is_different(one: Vector | None, other: Vector | None) -> bool:
    return one is not other and one != other


def list_with_changes(
    name: str, known: KnownSimilarities, vectors: Mapping[str, Vector], different: Set[str]
) -> list[str] | None:
    """Return the articles similar to one that has not changed itself; None if all must be compared to find them.

    Only those of its list and those that have changed are compared: all others are as similar to it as they were, which
    is less than the last of a full list was.
    """
    vector, before = vectors[name], known.lists[name]
    ranked = rank(vector, {other: vectors[other] for other in {*before, *different} if other in vectors})[:MOST]
    if len(before) == MOST:
        last = rank(vector, {before[-1]: known.vectors[before[-1]]})
        if len(ranked) < MOST or ranked[-1] > last[0]:
            return None
    return [other for _cosine, other in ranked]
