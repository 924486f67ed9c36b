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
# leave room for text, which the parts of a long note would fill. A continued paragraph is not indented again, and the
# last line of what it continues is as full as the others.
STYLE = """@page { @footnote { max-height: 75vh } }
.continued { footnote-policy: auto !important }
.continued::footnote-call { content: '' !important } .continued::footnote-marker { content: '' !important }
.continued > .paragraph:first-child, .continued .continued { text-indent: 0 !important }
.continued .continued { margin-top: 0 !important; padding-top: 0 !important; border-top: none !important }
.is-continued { margin-bottom: 0 !important; padding-bottom: 0 !important; border-bottom: none !important }
li.continued { list-style: none !important }
.is-continued { text-align-last: justify }
.is-continued > :not(.is-continued) { text-align-last: auto }
.is-continued:has(> :is(.paragraph, p, div, ul, ol, dl, blockquote, table).is-continued) { text-align-last: auto }"""
IS_CONTINUED = "is-continued"  # the class of what continues in the next part
LINES = 3  # of a part, at least
# Elements that are kept whole, beside formulas.
WHOLE = frozenset({"thead", "tr", "caption", "figure", "svg", "{http://www.w3.org/2000/svg}svg"})


def split_note(note: Any, parent: Any, lines: Sequence[str]) -> None:
    """Split a note, a child of ``parent``, given the lines that it has on a page."""
    after, rest = list(parent).index(note), note
    start = count = 0
    for number, line in enumerate(lines[:-LINES], 1):
        count += count_letters(line)
        splitter = Splitter(count)
        if number - start >= LINES and count > 0 and (parts := splitter.split(rest)):
            head, tail = parts
            parent[after] = head
            parent.insert(after + 1, tail)
            # What is kept whole may make the part longer than the lines that were counted.
            after, rest, start, count = after + 1, tail, number, -splitter.beyond


def count_letters(text: str) -> int:
    """Count the letters and digits of a text; spaces and hyphens are not the same in a line and in its source."""
    return sum(map(str.isalnum, text))


def letters_in(element: Any) -> int:
    """Count the letters and digits of an element's text on a page; formulas and pictures have none."""
    if is_drawn(element):
        return 0
    return count_letters(element.text or "") + sum(
        letters_in(child) + count_letters(child.tail or "") for child in element
    )


def is_drawn(element: Any) -> bool:
    return str(element.tag).rpartition("}")[2] == "svg"


def is_whole(element: Any) -> bool:
    """Check whether an element is not split: a row of a table, a figure, a formula."""
    return is_drawn(element) or element.tag in WHOLE or "formula" in element.get("class", "").split()


class Splitter:
    """Splits an element at the first space after so many letters; a table between its rows, code between its lines.

    ``beyond`` is the number of letters that the first part has more than these, because they are in something that
    is kept whole.
    """

    def __init__(self, count: int) -> None:
        self.left = count
        self.beyond = 0
        self.is_split = False

    def split(self, note: Any) -> tuple[Any, Any] | None:
        """Return two elements, or None without such a space; the second continues, and has what follows the note."""
        head, tail = self.split_element(note)
        if not self.is_split:
            return None
        head.tail, tail.tail = None, note.tail
        return head, tail

    def split_element(self, element: Any) -> tuple[Any, Any]:
        """Split an element; where the space is not in it, the second is empty."""
        if is_whole(element):
            letters = letters_in(element)
            if self.left >= 0:
                self.beyond = max(letters - self.left, 0)
                self.left = max(self.left - letters, 0)
            whole = copy.deepcopy(element)
            whole.tail = None
            return whole, element.makeelement(element.tag, {})
        head = element.makeelement(element.tag, dict(element.attrib))
        tail = element.makeelement(element.tag, {key: text for key, text in element.attrib.items() if key != "id"})
        is_code = element.tag == "pre"
        head.text, tail.text = self.split_text(element.text or "", is_code)
        for child in element:
            if self.is_split:
                tail.append(copy.deepcopy(child))
                continue
            first, second = self.split_element(child)
            head.append(first)
            if self.is_split:
                second.tail = child.tail
                tail.append(second)
            elif child is element[-1] and not (child.tail or "").strip():
                first.tail = child.tail  # nothing follows in the element: it is split after its end
            else:
                first.tail, tail.text = self.split_text(child.tail or "", is_code)
        if self.is_split:
            add_class(head, IS_CONTINUED)
            add_class(tail, CONTINUED)
            if element.tag == "ol":
                number_on(head, tail)
        return head, tail

    def split_text(self, text: str, is_code: bool) -> tuple[str, str]:
        """Split a text, and subtract its letters from those that are left."""
        for position, character in enumerate(text):
            if self.left == 0 and (character == "\n" if is_code else character.isspace()):
                self.is_split = True
                # No space ends a part: with one, WeasyPrint 70 breaks a last line that is full after its first word.
                return text[:position], text[position + 1 :] if is_code else text[position:].lstrip()
            self.left -= character.isalnum()
        return text, ""


def add_class(element: Any, name: str) -> None:
    classes = element.get("class", "").split()
    if name not in classes:
        element.set("class", " ".join([*classes, name]))


def number_on(head: Any, tail: Any) -> None:
    """Number the items of a list's second part after those of the first, but not again one that continues."""
    items = [item for item in tail if item.tag == "li"]
    again = bool(items) and CONTINUED in items[0].get("class", "").split()
    start = int(head.get("start") or 1) + len(head) - again
    tail.set("start", str(start))
    tail.set("style", f"counter-reset:list-item {start - 1}")
