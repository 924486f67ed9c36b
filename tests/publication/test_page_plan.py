"""The page plan: the first folio of each text, what must be laid out again, and when a plan is valid."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleuron.publication.page_breaks import PageBreak
from fleuron.publication.page_plan import (
    DocumentPages,
    LaidOutPages,
    LayoutJob,
    Mode,
    PagePlan,
    SettledPlan,
    VolumeTexts,
    digest_of,
    first_folios,
    read_plan,
    settle_folios,
    write_plan,
)

COUNTS = {"a": 3, "b": 4, "c": 1}


class FakeLayout:
    """Lay out documents with fixed numbers of pages, and record the jobs of each round."""

    def __init__(self, counts: Mapping[str, int], places: Mapping[str, Mapping[str, int]] | None = None) -> None:
        self.counts = counts
        self.places = places or {}
        self.rounds: list[list[LayoutJob]] = []

    def __call__(self, jobs: Sequence[LayoutJob]) -> Mapping[str, LaidOutPages]:
        self.rounds.append(list(jobs))
        return {job.name: LaidOutPages(self.counts[job.name], self.places.get(job.name, {})) for job in jobs}

    @property
    def names(self) -> list[str]:
        return ["".join(job.name for job in jobs) for jobs in self.rounds]


def volume(names: str, **fields: Any) -> VolumeTexts:
    return VolumeTexts({name: digest_of(name) for name in names}, **fields)


def test_each_article_of_a_volume_begins_on_the_next_recto() -> None:
    assert first_folios("abc", COUNTS) == {"a": 1, "b": 5, "c": 9}
    assert first_folios("abc", COUNTS, 6) == {"a": 7, "b": 11, "c": 15}
    assert first_folios("abc", COUNTS, 5) == {"a": 7, "b": 11, "c": 15}


def test_each_article_begins_on_the_next_page_where_any_may_open_one() -> None:
    counts = {"a": 3, "b": 4, "c": 1}
    assert first_folios("abc", counts, openings="any") == {"a": 1, "b": 4, "c": 8}
    assert first_folios("abc", counts, 5, openings="any") == {"a": 6, "b": 9, "c": 13}


def test_each_article_of_a_collection_begins_with_page_1() -> None:
    assert volume("abc", mode="article", front_pages=5).first_folios(COUNTS) == {"a": 1, "b": 1, "c": 1}


def test_a_document_without_a_count_takes_no_pages() -> None:
    assert first_folios("abc", {"c": 2}) == {"a": 1, "b": 1, "c": 1}


@given(st.lists(st.integers(1, 40), min_size=1), st.integers(0, 9))
def test_folios_are_odd_and_no_page_has_two(counts: list[int], front: int) -> None:
    order = [str(number) for number in range(len(counts))]
    firsts = first_folios(order, dict(zip(order, counts, strict=True)), front)
    used = [
        folio for name, count in zip(order, counts, strict=True) for folio in range(firsts[name], firsts[name] + count)
    ]
    assert len(set(used)) == len(used)
    assert all(firsts[name] % 2 for name in order)
    assert min(used) > front
    assert max(used) <= front + 1 + sum(counts) + len(counts)  # at most one blank verso before each


def settled(counts: Mapping[str, int], last: PagePlan, **fields: Any) -> tuple[FakeLayout, SettledPlan]:
    layout = FakeLayout(counts)
    return layout, settle_folios(volume("abc", **fields), layout, last)


def test_the_first_build_lays_out_twice_what_does_not_open_the_volume() -> None:
    layout, found = settled(COUNTS, PagePlan())
    assert layout.names == ["abc", "bc"]
    assert {name: run.first for name, run in found.plan.runs.items()} == {"a": 1, "b": 5, "c": 9}
    assert (found.rounds, found.unsettled) == (2, ())


def test_with_a_plan_of_the_last_build_one_round_is_enough() -> None:
    _layout, before = settled(COUNTS, PagePlan())
    layout, found = settled(COUNTS, before.plan)
    assert layout.names == ["abc"]
    assert layout.rounds[0] == [LayoutJob("a", 1), LayoutJob("b", 5), LayoutJob("c", 9)]
    assert found == SettledPlan(before.plan, 1)


@pytest.mark.parametrize(
    ("counts", "rounds"),
    [
        pytest.param({**COUNTS, "a": 4}, ["abc"], id="onto a blank verso: nothing moves"),
        pytest.param({**COUNTS, "b": 5}, ["abc", "c"], id="over it: what stands after moves"),
        pytest.param({**COUNTS, "a": 5}, ["abc", "bc"], id="the first: all others move"),
        pytest.param({**COUNTS, "c": 9}, ["abc"], id="the last: nothing moves"),
        pytest.param({**COUNTS, "a": 2}, ["abc", "bc"], id="shorter: what stands after moves"),
    ],
)
def test_when_an_article_changes_its_length_only_what_moves_is_laid_out_again(
    counts: Mapping[str, int], rounds: list[str]
) -> None:
    _layout, before = settled(COUNTS, PagePlan())
    layout, found = settled(counts, before.plan)
    assert layout.names == rounds
    assert found == replace(settled(counts, PagePlan())[1], rounds=len(rounds))


def test_in_a_collection_no_article_moves_another() -> None:
    layout, before = settled(COUNTS, PagePlan(), mode="article")
    assert layout.names == ["abc"]
    layout, found = settled({**COUNTS, "a": 9}, before.plan, mode="article")
    assert layout.names == ["abc"]
    assert [run.first for run in found.plan.runs.values()] == [1, 1, 1]


REFERENCES = {"a": ("c-x", "b-y", "nowhere")}
PLACES = {"b": {"b-y": 3}, "c": {"c-x": 0}}


def test_a_document_is_given_the_folios_that_it_refers_to() -> None:
    layout = FakeLayout(COUNTS, PLACES)
    found = settle_folios(volume("abc", references=REFERENCES, front_pages=2), layout, PagePlan())
    assert layout.rounds[0][0] == LayoutJob("a", 3, {})
    assert layout.rounds[1][0] == LayoutJob("a", 3, {"c-x": 11, "b-y": 10})
    assert found.plan.runs["b"] == DocumentPages(digest_of("b"), 4, 7, {"b-y": 10})
    again = FakeLayout(COUNTS, PLACES)
    assert settle_folios(volume("abc", references=REFERENCES, front_pages=2), again, found.plan) == replace(
        found, rounds=1
    )
    assert again.names == ["abc"]


def test_who_refers_to_a_place_that_moved_is_laid_out_again() -> None:
    before = settle_folios(volume("abc", references=REFERENCES), FakeLayout(COUNTS, PLACES), PagePlan()).plan
    layout = FakeLayout(COUNTS, {**PLACES, "c": {"c-x": 1}})
    settle_folios(volume("abc", references=REFERENCES), layout, before)
    assert layout.names == ["abc", "a"]
    layout = FakeLayout(COUNTS, {"b": PLACES["b"]})
    settle_folios(volume("abc", references=REFERENCES), layout, before)
    assert layout.names == ["abc", "a"]


def test_an_article_that_is_put_between_two_others_moves_the_later() -> None:
    before = settled(COUNTS, PagePlan())[1].plan
    layout = FakeLayout({**COUNTS, "n": 2})
    found = settle_folios(volume("abnc"), layout, before)
    assert layout.names == ["abnc", "c"]
    assert {name: run.first for name, run in found.plan.runs.items()} == {"a": 1, "b": 5, "n": 9, "c": 11}


def test_folios_that_never_settle_are_reported_after_four_rounds() -> None:
    class Fickle(FakeLayout):
        def __call__(self, jobs: Sequence[LayoutJob]) -> Mapping[str, LaidOutPages]:
            # The article has one page more if it refers to a lower folio.
            found = dict(super().__call__(jobs))
            low = any(job.name == "a" and job.folios.get("b-y", 0) < 6 for job in jobs)
            return {**found, "a": LaidOutPages(4 + low)} if any(job.name == "a" for job in jobs) else found

    layout = Fickle({"a": 4, "b": 1}, {"b": {"b-y": 0}})
    found = settle_folios(volume("ab", references={"a": ("b-y",)}), layout, PagePlan())
    assert len(layout.rounds) == found.rounds == 4
    assert "a" in found.unsettled


lengths = st.lists(st.integers(1, 12), min_size=4, max_size=4)


@given(lengths, lengths, st.sampled_from(["volume", "article"]))
def test_the_last_build_changes_how_long_it_takes_and_nothing_else(old: list[int], new: list[int], mode: Mode) -> None:
    texts = volume("abcd", references={"b": ("d-x",), "d": ("a-x",)}, mode=mode)
    places = {name: {f"{name}-x": 0} for name in "abcd"}
    before = settle_folios(texts, FakeLayout(dict(zip("abcd", old, strict=True)), places), PagePlan()).plan
    counts = dict(zip("abcd", new, strict=True))
    found = settle_folios(texts, FakeLayout(counts, places), before)
    assert found.plan == settle_folios(texts, FakeLayout(counts, places), PagePlan()).plan
    assert found.rounds <= 2
    assert found.unsettled == ()


PLAN = settle_folios(volume("abc", references=REFERENCES), FakeLayout(COUNTS, PLACES), PagePlan()).plan
COLLECTION = settle_folios(volume("abc", mode="article"), FakeLayout(COUNTS, PLACES), PagePlan()).plan


def matched(plan: PagePlan, **texts: str) -> list[str]:
    return list(plan.matching({name: digest_of(text) for name, text in texts.items()}, plan.mode).runs)


def test_a_plan_holds_while_it_matches_the_text() -> None:
    assert PLAN.matching(volume("abc").texts, "volume") == PLAN
    assert PLAN.matching(volume("abc").texts, "article") == PagePlan("article")


def test_a_run_is_absent_once_its_text_or_one_before_it_has_changed() -> None:
    assert matched(PLAN, a="a", b="changed", c="c") == ["a"]
    assert matched(PLAN, a="a", c="c", b="b") == ["a"]
    assert matched(PLAN, a="a", n="n", b="b", c="c") == ["a"]
    assert matched(PLAN, a="a", c="c") == ["a"]
    assert matched(PLAN, a="changed", b="b", c="c") == []
    assert matched(PLAN, a="a", b="b", c="c", n="n") == ["a", "b", "c"]


def test_in_a_collection_a_run_is_absent_once_its_own_text_has_changed() -> None:
    assert matched(COLLECTION, a="a", b="changed", c="c") == ["a", "c"]
    assert matched(COLLECTION, c="c", n="n", a="a") == ["c", "a"]


@pytest.mark.parametrize("plan", [PLAN, COLLECTION, PagePlan()])
def test_a_plan_is_read_as_it_was_written_in_its_order(tmp_path: Path, plan: PagePlan) -> None:
    path = tmp_path / "pdf" / "pages.json"
    write_plan(plan, path)
    found = read_plan(path)
    assert found == plan
    assert list(found.runs) == list(plan.runs)
    written = path.read_bytes()
    write_plan(found, path)
    assert path.read_bytes() == written
    assert [each.name for each in path.parent.iterdir()] == ["pages.json"]


RUN: dict[str, Any] = {"document": "a", "text": "t", "pages": 1, "first": 1, "folios": {"x": 1}}
BREAK: dict[str, Any] = {"passage": 4, "letters": 2, "check": "ab"}
RUN["breaks"] = [BREAK]
WHOLE: dict[str, Any] = {"format": 2, "mode": "volume", "runs": [RUN]}


def test_a_plan_as_the_damages_have_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "pages.json").write_text(json.dumps(WHOLE))
    assert read_plan(tmp_path / "pages.json") == PagePlan(
        "volume", {"a": DocumentPages("t", 1, 1, {"x": 1}, (PageBreak(4, 2, "ab"),))}
    )


CHANGES: tuple[dict[str, Any], ...] = (
    {"format": 1},
    {"mode": "chapter"},
    {"runs": 3},
    {"runs": [3]},
    {"runs": [{**RUN, "pages": "1"}]},
    {"runs": [{**RUN, "pages": True}]},
    {"runs": [{**RUN, "first": -1}]},
    {"runs": [{**RUN, "folios": {"x": 1.5}}]},
    {"runs": [{**RUN, "folios": []}]},
    {"runs": [{**RUN, "text": 1}]},
    {"runs": [{**RUN, "breaks": 3}]},
    {"runs": [{**RUN, "breaks": [{**BREAK, "passage": "4"}]}]},
    {"runs": [{**RUN, "breaks": [{**BREAK, "letters": -1}]}]},
    {"runs": [{**RUN, "breaks": [{**BREAK, "check": 1}]}]},
    {"runs": [{**RUN, "breaks": [{**BREAK, "more": 1}]}]},
)
DAMAGED = (None, "", json.dumps(WHOLE)[:-9], "[]", "\x00", *(json.dumps({**WHOLE, **change}) for change in CHANGES))


@pytest.mark.parametrize("written", DAMAGED)
def test_a_plan_that_cannot_be_read_is_absent(tmp_path: Path, written: str | None) -> None:
    if written is not None:
        (tmp_path / "pages.json").write_text(written)
    assert read_plan(tmp_path / "pages.json") == PagePlan()
