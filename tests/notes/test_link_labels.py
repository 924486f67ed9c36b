"""Labels in brackets: found where markdown-it finds them, whatever stands in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from fleuron.notes.markup.link_labels import use_link_labels

PIECES = ("[", "]", "(", ")", "!", "a", "`", "*", "\\", "[x](y)", "![i](j)", "<b>", " ", "\n", "[r]", "^", "[r]: /u\n")
THEIRS, OURS = MarkdownIt("commonmark"), MarkdownIt("commonmark")
use_link_labels(OURS)


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_labels_end_where_they_do_for_markdown_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert OURS.render(text) == THEIRS.render(text)
