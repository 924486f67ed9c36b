"""Catalogues are merged with what the sources say: no translation is lost, and no other line changes."""

from __future__ import annotations

import pytest

from fleuron.editions.merging.compendium import Compendium, Suggestion
from fleuron.editions.merging.merge import CatalogueMerge, MergeCounts, Sources
from fleuron.editions.merging.po_entries import Kind, PoFile, read_entries
from fleuron.editions.merging.renamed_texts import renamed_texts

HEADER = (
    '# Turkish.\nmsgid ""\nmsgstr ""\n"Project-Id-Version: Book\\n"\n"POT-Creation-Date: 2026-01-01 10:00+0000\\n"\n'
    '"PO-Revision-Date: 2026-01-02 10:00+0000\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"X-Generator: Poedit 3.4\\n"\n'
)
PARAGRAPH = "Readers of old books find notes at the foot of the page."
EDITED = "Readers of very old books find notes at the foot of the page."


def template(*messages: str) -> PoFile:
    """Return a template with messages, each on a line of its own."""
    header = HEADER.replace("2026-01-01", "2026-03-03").replace('"X-Generator: Poedit 3.4\\n"\n', "")
    entries = "".join(
        f'\n#. heading\n#: ../../one.md:{n}\nmsgid "{text}"\nmsgstr ""\n' for n, text in enumerate(messages, 1)
    )
    return read_entries((header + entries).encode())


def catalogue(entries: str) -> PoFile:
    return read_entries((HEADER + entries).encode())


def merge(pot: PoFile, po: PoFile, sources: Sources | None = None) -> tuple[PoFile, MergeCounts]:
    """Merge, and check that a second time changes nothing."""
    merge = CatalogueMerge(pot, po, "tr", sources or Sources())
    merged = merge.merged()
    again = CatalogueMerge(pot, read_entries(merged.text().encode()), "tr", sources or Sources())
    assert again.merged().text() == merged.text() and not again.counts
    return merged, merge.counts


ONE = '\n# Ada: as in the title.\n#: ../../one.md:7\nmsgid "One"\nmsgstr "Bir"\n'


def test_what_has_not_changed_is_left_as_it_is() -> None:
    po = catalogue(f'{ONE}\n\n\n#: ../../one.md:9\nmsgid ""\n"Two "\n"words"\nmsgstr "İki"\n\n# The end.\n\n')
    merged, counts = merge(template("Two words", "One"), po)
    assert merged.text() == po.text() and not counts


def test_a_new_message_is_put_where_the_text_has_it() -> None:
    merged, counts = merge(template("New", "One"), catalogue(ONE))
    assert counts == MergeCounts(new=1)
    assert [entry.message for entry in merged.messages] == ["New", "One"]
    assert merged.messages[1].texts(Kind.COMMENT) == ("# Ada: as in the title.",)
    assert merged.messages[1].texts(Kind.REFERENCE) == ("#: ../../one.md:2",)
    assert merged.fields["pot-creation-date"] == "2026-03-03 10:00+0000"
    assert merged.fields["po-revision-date"] == "2026-01-02 10:00+0000"
    assert merged.fields["x-generator"] == "Poedit 3.4"


def test_a_changed_message_keeps_its_translation_and_the_message_that_it_was_made_for() -> None:
    po = catalogue(f'\n# A comment.\nmsgid "{PARAGRAPH}"\nmsgstr "Eski."\n')
    merged, counts = merge(template(EDITED), po)
    (entry,) = merged.messages
    assert counts == MergeCounts(changed=1, gone=1)
    assert (entry.message, entry.translation, entry.previous, entry.is_fuzzy) == (EDITED, "Eski.", PARAGRAPH, True)
    assert entry.texts(Kind.COMMENT) == ("# A comment.",)
    assert not merged.obsolete
    # Changed once more, the translation is still that of the first message.
    twice, _counts = merge(template(f"Dear {EDITED}"), merged)
    assert twice.messages[0].previous == PARAGRAPH
    back, counts = merge(template(PARAGRAPH), twice)
    (entry,) = back.messages
    assert (entry.translation, entry.is_fuzzy, entry.previous) == ("Eski.", False, None)
    assert counts.returned == 1


def test_a_message_that_is_gone_is_kept_as_obsolete_and_comes_back() -> None:
    gone, counts = merge(template("Two"), catalogue(ONE))
    assert counts == MergeCounts(new=1, gone=1, kept=1)
    assert gone.text().endswith('\n\n# Ada: as in the title.\n#~ msgid "One"\n#~ msgstr "Bir"\n')
    back, counts = merge(template("Two", "One"), gone)
    assert counts == MergeCounts(returned=1) and not back.obsolete
    entry = back.messages[1]
    assert (entry.translation, entry.is_fuzzy) == ("Bir", False)
    assert entry.texts(Kind.REFERENCE) == ("#: ../../one.md:2",)


def test_a_message_without_translation_that_is_gone_leaves_nothing() -> None:
    merged, counts = merge(template(), catalogue('\nmsgid "One"\nmsgstr ""\n'))
    assert counts == MergeCounts(gone=1) and not merged.obsolete and not merged.messages


def test_obsolete_messages_with_previous_ones_and_plurals_are_kept() -> None:
    obsolete = (
        '\n#, fuzzy\n#~| msgid "Old"\n#~ msgid "Older"\n#~ msgstr "Eski"\n'
        '\n#~ msgctxt "menu"\n#~ msgid "%d day"\n#~ msgid_plural "%d days"\n'
        '#~ msgstr[0] "%d gün"\n#~ msgstr[1] "%d günler"\n'
    )
    merged, _counts = merge(template("New"), catalogue(obsolete))
    assert merged.text().endswith(obsolete)
    assert merged.obsolete[0].previous == "Old"


def test_a_message_of_another_text_is_offered_with_where_it_comes_from() -> None:
    other = catalogue(f'\nmsgid "{PARAGRAPH}"\nmsgstr "Eski."\n')
    elsewhere = Compendium({"two": other}, {"two": frozenset()})
    merged, counts = merge(template(PARAGRAPH), PoFile(()), Sources(elsewhere.find))
    (entry,) = merged.messages
    assert counts == MergeCounts(offered=1)
    assert (entry.translation, entry.is_fuzzy, entry.previous) == ("Eski.", True, None)
    assert entry.texts(Kind.EXTRACTED) == ("#. heading", "#. Translation from two.po")
    edited, _counts = merge(template(EDITED), PoFile(()), Sources(elsewhere.find))
    assert edited.messages[0].previous == PARAGRAPH


def test_a_similar_message_is_offered_only_of_a_text_that_has_lost_it() -> None:
    other = catalogue(f'\nmsgid "{PARAGRAPH}"\nmsgstr "Eski."\n')
    elsewhere = Compendium({"two": other}, {"two": frozenset({PARAGRAPH})})
    assert elsewhere.find(PARAGRAPH) == Suggestion("Eski.", "two.po")
    assert elsewhere.find(EDITED) is None


def test_what_a_translator_brings_along_is_offered_for_messages_without_translation_only() -> None:
    po = catalogue(f'{ONE}\nmsgid "Two"\nmsgstr ""\n')
    given = Sources(given=lambda message: Suggestion(f"<{message}>", "memory.tmx"))
    merged, counts = merge(template("One", "Two", "Three"), po, given)
    assert counts == MergeCounts(offered=2)
    assert [(entry.translation, entry.is_fuzzy) for entry in merged.messages] == [
        *(("Bir", False), ("<Two>", True), ("<Three>", True)),
    ]


@pytest.mark.parametrize("style", ["", "#: ../../one.md"])
def test_places_are_named_as_the_catalogue_names_them(style: str) -> None:
    po = catalogue(f'\n{style}\nmsgid "One"\nmsgstr "Bir"\n')
    merged, _counts = merge(template("New", "One"), po)
    assert merged.messages[0].texts(Kind.REFERENCE) == ((style,) if style else ())


def test_a_new_message_is_wrapped_as_the_others_are() -> None:
    text = " ".join([PARAGRAPH] * 5)
    lines = {
        width: catalogue("\n" + "\n".join(strings) + '\nmsgstr ""\n')
        for width, strings in {
            0: [f'msgid "{"a word " * 30}"'],
            76: ['msgid ""', f'"{"a word " * 10}"', '"the end"'],
            79: ['msgid ""', f'"{"a word " * 11}"', '"the end"'],
        }.items()
    }
    for width, po in lines.items():
        merged, _counts = merge(template(text), po)
        longest = max(len(line.text) for line in merged.messages[0].lines)
        assert longest > 100 if width == 0 else width - 8 < longest <= width, width


def test_line_ends_are_those_of_the_file() -> None:
    po = read_entries((HEADER + ONE).replace("\n", "\r\n").encode())
    merged, _counts = merge(template("One", "New"), po)
    assert merged.text().count("\r\n") == merged.text().count("\n")


def test_texts_are_renamed_where_most_of_their_messages_are() -> None:
    def of(*messages: str) -> PoFile:
        return template(*messages)

    assert renamed_texts({"a": of("1", "2"), "b": of("3", "4")}, {"x": of("2", "1", "9"), "y": of("3", "5")}) == {
        "a": "x",
        "b": "y",
    }
    assert renamed_texts({"a": of("1", "2", "3")}, {"x": of("1", "7")}) == {}


def test_an_obsolete_message_that_is_similar_is_offered_and_kept() -> None:
    obsolete = f'\n#~ msgid "{PARAGRAPH}"\n#~ msgstr "Eski."\n'
    merged, counts = merge(template(EDITED), catalogue(obsolete))
    assert counts == MergeCounts(changed=1)
    assert (merged.messages[0].translation, merged.messages[0].previous) == ("Eski.", PARAGRAPH)
    assert merged.text().endswith(obsolete)


def test_comments_and_places_that_a_tool_wraps_and_sorts_are_those_of_the_template() -> None:
    lines = '\n#. heading, level\n#. 1\n#: ../../one.md:9 ../../one.md:2\nmsgid "One"\nmsgstr "Bir"\n'
    entries = (
        '#. heading, level 1\n#: ../../one.md:2\n#: ../../one.md:9\nmsgid "One"\nmsgstr ""\n\nmsgid "New"\nmsgstr ""\n'
    )
    merged, _counts = merge(catalogue(f"\n{entries}"), catalogue(lines))
    assert lines in merged.text()
