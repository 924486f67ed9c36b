"""The order of notes and the positions that follow from it, without Sphinx."""

from __future__ import annotations

from fleuron.csl.rendering.positions import positions
from fleuron.notes.citation_syntax import NumberedNote, ParsedCite, csl_citations


def places(*notes: NumberedNote) -> list[list[str]]:
    """Return the position of each source of each call of some notes."""
    together = csl_citations(notes)
    found = zip(together, positions(together), strict=True)
    return [[place.name for place in where] for cluster, where in found if cluster.cites]


def cited(number: int, *keys: str, own: bool = False) -> NumberedNote:
    """Make a note; ``a:12`` cites page 12 of a."""
    call = tuple(ParsedCite(key.partition(":")[0], "", "page", key.partition(":")[2]) for key in keys)
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
    note = NumberedNote(1, ((ParsedCite("a"),), (ParsedCite("a", "", "page", "3"),)), has_own_text=True)
    assert places(note) == [["first"], ["ibid-with-locator"]]


def test_the_number_of_the_first_note_is_known() -> None:
    together = csl_citations([cited(1, "b"), cited(2, "a"), cited(3, "b"), cited(4, "a")])
    assert [where[0].first_note for where in positions(together)] == [0, 0, 1, 2]


def test_a_prefix_and_a_suffix_are_separated_from_the_source() -> None:
    (cluster,) = csl_citations([NumberedNote(1, ((ParsedCite("a", "see", "", "", "passim"),),))])
    assert (cluster.cites[0].prefix, cluster.cites[0].suffix) == ("see ", ", passim")
