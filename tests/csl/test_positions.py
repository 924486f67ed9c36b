"""Positions of cites: first, subsequent, ibid, near-note; and the number of the first note for a source."""

from __future__ import annotations

import pytest

from fleuron.csl.rendering.context import Cite, Position
from fleuron.csl.rendering.positions import Citation, positions
from fleuron.csl.text.run_writers import to_plain
from tests.support.csl_inputs import book, cited, notes, processor


def names(*cites: list[Cite]) -> list[list[str]]:
    """Return the names of the positions of cites in notes numbered from 1."""
    found = positions([Citation(tuple(note), number) for number, note in enumerate(cites, 1)])
    return [[each.name for each in note] for note in found]


A, B = Cite("a"), Cite("b")


@pytest.mark.parametrize(
    ("cites", "expected"),
    [
        ([[A], [A]], [["first"], ["ibid"]]),
        ([[A], [Cite("a", "12")]], [["first"], ["ibid-with-locator"]]),
        ([[Cite("a", "12")], [Cite("a", "12")]], [["first"], ["ibid"]]),
        ([[Cite("a", "12")], [Cite("a", "13")]], [["first"], ["ibid-with-locator"]]),
        ([[Cite("a", "12")], [Cite("a", "12", "chapter")]], [["first"], ["ibid-with-locator"]]),
        ([[Cite("a", "12")], [A]], [["first"], ["subsequent"]]),
        ([[A], [B], [A]], [["first"], ["first"], ["subsequent"]]),
        # After a note with two sources it would be unclear which is meant; within the note it is not.
        ([[A, B], [B]], [["first", "first"], ["subsequent"]]),
        ([[A, A], [A]], [["first", "ibid"], ["ibid"]]),
        ([[A], [B, A]], [["first"], ["first", "subsequent"]]),
        ([[A], [A, B]], [["first"], ["ibid", "first"]]),
        # A note without a source, the author's own words, stands between.
        ([[A], [], [A]], [["first"], [], ["subsequent"]]),
    ],
)
def test_the_position_depends_on_the_preceding_cite(cites: list[list[Cite]], expected: list[list[str]]) -> None:
    assert names(*cites) == expected


def test_a_gap_between_the_numbers_of_notes_ends_ibid() -> None:
    first, second = positions([Citation((A,), 1), Citation((A,), 3)])
    assert (first[0].name, second[0].name) == ("first", "subsequent")
    first, second = positions([Citation((A,), 1), Citation((A,), 1)])
    assert second[0].name == "ibid"


@pytest.mark.parametrize(("note", "near"), [(6, True), (7, False)])
def test_near_note_reaches_back_five_notes(note: int, near: bool) -> None:
    _first, _other, again = positions([Citation((A,), 1), Citation((B,), 2), Citation((A,), note)])
    assert again == (Position("subsequent", near, 1, note),)


def test_the_style_sets_the_near_note_distance() -> None:
    layout = '<choose><if position="near-note"><text value="near"/></if><else><text value="far"/></else></choose>'
    made = processor(layout, [book("a"), book("b")], citation='near-note-distance="1"')
    assert [to_plain(each) for each in notes(made, "a", "b", "b", "a")] == ["far", "far", "near", "far"]


def test_the_first_note_of_a_source_is_known() -> None:
    layout = '<choose><if position="subsequent"><text variable="first-reference-note-number"/></if></choose>'
    made = processor(layout, [book("a"), book("b")])
    assert [to_plain(each) for each in notes(made, "b", "a b", "a", "b")] == ["", "1", "2", "1"]


def test_a_position_implies_more_general_ones() -> None:
    position = Position("ibid-with-locator")
    assert [position.holds(each) for each in ("first", "subsequent", "ibid", "ibid-with-locator")] == [
        False, True, True, True,
    ]  # fmt: skip
    assert [Position("ibid").holds(each) for each in ("subsequent", "ibid", "ibid-with-locator")] == [True, True, False]


def test_an_entry_of_the_bibliography_has_no_position() -> None:
    assert cited('<choose><if position="first"><text value="first"/></if></choose>', book("a")) == "first"
