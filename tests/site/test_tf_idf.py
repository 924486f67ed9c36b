"""Similar articles: by their subject, whatever their number and order."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from fleuron.site.search.stems import folding_of, stem_counts, without_diacritics
from fleuron.site.similar.tf_idf import MANY_ARTICLES, MOST_POSTINGS, inverted_index, similar_articles, weigh_terms

WATER = (
    "The treaty on the waters of the Euphrates was signed before the dams were built, and no court was ever asked "
    "to judge what a drought does to a treaty. Upstream states count the water they let pass; downstream states "
    "count the fields that the river no longer reaches."
)
DROUGHT = (
    "A drought is nobody's fault, said the judges, and dismissed the case. Since then three dams more have closed "
    "the river, and what the treaty calls a fair share of the Euphrates is no more than what the turbines leave "
    "in a dry year."
)
TYPE = (
    "A compositor of the old school set notes in the margin, beside the line they belong to, and cut the type for "
    "an accent himself. The foundries sold letters by weight, and what a printer lacked he borrowed."
)
CARAVANS = (
    "Silk went west by caravan, and cotton came back. The market of the town stood below the pass, and merchants "
    "wintered there with their camels until the snow had gone."
)
ORDINARY = (
    "and the that which was were with from their this have been more than into over after before other some there "
)
STOPWORDS = frozenset(ORDINARY.split()) | {"what", "for", "they", "since", "then", "where", "until", "himself"}


def counted(**texts: str) -> dict[str, dict[str, int]]:
    return {name: stem_counts(text, "en", STOPWORDS) for name, text in texts.items()}


def test_two_articles_on_one_subject_are_similar_if_there_are_no_others() -> None:
    assert similar_articles(counted(water=WATER, drought=DROUGHT)) == {"drought": ["water"], "water": ["drought"]}


def test_articles_on_different_subjects_are_not_similar() -> None:
    assert similar_articles(counted(water=WATER, type=TYPE, caravans=CARAVANS)) == {
        "caravans": [],
        "type": [],
        "water": [],
    }


def test_articles_on_one_subject_are_similar_among_others() -> None:
    found = similar_articles(counted(water=WATER, drought=DROUGHT, type=TYPE, caravans=CARAVANS))
    assert found == {"caravans": [], "drought": ["water"], "type": [], "water": ["drought"]}


def test_words_of_all_articles_make_none_similar() -> None:
    """Here without a list of stop words: the articles share nothing but ordinary words."""
    texts = {
        f"a{number}": {**dict.fromkeys(ORDINARY.split(), 9), **{f"own{number}-{each}": 3 for each in range(40)}}
        for number in range(12)
    }
    assert set(map(tuple, similar_articles(texts).values())) == {()}


def test_one_article_or_empty_ones_are_not_similar_to_any() -> None:
    assert similar_articles({}) == {}
    assert similar_articles({"one": {"word": 3}}) == {"one": []}
    assert similar_articles({"one": {}, "two": {}}) == {"one": [], "two": []}


def test_equally_similar_articles_are_in_alphabetical_order_and_three_at_most() -> None:
    articles: dict[str, Mapping[str, int]] = {name: {"river": 2, "dam": 1} for name in "edcba"}
    articles["z"] = {"silk": 1}
    found = similar_articles(articles)
    assert found["c"] == ["a", "b", "d"]
    assert found["z"] == []
    assert similar_articles(articles, most=1)["c"] == ["a"]


def test_the_most_similar_is_first() -> None:
    articles = {
        "a": {"alp": 3},
        "b": {"alp": 2, "dam": 2, "flood": 2},
        "c": {"alp": 2, "dam": 2, "flood": 2, "silt": 1},
        "d": {"silk": 2},
    }
    assert similar_articles(articles)["c"] == ["b", "a"]


def drawn(articles: int, seed: int = 1) -> dict[str, dict[str, int]]:
    """Draw articles of words as frequent as words are, each on one of many subjects."""
    chance = random.Random(seed)
    words = [f"w{number}" for number in range(3000)]
    odds = [1 / (number + 1) for number in range(3000)]
    made = {}
    for number in range(articles):
        subject = [f"s{number % 25}-{each}" for each in range(30)]
        drawn_words = chance.choices(words, odds, k=600) + chance.choices(subject, k=60)
        made[f"a{number:04}"] = {word: drawn_words.count(word) for word in sorted(set(drawn_words))}
    return made


def test_the_order_of_articles_and_words_changes_nothing() -> None:
    articles = drawn(60)
    shuffled = list(articles)
    random.Random(3).shuffle(shuffled)
    reordered = {name: dict(reversed(articles[name].items())) for name in shuffled}
    assert similar_articles(reordered) == similar_articles(articles)
    assert list(similar_articles(reordered)) == sorted(articles)


def test_another_hash_seed_changes_nothing() -> None:
    code = (
        "from fleuron.site.similar.tf_idf import similar_articles; import tests.site.test_tf_idf as t;"
        "print(t.counted(a=t.WATER, b=t.DROUGHT), similar_articles(t.drawn(60)))"
    )
    told = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", code]
        told.add(
            subprocess.run(
                command, env=env, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
            ).stdout
        )
    assert len(told) == 1


def test_articles_find_their_subject_among_many() -> None:
    found = similar_articles(drawn(200))
    assert all(int(other[1:]) % 25 == int(name[1:]) % 25 for name, others in found.items() for other in others)
    assert all(len(others) == 3 for others in found.values())


def test_the_work_for_an_article_is_bounded() -> None:
    articles: dict[str, dict[str, int]] = {f"a{number:04}": {"river": 1, f"own{number}": 2} for number in range(1500)}
    for number in range(300):
        articles[f"b{number:04}"] = {"dam": number + 1, f"other{number}": 1}
    index = inverted_index(weigh_terms(articles))
    assert "river" not in index  # in more than a fifth of them
    assert len(index["dam"]) == MOST_POSTINGS
    # The articles kept are those where the term weighs most.
    assert {name for name, _ in index["dam"]} == {f"b{number:04}" for number in range(300 - MOST_POSTINGS, 300)}


def test_a_word_of_every_article_has_no_weight_among_many() -> None:
    articles = {f"a{number:03}": {"everywhere": 5, f"pair{number // 2}": 1} for number in range(MANY_ARTICLES + 2)}
    assert all("everywhere" not in vector for vector in weigh_terms(articles).values())
    assert similar_articles(articles)["a001"] == ["a000"]


@pytest.mark.parametrize(
    ("language", "written", "folded"),
    [
        ("tr", "İSTANBUL ISPARTA ığdır", ["istanbul", "ısparta", "ığdır"]),
        ("tr", "İzmir", ["izmir"]),  # with the dot apart
        ("az", "ISI", ["ısı"]),
        ("ru", "Ёлка ЙОД", ["елка", "йод"]),
        ("en", "İstanbul’s ISPARTA", ["istanbul", "s", "isparta"]),
        ("en", "ʿAlī co\u00adop", ["alī", "coop"]),
        ("fa", "كتاب يک کِتاب", ["کتاب", "یک", "کتاب"]),
        ("de", "Straße", ["straße"]),
    ],
)
def test_a_text_is_folded_by_the_rules_of_its_language(language: str, written: str, folded: list[str]) -> None:
    assert folding_of(language).words(written) == folded


def test_diacritics_are_removed_from_the_latin_letters_of_a_stem_only() -> None:
    words = ["başaran", "ısparta", "k̲h̲ān", "łódź", "straße", "йод", "کتاب", "naïve"]
    assert [without_diacritics(word) for word in words] == [
        "basaran",
        "isparta",
        "khan",
        "lodz",
        "strasse",
        "йод",
        "کتاب",
        "naive",
    ]


def test_stems_are_counted_without_short_words_numbers_and_stop_words() -> None:
    assert stem_counts("Rivers, a river; the river 1967 of x2", "en", frozenset({"The"})) == {"river": 3}
    assert stem_counts("Kuraklığın kitapları: kuraklık ve için", "tr") == {"kitap": 1, "kuraklık": 2}
    assert stem_counts("رودها و رود این", "fa")
    assert stem_counts("Nehrlar daryolar", "uz") == {"daryolar": 1, "nehrlar": 1}  # no stemmer: the word
