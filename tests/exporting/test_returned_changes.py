"""What an exported document comes back with is found with its place, and made in the source only where it is plain."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from fleuron.importing.conversion.hidden_cites import field, hidden_in, identifier_of
from fleuron.importing.word.changes import Change, applied, changes_in, source_map
from fleuron.importing.word.document import Paragraph, exported_article, read_word_document, with_record

SOURCE = """---
title: On *Notes*
---

# First

Text with *stress* and {footcite}`grafton1997{p. 3}` a [link](https://example.org/stress).

> A quotation of
> two lines.

- an item

[^1]: A note.
"""
BEFORE = ["On Notes", "First", "Text with stress and a link.", "A quotation of two lines.", "an item", "A note."]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'


def returned(*after: str) -> list[Change]:
    return list(changes_in(BEFORE, [Paragraph(text) for text in after]))


@pytest.mark.parametrize(
    ("number", "words", "old", "new"),
    [
        (2, "Text with great stress and a link.", "with *stress*", "with great *stress*"),
        (2, "Text with stress, and a link.", "*stress* and", "*stress,* and"),
        (2, "Words with stress and a link.", "Text with", "Words with"),
        (3, "A fine quotation of two lines.", "> A quotation", "> A fine quotation"),
        (4, "an item [x]", "- an item", "- an item \\[x\\]"),
        (5, "A short note.", "A note.", "A short note."),
        (0, "On Short Notes", "On *Notes*", "On Short *Notes*"),
    ],
)
def test_changes_are_made_in_the_source(number: int, words: str, old: str, new: str) -> None:
    after = [*BEFORE[:number], words, *BEFORE[number + 1 :]]
    changes = returned(*after)
    text, left = applied(source_map(SOURCE, BEFORE), BEFORE, changes)
    assert (text, left) == (SOURCE.replace(old, new, 1), [])


@pytest.mark.parametrize(
    "after",
    [
        [*BEFORE[:2], "Text with pressure and a link.", *BEFORE[3:]],  # replaces what is emphasised: told below
        [*BEFORE[:2], "Text with stress and a link.", "A quotation of three or two lines", *BEFORE[4:]],
        ["On Notes: Again", *BEFORE[1:]],  # YAML
        [*BEFORE[:2], "Text with stress or the link.", *BEFORE[3:]],  # a citation stands between
    ],
)
def test_nothing_is_applied_in_silence(after: list[str]) -> None:
    """Each change is made or is left, and no word of the source that no change names is lost."""
    changes = returned(*after)
    text, left = applied(source_map(SOURCE, BEFORE), BEFORE, changes)
    made = [change for change in changes if change not in left]
    assert changes and all(change.new.strip() in text for change in made)
    gone = {word for change in made for word in change.old.split()}
    assert {word for word in SOURCE.split() if word.isalpha()} - set(text.split()) <= gone | {"Notes"}


def test_what_is_within_markup_is_left() -> None:
    changes = returned(*BEFORE[:2], "Text with stress or the link.", *BEFORE[3:])
    text, left = applied(source_map(SOURCE, BEFORE), BEFORE, changes)
    assert text == SOURCE and [change.new for change in left] == [" or the"]
    changes = returned("On Notes: Again", *BEFORE[1:])
    assert applied(source_map(SOURCE, BEFORE), BEFORE, changes) == (SOURCE, changes)


def test_paragraphs_come_and_go() -> None:
    changes = returned(*BEFORE[:4], "Something that is new altogether.", *BEFORE[4:])
    assert [(change.paragraph, change.new, change.is_paragraph) for change in changes] == [
        (3, "Something that is new altogether.", True)
    ]
    text, left = applied(source_map(SOURCE, BEFORE), BEFORE, changes)
    assert not left and "> two lines.\n\nSomething that is new altogether.\n\n- an item" in text
    changes = returned(*BEFORE[:4], *BEFORE[5:])
    assert [(change.paragraph, change.old) for change in changes] == [(4, "an item")]
    text, left = applied(source_map(SOURCE, BEFORE), BEFORE, changes)
    assert not left and "an item" not in text


def test_a_change_has_the_line_of_its_paragraph() -> None:
    places = source_map(SOURCE, BEFORE)
    assert [places.line(number) for number in range(len(BEFORE))] == [1, 5, 7, 9, 12, 14]


def document(body: str, comments: str = "") -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        parts.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        parts.writestr("word/comments.xml", f"<w:comments {W}>{comments}</w:comments>")
        parts.writestr("word/_rels/document.xml.rels", RELATIONS)
    return content.getvalue()


def test_tracked_changes_and_comments_are_read() -> None:
    read = read_word_document(
        document(
            '<w:p><w:r><w:t>A </w:t></w:r><w:ins w:author="Eve"><w:r><w:t>fine </w:t></w:r></w:ins>'
            '<w:del w:author="Bob"><w:r><w:delText>bad </w:delText></w:r></w:del><w:commentRangeStart w:id="7"/>'
            '<w:r><w:t>word</w:t></w:r><w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r></w:p>',
            '<w:comment w:id="7" w:author="Eve"><w:p><w:r><w:t>Whose?</w:t></w:r></w:p></w:comment>',
        )
    )
    assert [(each.text, list(each.authors)) for each in read.paragraphs] == [("A fine word", ["Eve", "Bob"])]
    (comment,) = read.comments
    assert (comment.author, comment.text, comment.on, comment.paragraph) == ("Eve", "Whose?", "word", 0)


def test_the_words_of_a_citation_are_no_text_and_their_markup_is_found() -> None:
    nodes = field([], "{footcite}`a{p. 3}`", "A, p. 3.")
    words = "<w:r><w:t>A, p. </w:t></w:r><w:ins><w:r><w:t>4.</w:t></w:r></w:ins>"
    source = "".join(node["c"][1] for node in nodes[:-1]) + words + nodes[-1]["c"][1]
    read = read_word_document(document(f"<w:p><w:r><w:t>See </w:t></w:r>{source}</w:p>"))
    assert read.citations == [("{footcite}`a{p. 3}`", "A, p. 3.", "A, p. 4.")]
    assert read.paragraphs[0].text == "See"
    assert hidden_in(identifier_of("{footcite}`ü`", "x")) == ("{footcite}`ü`", "x")
    assert hidden_in(identifier_of("[see @a, p. 3]", "x")) == ("[see @a, p. 3]", "x")
    assert hidden_in(identifier_of("{raw}`x`", "x")) is None and hidden_in(identifier_of("<b>[@a]", "x")) is None
    assert hidden_in("http://zotero.org/1") is None and hidden_in("fleuron-x") is None


def test_an_export_keeps_its_paragraphs(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    content = with_record(document("<w:p><w:r><w:t>A.</w:t></w:r></w:p>"), "2026-1/essay", "en")
    assert content == with_record(document("<w:p><w:r><w:t>A.</w:t></w:r></w:p>"), "2026-1/essay", "en")
    file.write_bytes(content)
    found = exported_article(file)
    assert found and (found.article, found.language, found.paragraphs) == ("2026-1/essay", "en", ("A.",))
    file.write_bytes(document(""))
    assert exported_article(file) is None
