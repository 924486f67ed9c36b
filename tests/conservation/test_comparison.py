"""The comparison finds every change of a text and of its notes, and nothing where only its typography differs."""

from __future__ import annotations

import os

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from fleuron.conservation.comparison import compare, found_in
from fleuron.conservation.words import BODY, Streams, Word, as_printed, split_words
from fleuron.diagnostics import Diagnostic

EXAMPLES = int(os.environ.get("FLEURON_EXAMPLES", "50"))
# Few letters, so that texts repeat themselves; of several scripts.
TEXT = st.lists(st.text("abçшم", min_size=1, max_size=3), min_size=1, max_size=12)
NOTES = st.lists(TEXT, max_size=3)


def streams(body: list[str], notes: list[list[str]]) -> Streams:
    texts = {BODY: body} | {f"note {number}": note for number, note in enumerate(notes, 1)}
    return Streams({name: [Word(word) for word in words] for name, words in texts.items()})


@settings(max_examples=EXAMPLES, deadline=None)
@given(TEXT, NOTES, st.data())
def test_no_change_of_words_passes(body: list[str], notes: list[list[str]], data: st.DataObject) -> None:
    """Whatever is dropped, doubled, swapped or moved, something is found, unless the text is the same after it."""
    before = [body, *notes]
    after = [list(words) for words in before]
    source = data.draw(st.sampled_from([place for place, words in enumerate(after) if words]))
    at = data.draw(st.integers(0, len(after[source]) - 1))
    kind = data.draw(st.sampled_from(["drop", "double", "move"]))
    word = after[source][at]
    if kind != "double":
        del after[source][at]
    if kind != "drop":
        target = data.draw(st.integers(0, len(after) - 1))
        after[target].insert(data.draw(st.integers(0, len(after[target]))), word)
    assume(["".join(words) for words in after] != ["".join(words) for words in before])
    assert compare(streams(body, notes), streams(after[0], after[1:]))


@settings(max_examples=EXAMPLES, deadline=None)
@given(TEXT, NOTES)
@example(["a"], [[]])
def test_the_same_words_pass_however_they_are_divided(body: list[str], notes: list[list[str]]) -> None:
    assert compare(streams(body, notes), streams(body, notes)) == []
    divided = [[letter for word in words for letter in word] for words in (body, *notes)]
    assert compare(streams(body, notes), streams(divided[0], divided[1:])) == []


def kinds(expected: Streams, written: Streams) -> set[tuple[Diagnostic, str]]:
    return {(loss.diagnostic, loss.words) for loss in compare(expected, written)}


def test_each_kind_of_loss_has_its_name() -> None:
    text, note = ["one", "two", "three", "four", "five"], ["six", "seven"]
    sound = streams(text, [note])
    assert kinds(sound, streams(["one", "two", "four", "five"], [note])) == {(Diagnostic.WORD_MISSING, "three")}
    assert kinds(sound, streams(["one", "two", "two", *text[2:]], [note])) == {(Diagnostic.WORD_DOUBLED, "two")}
    assert kinds(sound, streams([*text[1:], "one"], [note])) == {(Diagnostic.WORD_OUT_OF_ORDER, "one")}
    assert kinds(sound, streams(text[:4], [[*note, "five"]])) == {(Diagnostic.WORD_IN_WRONG_PLACE, "five")}
    assert kinds(sound, streams([*text, "seven"], [note])) == {(Diagnostic.WORD_IN_WRONG_PLACE, "seven")}
    assert kinds(sound, streams([*text, *note], [])) == {(Diagnostic.WORD_IN_WRONG_PLACE, "six seven")}


def test_words_that_the_text_has_nowhere_are_generated() -> None:
    assert compare(streams(["a"], []), streams(["Figure", "a"], [])) == []


def test_hyphens_ligatures_and_case_are_typography() -> None:
    assert list(split_words("co\u00adoperate, well-known ½ 5\u202f% e\u0301")) == [
        "cooperate",
        "wellknown",
        "½",
        "5",
        "%",
        "é",
    ]
    assert as_printed("Eﬃcient") == as_printed("EFFICIENT") == "efficient"


def test_a_loss_is_found_after_the_words_before_it() -> None:
    text = Streams({BODY: [Word("The", 1), Word("word", 2), Word("a", 3), Word("Word", 4)]})
    (loss,) = compare(text.changed(as_printed), streams(["the", "word", "a"], []))
    assert found_in(text, loss, as_printed).origin == 4


def test_a_large_text_is_compared_in_a_second() -> None:
    words = [f"w{number % 700}x{number}" for number in range(20_000)]
    changed = [*words[:50], *words[51:15_000], *words[15_003:]]
    assert len(compare(streams(words, []), streams(changed, []))) == 2


def test_an_i_with_a_dot_of_its_own_is_an_i_in_print() -> None:
    """A typeface composes it of an i without a dot and a dot."""
    assert [as_printed(word) for word in ("i\u0307", "\u0131\u0307", "\u0130", "\u0131")] == ["i", "i", "i", "\u0131"]
