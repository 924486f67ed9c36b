"""Similar articles are found again after a change as by a first build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fleuron.site.similar import known_similarities, tf_idf
from fleuron.site.similar.known_similarities import KnownSimilarities, update
from fleuron.site.similar.stored_counts import StoredCounts
from fleuron.site.similar.tf_idf import Postings, most_similar, similar_articles

Counts = dict[str, dict[str, int]]
ARTICLES = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.dictionaries(st.sampled_from("abcdefghijklmnop"), st.integers(1, 5), max_size=9),
    max_size=8,
)


def store(stored: StoredCounts, now: Counts) -> StoredCounts:
    """Store the counts of these articles, and of no others."""
    for name in set(stored) - set(now):
        del stored[name]
    for name, counts in now.items():
        stored[name] = counts
    return stored


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first draw, on a busy machine
@given(st.lists(ARTICLES, min_size=1, max_size=5), st.sampled_from([2, 3, tf_idf.MOST_POSTINGS]))
def test_after_any_changes_the_lists_are_those_of_a_first_build(states: list[Counts], most_postings: int) -> None:
    known, before, counts = KnownSimilarities(), Counts(), StoredCounts()
    with pytest.MonkeyPatch.context() as patch:
        for module in (known_similarities, tf_idf):
            patch.setattr(module, "MOST_POSTINGS", most_postings)
        for now in states:
            changed = {name for name in {*before, *now} if before.get(name) != now.get(name)}
            store(counts, now)
            known = update(known, counts, changed)
            assert known.lists == similar_articles(now)
            before = now


@given(st.lists(ARTICLES, min_size=1, max_size=5))
def test_stored_counts_are_those_that_were_stored(states: list[Counts]) -> None:
    stored = StoredCounts()
    for now in states:
        store(stored, now)
        assert {**stored} == now
        assert stored.document_frequencies() == tf_idf.document_frequencies(now)
        assert stored.articles_with({*now.get("a", ())}) == {name for name in now if {*now.get("a", ())} & {*now[name]}}


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """List the articles that are compared with others."""
    names: list[str] = []

    def recording(name: str, vector: Mapping[str, float], index: Postings, most: int) -> list[str]:
        names.append(name)
        return most_similar(name, vector, index, most)

    monkeypatch.setattr(known_similarities, "most_similar", recording)
    yield names


def subjects(number: int) -> Counts:
    """Return articles of which each four have a subject."""
    return {f"a{each}": {f"s{each // 4}-{word}": 1 + (each + word) % 3 for word in range(30)} for each in range(number)}


def test_only_articles_that_share_words_with_a_changed_one_are_compared_again(compared: list[str]) -> None:
    articles = subjects(80)
    known = update(KnownSimilarities(), store(StoredCounts(), articles), {*articles})
    assert len(compared) == 80
    compared.clear()
    articles["a5"] = {**articles["a5"], "s1-0": 9, "new": 1}
    assert update(known, store(StoredCounts(), articles), {"a5"}).lists == similar_articles(articles)
    assert set(compared) <= {"a4", "a5", "a6", "a7"}
    compared.clear()
    assert update(known, store(StoredCounts(), subjects(80)), set()).lists == known.lists
    assert compared == []
