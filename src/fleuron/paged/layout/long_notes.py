"""Divides a long note between its lines, so that it may run on at the foot of the next page.

WeasyPrint 70 keeps a note whole: one that is longer than a page runs off it, and a long one leaves
the page before it empty. A divided note is several, one behind the other, of which the first alone has
a number; as each ends with a line's end, nothing of it is seen where they stand together.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

CONTINUED = "continued"
# No call and no number; what finds no room goes to the next page without its call. The notes of one page
# leave room for text, for what is carried over would fill it. A paragraph that is carried on is not indented anew.
STYLE = """@page { @footnote { max-height: 75vh } }
.continued { footnote-policy: auto !important }
.continued::footnote-call { content: '' !important } .continued::footnote-marker { content: '' !important }
.continued > .paragraph:first-child { text-indent: 0 !important }"""
LINES = 3  # to a part


def divide(note: Any, parent: Any, lines: Sequence[str]) -> None:
    """Divide a note, an element of ``parent``, whose lines are these on a page."""
    after, rest = list(parent).index(note), note
    start = count = 0
    for number, line in enumerate(lines[:-LINES], 1):
        count += letters(line)
        if number - start >= LINES and (parts := Cut(count).of(rest)):
            head, tail = parts
            parent[after] = head
            parent.insert(after + 1, tail)
            after, rest, start, count = after + 1, tail, number, 0


def letters(text: str) -> int:
    """Count the letters and digits of a text; spaces and hyphens are not the same in a line and in its source."""
    return sum(map(str.isalnum, text))


class Cut:
    """Cuts an element at the space behind so many letters."""

    def __init__(self, count: int) -> None:
        self.left = count
        self.done = False

    def of(self, note: Any) -> tuple[Any, Any] | None:
        """Return two elements, or None where no space is; the second carries on, and what stood behind the note."""
        head, tail = self.element(note)
        if not self.done:
            return None
        head.tail, tail.tail = None, note.tail
        if CONTINUED not in tail.get("class", "").split():
            tail.set("class", f"{tail.get('class', '')} {CONTINUED}")
        return head, tail

    def element(self, element: Any) -> tuple[Any, Any]:
        head = element.makeelement(element.tag, dict(element.attrib))
        tail = element.makeelement(element.tag, {key: text for key, text in element.attrib.items() if key != "id"})
        head.text, tail.text = self.text(element.text or "")
        for child in element:
            if self.done:
                tail.append(copy.deepcopy(child))
                continue
            first, second = self.element(child)
            head.append(first)
            if self.done:
                second.tail = child.tail
                tail.append(second)
            else:
                first.tail, tail.text = self.text(child.tail or "")
        return head, tail

    def text(self, text: str) -> tuple[str, str]:
        for place, character in enumerate(text):
            if self.left == 0 and character.isspace():
                self.done = True
                # No space ends a part: with one, WeasyPrint 70 breaks a last line that is full behind its first word.
                return text[:place], text[place:].lstrip()
            self.left -= character.isalnum()
        return text, ""
