"""Write messages as lines of a .po file, wrapped as the file is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from babel.messages.pofile import escape, normalize

from fleuron.editions.merging.po_entries import Entry, Kind, Line, PoFile

# How wide Babel and gettext 0.21 wrap, in characters with the quotation marks; and a line that neither would write.
NARROW, WIDE = 76, 79
LONG = 100
# A line of a string that a tool has wrapped ends so; one that ends with a line break would be a line anyhow.
BREAK = '\\n"'


def width_of(file: PoFile) -> int:
    """Return how wide the strings of a file are wrapped; 0 if they are not, as in files of Weblate that say so."""
    quoted = [line for entry in file.entries if entry.message for line in entry.lines if line.kind >= Kind.CONTEXT]
    wrapped = [
        line.text
        for line, following in pairwise(quoted)
        if line.text.startswith('"') and following.text.startswith('"') and not line.text.endswith(BREAK)
    ]
    longest = max(map(len, wrapped), default=0)
    if not wrapped and any(len(line.text) > LONG for line in quoted):
        return 0
    return NARROW if longest <= NARROW else max(WIDE, min(longest, LONG))


def keyword_lines(keyword: str, text: str, width: int) -> list[str]:
    """Return the lines of a keyword and its string; ``width`` 0 breaks them only where the string does."""
    quoted = normalize(text, width=width)
    if width and "\n" not in quoted and len(keyword) + 1 + len(quoted) > width and len(quoted) > width:
        quoted = f'""\n{escape(text)}'
    return f"{keyword} {quoted}".split("\n")


def message_lines(message: str, translation: str, width: int, context: str | None = None) -> Iterator[Line]:
    """Yield the lines of a message and its translation."""
    if context is not None:
        yield from (Line(Kind.CONTEXT, text) for text in keyword_lines("msgctxt", context, width))
    yield from (Line(Kind.MESSAGE, text) for text in keyword_lines("msgid", message, width))
    yield from translation_lines(translation, width)


def translation_lines(translation: str, width: int) -> Iterator[Line]:
    """Yield the lines of a translation."""
    yield from (Line(Kind.TRANSLATION, text) for text in keyword_lines("msgstr", translation, width))


def previous_lines(message: str, width: int) -> list[str]:
    """Return the lines that say for which message a translation was made."""
    return [f"#| {text}" for text in keyword_lines("msgid", message, width)]


def new_entry(
    message: str, translation: str, width: int, comments: Sequence[Line], context: str | None = None
) -> Entry:
    """Return an entry with lines of comments above it."""
    return Entry((*comments, *message_lines(message, translation, width, context)))
