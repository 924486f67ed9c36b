"""Put each run of one direction in an element of that direction, since WeasyPrint 70 orders boxes by it alone.

WeasyPrint lets Pango order the letters of a box of text, and sets boxes beside each other from the left, or from the
right in a right-to-left element: the words of “The *Footnote* and Its” would be in reverse order in a Persian text (its
issues 106 and 1793). So the runs of a paragraph are found here (UAX #9), and those that run the other way than it are
moved into a ``span`` with ``dir``; an element that is partly in such a run is divided.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from lxml import html

from fleuron.paged.sheets.bidi_levels import first_strong, levels_of

# Letters of the other direction than Latin's, roughly; a sheet without any, and with the Latin direction, is as it is.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
# Elements that are within a line; all others are blocks.
INLINE = frozenset(
    (
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "ins",
            "kbd",
            "mark",
        ),
        *("q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var"),
    )
)
# What counts as one object in a line, and is not looked into.
OBJECTS = frozenset(("img", "svg", "object", "math", "input", "audio", "video", "wbr"))
SKIPPED = frozenset(("script", "style", "template", "head"))
# Classes of `span` elements that are blocks, and of those that are laid out elsewhere.
BLOCK_CLASSES = frozenset(("paragraph",))
FLOATS = frozenset(("pagenote",))
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
# What only the first of the parts of a divided element keeps.
OWN = ("id", "data-passage")


@dataclass
class Text:
    """Some text of a line, with the number of the run of each character, 0 for those of the paragraph's direction."""

    text: str
    runs: list[int] = field(default_factory=list)


@dataclass
class Part:
    """An element in a line, and what is in it; an object has no parts, and the run that it is in."""

    element: Any
    parts: list[Text | Part] | None = None
    runs: list[int] = field(default_factory=list)


Piece = tuple[int, "Text | Part"]


def order_runs(sheet: str, direction: str) -> str:
    """Return a sheet, whose text has a direction, with an element around each run of the other one."""
    if direction == "ltr" and not RIGHT_TO_LEFT.search(sheet):
        return sheet
    tree: Any = html.document_fromstring(sheet)
    order(tree.body, direction)
    return f"<!DOCTYPE html>\n{html.tostring(tree, encoding='unicode')}"


def order(element: Any, direction: str) -> None:
    """Order the runs in an element, line by line: what is between blocks and forced line breaks."""
    direction = element.get("dir") if element.get("dir") in ("ltr", "rtl") else direction
    content = list(content_of(element, direction))
    rebuilt: list[Text | Part] = []
    line: list[Text | Part] = []
    for part in [*content, None]:
        if part is None or (isinstance(part, Part) and is_block(part.element)):
            rebuilt += ordered(line, direction)
            rebuilt += [part] if part is not None else []
            line = []
        else:
            line.append(part)
    fill(element, rebuilt)


def content_of(element: Any, direction: str) -> Iterator[Text | Part]:
    """Yield what is in an element; what is isolated in it is ordered by itself, and is one object."""
    if element.text:
        yield Text(element.text)
    for child in list(element):
        if not isinstance(child.tag, str) or child.tag in OBJECTS | SKIPPED:
            yield Part(child)
        elif is_block(child) or is_isolate(child):
            order(child, direction_of_isolate(child, direction))
            yield Part(child)
        elif child.tag == "br":
            yield Part(child)
        else:
            yield Part(child, list(content_of(child, direction)))
        if child.tail:
            yield Text(child.tail)


def is_block(element: Any) -> bool:
    """Return whether an element is a block, or ends a line."""
    if not isinstance(element.tag, str) or element.tag in OBJECTS | SKIPPED:
        return False
    return element.tag not in INLINE or bool(BLOCK_CLASSES & {*element.get("class", "").split()}) or has_block(element)


def has_block(element: Any) -> bool:
    """Return whether a block is in an element of a line, but not in an isolated part of it."""
    return any(isinstance(child.tag, str) and not is_isolate(child) and is_block(child) for child in element)


def is_isolate(element: Any) -> bool:
    """Return whether what is in an element of a line does not matter for what is around it, nor the reverse."""
    return element.tag in ("bdi", "code") or "dir" in element.attrib or is_float(element)


def is_float(element: Any) -> bool:
    return bool(FLOATS & {*element.get("class", "").split()})


def direction_of_isolate(element: Any, direction: str) -> str:
    """Return the direction of an isolated element, and set it where it follows from its text."""
    if element.tag == "bdi" and element.get("dir") not in ("ltr", "rtl"):
        found = first_strong("".join(element.itertext())) or direction
        element.set("dir", found)
        return found
    return direction


def ordered(line: list[Text | Part], direction: str) -> list[Text | Part]:
    """Return a line with an element around each run of the other direction."""
    leaves = list(leaves_of(line))
    text = "".join(leaves)
    base = 1 if direction == "rtl" else 0
    levels = levels_of(text, base)
    if not any(level != base for level in levels):
        return line
    numbers = run_numbers(text, levels, base, [len(leaf) for leaf in leaves])
    if not any(numbers):
        return line
    number_parts(line, iter(numbers))
    other = "ltr" if base else "rtl"
    pieces = [piece for part in line for piece in pieces_of(part, Counter(numbers), other)]
    return [piece for _, piece in with_wrappers(pieces, {*numbers} - {0}, other)]


def leaves_of(parts: list[Text | Part]) -> Iterator[str]:
    """Yield the texts and objects of a line, in order."""
    for part in parts:
        if isinstance(part, Text):
            yield part.text
        elif part.parts is None:
            yield OBJECT
        else:
            yield from leaves_of(part.parts)


def run_numbers(text: str, levels: list[int], base: int, lengths: list[int]) -> list[int]:
    """Number the runs that need an element, from 1; 0 is the rest.

    A number alone, in one text, needs none.
    """
    ends = set(accumulate(lengths))
    numbers = [0] * len(text)
    count, first = 0, None
    for place, level in enumerate([*levels, base]):
        if level != base and first is None:
            first = place
        elif level == base and first is not None:
            divided = any(first < end < place for end in ends)
            if divided or first_strong(text[first:place]):
                count += 1
                numbers[first:place] = [count] * (place - first)
            first = None
    return numbers


def number_parts(parts: list[Text | Part], numbers: Iterator[int]) -> None:
    """Give each character of a line the number of its run."""
    for part in parts:
        if isinstance(part, Text):
            part.runs = [next(numbers) for _ in part.text]
        elif part.parts is None:
            part.runs = [next(numbers)]
        else:
            number_parts(part.parts, numbers)
            part.runs = [run for inner in part.parts for run in inner.runs]


def pieces_of(part: Text | Part, sizes: Mapping[int, int], other: str) -> Iterator[Piece]:
    """Yield the pieces of a part, each with its run; ``sizes`` are the numbers of characters of all runs.

    A run that is wholly in an element gets its own element there; one that goes on outside divides the element.
    """
    if isinstance(part, Text):
        first = 0
        for place in range(1, len(part.text) + 1):
            if place == len(part.text) or part.runs[place] != part.runs[first]:
                yield part.runs[first], Text(part.text[first:place], part.runs[first:place])
                first = place
    elif part.parts is None or not part.runs:
        yield (part.runs[0] if part.runs else 0), part
    else:
        inside = {run for run, size in Counter(part.runs).items() if run and size == sizes[run]}
        pieces = [piece for inner in part.parts for piece in pieces_of(inner, sizes, other)]
        yield from divided(part.element, list(with_wrappers(pieces, inside, other)))


def with_wrappers(pieces: list[Piece], inside: set[int], other: str) -> Iterator[Piece]:
    """Yield pieces; those of each run of ``inside`` are in an element of its own, which is in no run."""
    group: list[Text | Part] = []
    last = 0
    for run, piece in [*pieces, (-1, Text(""))]:
        if group and run != last:
            yield 0, wrapper(group, other)
            group = []
        if run in inside:
            group.append(piece)
        elif run >= 0:
            yield run, piece
        last = run


def wrapper(parts: list[Text | Part], direction: str) -> Part:
    """Return an element with a direction around parts of a line."""
    return Part(html.Element("span", {"class": "run", "dir": direction}), parts)


def divided(element: Any, pieces: list[Piece]) -> Iterator[Piece]:
    """Yield an element, or its parts if it is in several runs: each with the pieces of one run."""
    group: list[Text | Part] = []
    last = pieces[0][0]
    first = True
    for run, piece in [*pieces, (-1, Text(""))]:
        if run != last:
            yield last, Part(element if first else again(element), group)
            group, first, last = [], False, run
        group.append(piece)


def again(element: Any) -> Any:
    """Return a further part of a divided element."""
    part = html.Element(element.tag, dict(element.attrib))
    for name in OWN:
        part.attrib.pop(name, None)
    return part


def fill(element: Any, parts: list[Text | Part]) -> None:
    """Make parts the content of an element."""
    tail = element.tail
    for child in list(element):
        element.remove(child)
    element.text = None
    element.tail = tail
    last = None
    for part in parts:
        if isinstance(part, Text):
            if last is None:
                element.text = (element.text or "") + part.text
            else:
                last.tail = (last.tail or "") + part.text
        else:
            if part.parts is not None:
                fill(part.element, part.parts)
            last = part.element
            last.tail = None
            element.append(last)
