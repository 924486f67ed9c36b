"""The order of notes and the positions that follow from it, without Sphinx."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fleuron.csl.rendering.positions import positions
from fleuron.csl.text.labelled_numbers import LabelledNumber
from fleuron.notes.markup.citation_syntax import NumberedNote, ParsedCite, csl_citations, parse_citation


def places(*notes: NumberedNote) -> list[list[str]]:
    """Return the position of each source of each call of some notes."""
    together = csl_citations(notes)
    found = zip(together, positions(together), strict=True)
    return [[place.name for place in where] for cluster, where in found if cluster.cites]


def pages(text: str) -> tuple[LabelledNumber, ...]:
    return (LabelledNumber("page", text),) if text else ()


def cited(number: int, *keys: str, own: bool = False) -> NumberedNote:
    """Make a note; ``a:12`` cites page 12 of a."""
    call = tuple(ParsedCite(key.partition(":")[0], "", pages(key.partition(":")[2])) for key in keys)
    return NumberedNote(number, (call,), has_own_text=own)


def test_first_subsequent_and_ibid() -> None:
    notes = [
        cited(1, "a"),
        cited(2, "a"),
        cited(3, "b"),
        cited(4, "a"),
        cited(5, "a:4"),
        cited(6, "a:4"),
        cited(7, "a"),
    ]
    assert places(*notes) == [
        ["first"],
        ["ibid"],
        ["first"],
        ["subsequent"],
        ["ibid-with-locator"],
        ["ibid"],
        ["subsequent"],
    ]


def test_no_ibid_after_a_note_with_two_sources() -> None:
    assert places(cited(1, "a", "b"), cited(2, "b")) == [["first", "first"], ["subsequent"]]


def test_no_ibid_after_an_authors_own_note() -> None:
    own = NumberedNote(2, (), has_own_text=True)
    assert places(cited(1, "a"), own, cited(3, "a")) == [["first"], ["subsequent"]]
    citing = cited(2, "a", own=True)
    assert places(cited(1, "a"), citing, cited(3, "a"))[2] == ["subsequent"]


def test_the_same_source_twice_within_one_note() -> None:
    note = NumberedNote(1, ((ParsedCite("a"),), (ParsedCite("a", "", pages("3")),)), has_own_text=True)
    assert places(note) == [["first"], ["ibid-with-locator"]]


def test_the_number_of_the_first_note_is_known() -> None:
    together = csl_citations([cited(1, "b"), cited(2, "a"), cited(3, "b"), cited(4, "a")])
    assert [where[0].first_note for where in positions(together)] == [0, 0, 1, 2]


def test_a_prefix_and_a_suffix_are_separated_from_the_source() -> None:
    (cluster,) = csl_citations([NumberedNote(1, ((ParsedCite("a", "see", (), "passim"),),))])
    assert (cluster.cites[0].prefix, cluster.cites[0].suffix) == ("see ", ", passim")


def place_after(before: str, place: str) -> str:
    """Return the position of a cite of a place in a source right after a cite of another place in it."""
    cites = [parse_citation(f"a{{{text}}}" if text else "a")[0] for text in (before, place)]
    notes = [NumberedNote(number, (tuple(call),)) for number, call in enumerate(cites, 1)]
    return places(*notes)[1][0]


@pytest.mark.parametrize(
    ("before", "place", "position"),
    [
        ("p. 12, n. 4", "p. 12", "ibid-with-locator"),
        ("p. 12", "p. 12, n. 4", "ibid-with-locator"),
        ("p. 12, n. 4", "p. 12, n. 4", "ibid"),
        ("12, n. 4", "p. 12; n. 4", "ibid"),
        ("vol. 1, p. 12", "vol. 2, p. 12", "ibid-with-locator"),
        ("no. 6", "nos. 6 and 7", "ibid-with-locator"),
        ("pp. 12-14", "pp. 12–14", "ibid"),
        ("p. 12", "p. XII", "ibid-with-locator"),
        ("p. 12 ff.", "p. 12", "ibid-with-locator"),
        ("f. 130, op. 1, d. 12", "f. 130, op. 1, d. 13", "ibid-with-locator"),
        # A place in the author's own words.
        ("box 5", "", "subsequent"),
        ("box 5", "box 6", "ibid-with-locator"),
        ("box 5", "box 5", "ibid"),
        ("passim", "", "ibid"),
    ],
)
def test_ibid_alone_is_the_same_place(before: str, place: str, position: str) -> None:
    assert place_after(before, place) == position


PLACES = st.lists(
    st.tuples(st.sampled_from(["p.", "vol.", "n.", "ch.", "fol.", "§", "s.v."]), st.integers(1, 3)), max_size=3
).map(lambda parts: ", ".join(f"{label} {number}" for label, number in parts))


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(before=PLACES, place=PLACES)
def test_ibid_alone_is_never_another_place(before: str, place: str) -> None:
    expected = {True: "ibid", False: "ibid-with-locator" if place else "subsequent"}[before == place]
    assert place_after(before, place) == expected
