"""Where figures and tables go, and which pages give a line to others: decided without a page."""

from __future__ import annotations

import pytest

from fleuron.paged.layout.placement.float_plan import FloatPlan, on_grid
from fleuron.paged.layout.placement.short_pages import LOWER, NEARER, corrections, gaps, lines_lacking

LINE, PAGE = 10.0, 380.0


def test_what_fits_goes_to_the_foot_of_its_page_and_what_does_not_to_the_head_of_the_next() -> None:
    plan = FloatPlan(LINE)
    assert plan.call("map", 95, 200, PAGE) == 110, "whole lines, and one that is empty"
    assert plan.call("folio", 120, 90, PAGE) == 0
    assert plan.call("small", 5, 90, PAGE) == 0, "it would come before one that was called earlier"
    assert plan.begin_page(PAGE) == [("folio", 130), ("small", 20)] and not plan.feet
    assert plan.end() == set()


def test_a_page_keeps_room_for_text() -> None:
    plan = FloatPlan(LINE)
    assert plan.call("one", 130, PAGE, PAGE) == 140
    assert plan.call("two", 130, PAGE - 140, PAGE) == 0, "the page would be figures alone"
    assert plan.call("poster", 300, PAGE, PAGE) == 0 and plan.unplaced == {"poster"}


def test_a_call_that_moves_to_the_next_page_takes_its_figure_along() -> None:
    plan = FloatPlan(LINE)
    plan.call("map", 95, 200, PAGE)
    assert plan.withdraw("map") == 110 and plan.withdraw("map") == 0
    plan.call("folio", 95, 50, PAGE)
    assert plan.withdraw("folio") == 0 and plan.begin_page(PAGE) == []


def test_what_waits_at_the_end_has_no_place() -> None:
    plan = FloatPlan(LINE)
    plan.call("late", 95, 50, PAGE)
    assert plan.end() == {"late"}


@pytest.mark.parametrize(("height", "lines"), [(10, 1), (10.001, 1), (10.5, 2), (0, 0)])
def test_heights_are_whole_lines(height: float, lines: int) -> None:
    assert on_grid(height, LINE) == lines * LINE


def test_a_last_page_has_five_lines_and_two_of_text_above_biographies() -> None:
    assert [lines_lacking(lines, 0) for lines in (2, 5, 9)] == [3, 0, 0]
    assert [lines_lacking(text + 6, 6) for text in (0, 1, 2)] == [2, 1, 0]
    assert lines_lacking(4, 2) == 1


def test_pages_before_a_last_one_of_two_lines_give_a_line_each() -> None:
    assert list(corrections([0, 0, 1, 0, 30], 3, {})) == [{4: 1, 3: 2, 2: 1}]
    assert list(corrections([0, 0, 30], 3, {})) == [], "too few pages could give one"
    assert list(corrections([0, 0, 0, 20], 0, {})) == []


def test_the_pages_before_a_gap_give_lines_that_fill_it_or_the_page_is_longer() -> None:
    longer = -LOWER - NEARER
    assert list(corrections([0, 0, 0, 4, 0], 0, {})) == [{3: 1, 2: 1}, {4: longer}]
    assert list(corrections([4, 0, 0], 0, {})) == [{1: longer}], "no page before the first could give one"
    assert list(corrections([0, 0, 0, 4, 0], 0, {3: 1, 2: 1})) == [{3: 1, 2: 1, 4: longer}], "each gives once"
    assert list(corrections([0, 0, 0, 4, 0], 0, {3: 1, 2: 1, 4: longer})) == []
    assert gaps([0, 5, 0, 9], 3) == (9, 4)
