"""Whatever becomes of the messages, no translation is lost, and a second merging changes nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fleuron.editions.merging.merge import CatalogueMerge, Sources
from fleuron.editions.merging.po_entries import Kind, PoFile, read_entries
from fleuron.editions.merging.po_strings import message_lines

HEADER = (
    'msgid ""\nmsgstr ""\n"POT-Creation-Date: 2026-01-01 10:00+0000\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
)
# Few words, so that messages are often the same or similar; and what quoting and wrapping must not change.
WORDS = st.sampled_from(
    ["the", "foot", "notes", "margin", "pages\n", 'a "b"', "c\\d", "e\\", "\t", "ى‌ی", "\u2028", "—"]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)


@st.composite
def catalogues(draw: st.DrawFn) -> str:
    """Return a catalogue with translations of all kinds, each another text."""
    entries = []
    for number, message in enumerate(draw(st.lists(TEXTS, max_size=6, unique=True))):
        translation = draw(st.sampled_from(["", f"{number} {draw(TEXTS)}"]))
        width, mark = draw(st.sampled_from([0, 76])), draw(st.sampled_from(["", "#~ "]))
        lines = [f"{mark}{line.text}" for line in message_lines(message, translation, width)]
        fuzzy = draw(st.sampled_from(["", "#, fuzzy\n"]))
        comment = draw(st.sampled_from(["", f"# A comment on {number}.\n"]))
        entries.append(f"\n{comment}{fuzzy}" + "\n".join(lines) + "\n")
    return HEADER + "".join(entries)


@st.composite
def changed_messages(draw: st.DrawFn, before: list[str]) -> list[str]:
    """Return messages of a text of which some are as before, some were changed, and some are new."""
    kept = draw(st.lists(st.sampled_from(before), unique=True, max_size=6)) if before else []
    edited = [f"{message} {draw(WORDS)}" if draw(st.booleans()) else message for message in kept]
    return draw(st.permutations(list(dict.fromkeys([*edited, *draw(st.lists(TEXTS, max_size=3))]))))


def written(file: PoFile) -> set[tuple[str, ...]]:
    """Return all that a translator has written: translations, and comments."""
    return {(entry.translation,) for entry in file.entries if entry.translation and entry.message} | {
        entry.texts(Kind.COMMENT) for entry in file.entries if entry.texts(Kind.COMMENT)
    }


@given(st.data())
def test_nothing_that_a_translator_has_written_is_lost(data: st.DataObject) -> None:
    text = data.draw(catalogues())
    before = read_entries(text.encode())
    assert before.text() == text
    messages = data.draw(changed_messages([entry.message for entry in before.entries if entry.message]))
    template = read_entries(
        (
            HEADER
            + "".join(
                "\n" + "\n".join(line.text for line in message_lines(message, "", 0)) + "\n" for message in messages
            )
        ).encode()
    )
    merged = CatalogueMerge(template, before, "tr", Sources()).merged()
    after = read_entries(merged.text().encode())
    assert written(before) <= written(after)
    assert sorted(entry.message or "" for entry in after.messages) == sorted(messages)
    again = CatalogueMerge(template, after, "tr", Sources())
    assert again.merged().text() == merged.text()
    for entry in after.messages:
        old = before.by_key.get(entry.key)
        if old is not None and old.is_translated:
            assert (entry.translation, entry.is_fuzzy) == (old.translation, old.is_fuzzy)
