"""Split a long footnote between its lines, so that it can continue at the foot of the next page.

WeasyPrint 70 keeps a note whole: one that is longer than a page runs off it, and a long one leaves
the page before it empty. A split note is several notes in a row, of which only the first has
a number; as each ends where a line ends, the split cannot be seen where they are on one page.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

CONTINUED = "continued"
# No call and no number; a part that does not fit moves to the next page without its call. The notes of a page
# leave room for text, which the parts of a long note would fill. A continued paragraph is not indented again.
STYLE = """@page { @footnote { max-height: 75vh } }
.continued { footnote-policy: auto !important }
.continued::footnote-call { content: '' !important } .continued::footnote-marker { content: '' !important }
.continued > .paragraph:first-child { text-indent: 0 !important }"""
LINES = 3  # of a part, at least


def split_note(note: Any, parent: Any, lines: Sequence[str]) -> None:
    """Split a note, a child of ``parent``, given the lines that it has on a page."""
    after, rest = list(parent).index(note), note
    start = count = 0
    for number, line in enumerate(lines[:-LINES], 1):
        count += count_letters(line)
        if number - start >= LINES and (parts := Splitter(count).split(rest)):
            head, tail = parts
            parent[after] = head
            parent.insert(after + 1, tail)
            after, rest, start, count = after + 1, tail, number, 0


def count_letters(text: str) -> int:
    """Count the letters and digits of a text; spaces and hyphens are not the same in a line and in its source."""
    return sum(map(str.isalnum, text))


class Splitter:
    """Splits an element at the first space after so many letters."""

    def __init__(self, count: int) -> None:
        self.left = count
        self.is_split = False

    def split(self, note: Any) -> tuple[Any, Any] | None:
        """Return two elements, or None without such a space; the second continues, and has what follows the note."""
        head, tail = self.split_element(note)
        if not self.is_split:
            return None
        head.tail, tail.tail = None, note.tail
        if CONTINUED not in tail.get("class", "").split():
            tail.set("class", f"{tail.get('class', '')} {CONTINUED}")
        return head, tail

    def split_element(self, element: Any) -> tuple[Any, Any]:
        """Split an element; where the space is not in it, the second is empty."""
        head = element.makeelement(element.tag, dict(element.attrib))
        tail = element.makeelement(element.tag, {key: text for key, text in element.attrib.items() if key != "id"})
        head.text, tail.text = self.split_text(element.text or "")
        for child in element:
            if self.is_split:
                tail.append(copy.deepcopy(child))
                continue
            first, second = self.split_element(child)
            head.append(first)
            if self.is_split:
                second.tail = child.tail
                tail.append(second)
            else:
                first.tail, tail.text = self.split_text(child.tail or "")
        return head, tail

    def split_text(self, text: str) -> tuple[str, str]:
        """Split a text, and subtract its letters from those that are left."""
        for position, character in enumerate(text):
            if self.left == 0 and character.isspace():
                self.is_split = True
                # No space ends a part: with one, WeasyPrint 70 breaks a last line that is full after its first word.
                return text[:position], text[position:].lstrip()
            self.left -= character.isalnum()
        return text, ""
