"""Find the similar articles again after some articles have changed, without comparing all others anew."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from fleuron.site.similar.tf_idf import (
    Vector,
    best_terms,
    document_frequencies,
    inverse_frequencies,
    inverted_index,
    most_similar,
)

MOST = 3


@dataclass(frozen=True)
class KnownSimilarities:
    """The similar articles of each article, with what they were found by: weights of terms, and of articles' terms."""

    weights: Mapping[str, float] = field(default_factory=dict)
    vectors: Mapping[str, Vector] = field(default_factory=dict)
    lists: Mapping[str, list[str]] = field(default_factory=dict)


def update(known: KnownSimilarities, counts: Mapping[str, Mapping[str, int]], changed: Set[str]) -> KnownSimilarities:
    """Return what is known of the stems of all articles, given those that are new, changed or gone since.

    The result is the same as that of a first build.
    """
    weights = inverse_frequencies(document_frequencies(counts), len(counts))
    reweighed = {term for term, weight in weights.items() if known.weights.get(term) != weight}
    vectors: dict[str, Vector] = {}
    for name, article in sorted(counts.items()):
        same = name in known.vectors and name not in changed and reweighed.isdisjoint(article)
        vectors[name] = known.vectors[name] if same else best_terms(article, weights)
    different = {name for name in {*vectors, *known.vectors} if vectors.get(name) != known.vectors.get(name)}
    touched = {term for name in different for found in (vectors, known.vectors) for term in found.get(name, ())}
    index = inverted_index(vectors)
    lists = {
        name: known.lists[name]
        if name not in different and touched.isdisjoint(vector)
        else most_similar(name, vector, index, MOST)
        for name, vector in vectors.items()
    }
    return KnownSimilarities(weights, vectors, lists)
