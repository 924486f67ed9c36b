"""Mark the lines of code that go on in the next line of a page, in the margin, with a hooked arrow.

The mark is drawn, and is not text: whoever copies or hears the code gets the line as it was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any

from weasyprint.formatting_structure.boxes import LineBox, TextBox

# Of the mark: its distance from the code, its width and half its height, in pixels; and the width of its stroke.
DISTANCE, WIDTH, HEIGHT, STROKE = 2.5, 5.0, 2.2, 0.5


def lines_that_go_on(page: Any, set_before: dict[Any, int]) -> Iterator[tuple[float, float]]:
    """Yield the places of the marks of a page: the right edge of the code, and the middle of the line.

    ``set_before`` has how many letters of each block of code are on earlier pages, and is brought up to this one.
    """
    for box in page.descendants():
        if box.element_tag == "pre" and not isinstance(box, LineBox | TextBox):
            ends = ends_of_lines(box.element)
            for line in (child for child in box.children if isinstance(child, LineBox)):
                count = set_before.get(box.element, 0) + letters_of(line)
                set_before[box.element] = count
                if count not in ends:
                    yield box.content_box_x() + box.width, line.position_y + line.height / 2


def ends_of_lines(code: Any) -> set[int]:
    """Return after how many letters each line of a block of code ends, as it was written."""
    return set(accumulate(map(count_letters, "".join(code.itertext()).split("\n"))))


def letters_of(line: Any) -> int:
    texts = (box for box in line.descendants() if isinstance(box, TextBox) and "::" not in box.element_tag)
    return sum(count_letters(box.text) for box in texts)


def count_letters(text: str) -> int:
    """Count the characters of a text but spaces, of which a line loses those at its end."""
    return sum(not character.isspace() for character in text)


def draw_marks(places: Iterable[tuple[float, float]], stream: Any, scale: float) -> None:
    """Draw the marks at their places, as artifacts."""
    for left, middle in places:
        start, end = left + DISTANCE, left + DISTANCE + WIDTH
        with stream.artifact(), stream.stacked():
            stream.transform(a=scale, d=scale)
            stream.set_line_width(STROKE)
            stream.move_to(end, middle - HEIGHT)
            stream.line_to(end, middle)
            stream.line_to(start, middle)
            stream.move_to(start + HEIGHT, middle - HEIGHT * 0.7)
            stream.line_to(start, middle)
            stream.line_to(start + HEIGHT, middle + HEIGHT * 0.7)
            stream.stroke()
